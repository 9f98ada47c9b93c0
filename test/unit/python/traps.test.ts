import assert from 'node:assert/strict';
import type { SourceModule } from '../../../src/core/ir/sourceModule.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { lowerPython } from '../../../src/languages/python/lowerPython.ts';
import { loadParsers, parseOrFail } from '../syntax/loadParsers.ts';
import { sketch } from './sketch.ts';

describe('lowerPython on hard input', () => {
  let parsers: Parsers;
  const lower = (text: string): SourceModule => lowerPython(parseOrFail(parsers, 'python', text));

  before(async () => {
    parsers = await loadParsers('python');
  });

  after(() => parsers.dispose());

  it('keeps spans in UTF-16 code units after an emoji', () => {
    const text = 'x = "😀"; model.fit(a, lr=1)\n';
    const statement = lower(text).body[1];
    assert.ok(statement?.kind === 'expression' && statement.expression.kind === 'call');
    const { callee, args, argsSpan } = statement.expression;
    assert.ok(callee.kind === 'attribute');
    const slice = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    assert.deepEqual([slice(callee.nameSpan), slice(argsSpan), ...args.map(slice)], ['fit', '(a, lr=1)', 'a', 'lr=1']);
  });

  it('reads CRLF and a BOM', () => {
    const module = lower('\uFEFFimport a\r\nif b:\r\n    c()\r\n# end\r\n');
    assert.equal(sketch(module.body), 'import a .>a; if b {c()}');
    assert.equal(module.hasSyntaxErrors, false);
  });

  it('lists comments with their text', () => {
    const text = '# green-ai: ignore[x] y\nf(  # inner\n  1)\n';
    assert.deepEqual(
      lower(text).comments.map(({ text: comment, start }) => [comment, start]),
      [
        ['# green-ai: ignore[x] y', 0],
        ['# inner', 28],
      ],
    );
  });

  it('spans decorators by the statement, and the definition from its keyword', () => {
    const text = '@a\ndef f():\n  pass\n';
    const statement = lower(text).body[0];
    assert.ok(statement?.kind === 'function');
    const { nameSpan, bodySpan, start } = statement.definition;
    assert.deepEqual([statement.start, start], [0, 3]);
    assert.ok(nameSpan);
    assert.equal(text.slice(nameSpan.start, nameSpan.end), 'f');
    assert.equal(text.slice(bodySpan.start, bodySpan.end), 'pass');
  });

  for (const [name, text, expected] of [
    ['a statement between broken ones', 'x = = f(3)\ny = g(1)\n', 'x = f(3); y = g(1)'],
    ['a half-typed attribute', 'x = model.\nfor a in b(1):\n  c(2)\nd(3)\n', ''],
    ['an unclosed call at the end', 'a()\nb = g(1, h(2)', ''],
    ['a stray closing bracket', 'a(1))\nb(2)\n', ''],
    ['a class with a broken method', 'class A:\n  def f(self:\n    g(1)\n  def h(self):\n    i(2)\nj(3)\n', ''],
    ['an unfinished string', 'a(1)\nb = "x\nc(2)\n', ''],
  ] as const) {
    it(`goes on after ${name}`, () => {
      const module = lower(text);
      assert.equal(module.hasSyntaxErrors, true);
      const calls = sketch(module.body);
      if (expected !== '') assert.equal(calls, expected);
      for (const call of text.match(/\b[a-j]\(\d\)/g) ?? []) {
        assert.ok(calls.includes(call.slice(2, -1)), `${call} is lost in ${calls}`);
      }
    });
  }

  for (const [name, text] of Object.entries({
    parentheses: nested('(', ')', 20_000),
    lists: nested('[', ']', 2_000),
    'more lists': nested('[', ']', 20_000),
    dicts: nested('{1:', '}', 5_000),
    calls: nested('f(', ')', 20_000),
    ifs: Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}if a:`).join('\n'),
    'open brackets': '(['.repeat(10_000),
    elif: `if a: b\n${'elif c: d\n'.repeat(20_000)}`,
    sums: `x = ${Array(20_000).fill('a').join(' + ')}\n`,
    powers: `x = ${Array(20_000).fill('a').join(' ** ')}\n`,
    attributes: `x = a${'.b'.repeat(5_000)}\n`,
    'method chain': `x = a${'.b(1)'.repeat(5_000)}\n`,
    nots: `x = ${'not '.repeat(20_000)}a\n`,
    lambdas: `x = ${'lambda: '.repeat(5_000)}1\n`,
    targets: `${'a = '.repeat(20_000)}1\n`,
    strings: `x = ${'"a" '.repeat(20_000)}\n`,
    'NUL bytes': 'a = 1\0\0\nf(2)\n',
    'lone surrogates': 'x = "\uD83D"\ny = "\uDE00"\n\uDC00 = 1\n',
    binary: String.fromCharCode(...Array.from({ length: 4_000 }, (_, index) => (index * 7919) % 65_536)),
  })) {
    it(`never overflows: ${name}`, () => {
      // JSON.stringify walks the whole model with recursion, as later analyses do.
      assert.ok(JSON.stringify(lower(text).body).length > 1);
    });
  }

  it('understands chains of a few hundred links', () => {
    const links = 240;
    assert.equal(sketch(lower(`x = torch${'.b(1)'.repeat(links)}`).body), `x = torch${'.b(1)'.repeat(links)}`);
    const sum = sketch(lower(`x = f(1)${' + "a"'.repeat(400)}`).body);
    assert.ok(sum.includes('f(1)'));
  });

  it('lowers the pieces of every prefix of a program without throwing', () => {
    const text =
      '@d\nasync def f(a, *b, c: int = 1, **k) -> T:\n  async with (x as y, z): pass\n  for i in [j for j in k if l]:\n' +
      '    try: g(f"{a!r:>{w}}")\n    except* E as e: raise X from e\n  match a:\n    case {"k": [1, *_], **r} if q: pass\n' +
      'type X = int\nprint >>a, b\nlambda *a: (yield)\n';
    for (let end = 0; end <= text.length; end++) {
      assert.ok(Array.isArray(lower(text.slice(0, end)).body));
      assert.ok(Array.isArray(lower(text.slice(end)).body));
    }
  });

  it('does not grow with the number of files', function () {
    this.timeout(60_000);
    const text = 'import torch\nmodel = load(a, b=[1, 2, 3])\nfor x in y:\n    f(x)\n'.repeat(10);
    for (let turn = 0; turn < 200; turn++) lower(text);
    const before = process.memoryUsage().external;
    for (let turn = 0; turn < 2_000; turn++) lower(text);
    const grown = (process.memoryUsage().external - before) / 2 ** 20;
    assert.ok(grown < 5, `external memory grew by ${grown.toFixed(1)} MiB`);
  });
});

function nested(open: string, close: string, depth: number): string {
  return `x = ${open.repeat(depth)}1${close.repeat(depth)}\n`;
}
