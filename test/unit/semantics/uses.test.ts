import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../support/programOf.ts';

/** Where a value goes: title, source with one call of `load`, what its uses and later method calls are, language. */
type Case = readonly [
  title: string,
  text: string,
  uses: readonly string[],
  methods: readonly string[],
  language: Language,
];

describe('uses of a value', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  const python = 'from m import load\n';
  const script = "import { load } from 'm';\n";
  const cases: readonly Case[] = [
    ['returned', `${python}def f():\n    m = load()\n    return m`, ['returned'], [], 'python'],
    [
      'stored in an attribute',
      `${python}class A:\n    def f(self):\n        self.m = load()`,
      ['stored'],
      [],
      'python',
    ],
    ['stored in an entry', `${python}cache = {}\ncache["m"] = load()`, ['stored'], [], 'python'],
    ['passed to unknown code', `${python}import n\nn.run(load())`, ['argument'], [], 'python'],
    ['passed by keyword', `${python}import n\nm = load()\nn.run(model=m)`, ['argument'], [], 'python'],
    ['iterated', `${python}for x in load():\n    x`, ['iterated'], [], 'python'],
    ['in a list', `${python}xs = [load()]`, ['other'], [], 'python'],
    ['only its methods', `${python}m = load()\nm.eval()\nm.to("cuda")`, [], ['eval', 'to'], 'python'],
    [
      'through self',
      `${python}class A:\n    def __init__(self):\n        self.m = load()\n    def f(self):\n        self.m.eval()`,
      ['stored'],
      ['eval'],
      'python',
    ],
    ['through a closure', `${python}m = load()\ndef f():\n    m.eval()`, [], ['eval'], 'python'],
    ['through with', `${python}with load() as m:\n    m.eval()`, ['other'], ['eval'], 'python'],
    ['awaited', `${script}const m = await load();\nm.run();`, [], ['run'], 'typescript'],
    [
      'through this',
      `${script}class A { async f() { this.m = await load(); } g() { this.m.run(); } }`,
      ['stored'],
      ['run'],
      'typescript',
    ],
    ['returned by an arrow', `${script}const f = () => load();`, ['returned'], [], 'typescript'],
    ['passed on', `${script}import { run } from 'n';\nrun(load());`, ['argument'], [], 'typescript'],
    ['a property of an object', `${script}const o = { m: load() };\no.m.run();`, ['other'], ['run'], 'typescript'],
  ];
  for (const [title, text, uses, methods, language] of cases) {
    it(`${language}: ${title}`, () => {
      const program = programOf(parsers, text, language);
      const load = program.calls.find((call) => program.text(call.node.callee) === 'load');
      assert.ok(load, 'no load');
      assert.deepEqual([...new Set(program.uses(load).map(({ kind }) => kind))], uses);
      const called = program
        .methodCalls(load)
        .map(({ node: { callee } }) => (callee.kind === 'attribute' ? callee.name : ''));
      assert.deepEqual(called, methods);
    });
  }
});
