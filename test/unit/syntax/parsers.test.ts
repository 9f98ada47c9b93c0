import assert from 'node:assert/strict';
import { Language as Grammar, Parser } from 'web-tree-sitter';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { childByField, hasToken, isParseFailure, type SyntaxNode } from '../../../src/core/syntax/syntaxTree.ts';
import { loadParsers, parseOrFail } from './loadParsers.ts';

describe('Parsers', () => {
  let parsers: Parsers;

  before(async () => {
    parsers = await loadParsers('python', 'typescript', 'tsx', 'javascript');
  });

  after(() => parsers.dispose());

  it('copies named nodes with fields, and operators as tokens', () => {
    const tree = parseOrFail(parsers, 'python', 'x = a + b\n');
    const assignment = only(only(tree.root));
    assert.equal(assignment.type, 'assignment');
    const right = childByField(assignment, 'right');
    assert.equal(right?.type, 'binary_operator');
    assert.deepEqual(right && [right.start, right.end], [4, 9]);
    assert.equal(right && childByField(right, 'operator')?.type, '+');
  });

  it('keeps keywords that tell constructs apart', () => {
    const tree = parseOrFail(parsers, 'python', 'async def f():\n    yield from g()\n');
    assert.equal(hasToken(only(tree.root), 'async'), true);
  });

  it('collects comments apart from the children', () => {
    const tree = parseOrFail(parsers, 'python', 'f(  # why\n  1)  # end\n');
    assert.deepEqual(
      tree.comments.map(({ text }) => text),
      ['# why', '# end'],
    );
    assert.equal(JSON.stringify(tree.root).includes('comment'), false);
  });

  it('counts offsets in UTF-16 code units', () => {
    const text = 's = "😀é"; f(x)\r\n';
    const tree = parseOrFail(parsers, 'python', text);
    const call = find(tree.root, 'call');
    assert.equal(call && text.slice(call.start, call.end), 'f(x)');
  });

  it('keeps ERROR nodes apart and says so', () => {
    const tree = parseOrFail(parsers, 'python', 'x = = 1\n');
    assert.equal(tree.hasErrors, true);
    assert.equal(find(tree.root, 'ERROR'), undefined);
    assert.deepEqual(
      find(tree.root, 'assignment')?.errors.map(({ type, start, end }) => [type, start, end]),
      [['ERROR', 4, 5]],
    );
    assert.equal(parseOrFail(parsers, 'python', 'x = 1\n').hasErrors, false);
  });

  it('parses TypeScript, TSX and JavaScript with the fitting grammar', () => {
    assert.equal(parseOrFail(parsers, 'typescript', 'const x = <T>y;\n').hasErrors, false);
    assert.equal(parseOrFail(parsers, 'tsx', 'const x = <b>{y as string}</b>;\n').hasErrors, false);
    assert.equal(parseOrFail(parsers, 'javascript', 'const x = <b>{y}</b>;\n').hasErrors, false);
  });

  for (const [name, text] of Object.entries({
    empty: '',
    'NUL bytes': 'a = 1\0\0\nb = "\0"\n',
    BOM: '\uFEFFa = 1\n',
    'lone surrogates': 's = "\uD83D" + "\uDE00"\n\uDC00',
    CRLF: 'if a:\r\n    b = 1\r\n',
    'lone CR': 'a = 1\rb = 2\r',
    'one long line': `x = [${'1, '.repeat(130_000)}]\n`,
    'nested parentheses': `x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n`,
    'unclosed brackets': '(['.repeat(10_000),
    binary: String.fromCharCode(...Array.from({ length: 4_000 }, (_, index) => (index * 7919) % 65_536)),
  })) {
    it(`gives a tree for ${name}`, () => {
      const tree = parseOrFail(parsers, 'python', text);
      assert.equal(tree.root.end <= text.length, true);
      assert.equal(parsers.isBroken, false);
    });
  }

  it('parses parts apart, with offsets in the whole text', () => {
    const text = '# a\nx = (\ny = f(1)\n"""\nz = g(2)\n';
    const cuts = [text.indexOf('y ='), text.indexOf('"""'), text.indexOf('z =')];
    const parts = [0, ...cuts].map((start, index) => ({ start, end: cuts[index] ?? text.length }));
    const result = parsers.parse('python', text, parts);
    assert.ok(!isParseFailure(result));
    assert.equal(result.hasErrors, true);
    assert.deepEqual(result.comments, [{ start: 0, end: 3, text: '# a' }]);
    const statements = result.root.children.filter(({ type }) => type === 'expression_statement');
    assert.deepEqual(
      statements.map(({ start, end }) => text.slice(start, end)),
      ['y = f(1)', 'z = g(2)'],
    );
    assert.ok(result.root.errors.length >= 1);
  });

  it('reports a parser that gives nothing, and stops for good after an abort', async () => {
    const own = await loadParsers('python');
    const original = Parser.prototype.parse;
    try {
      Parser.prototype.parse = () => null;
      assert.deepEqual(own.parse('python', 'a'), {
        kind: 'parse-failure',
        reason: 'parsing took longer than 8 s',
        isFatal: false,
      });
      assert.equal(own.isBroken, false);
      Parser.prototype.parse = () => {
        throw new Error('unreachable');
      };
      assert.deepEqual(own.parse('python', 'a'), { kind: 'parse-failure', reason: 'unreachable', isFatal: true });
    } finally {
      Parser.prototype.parse = original;
    }
    assert.equal(own.isBroken, true);
    assert.deepEqual(own.parse('python', 'a'), {
      kind: 'parse-failure',
      reason: 'the parser stopped earlier: unreachable',
      isFatal: true,
    });
  });

  it('tells a language that was not prepared', async () => {
    const fresh = await loadParsers();
    const result = fresh.parse('python', 'a');
    assert.deepEqual(result, { kind: 'parse-failure', reason: 'the grammar for python is not loaded', isFatal: false });
  });

  it('rejects bytes that are not a grammar', async () => {
    const text = new TextEncoder().encode('not wasm');
    const { Parsers: Type } = await import('../../../src/core/syntax/parsers.ts');
    const broken = await Type.create({ runtime: text, python: text, typescript: text, tsx: text });
    await assert.rejects(broken.prepare('python'));
  });

  it('tries again to load a grammar that could not be loaded', async () => {
    const fresh = await loadParsers();
    const original = Grammar.load;
    try {
      Grammar.load = () => Promise.reject(new Error('out of memory'));
      await assert.rejects(fresh.prepare('python'), /out of memory/);
    } finally {
      Grammar.load = original;
    }
    await fresh.prepare('python');
    assert.equal(parseOrFail(fresh, 'python', 'x = 1\n').hasErrors, false);
  });

  it('has one time limit for all parts of a text', async () => {
    const own = await loadParsers('python');
    const [now, parse] = [performance.now, Parser.prototype.parse];
    let clock = 0;
    try {
      performance.now = () => clock;
      // Each part takes five seconds.
      Parser.prototype.parse = function (text, previous, options) {
        clock += 5000;
        const isLate: unknown = options?.progressCallback?.({ currentOffset: 0, hasError: false });
        return isLate === true ? null : parse.call(this, text, previous);
      };
      const parts = [
        { start: 0, end: 4 },
        { start: 4, end: 8 },
      ];
      assert.ok(!isParseFailure(own.parse('python', 'a()\nb()\n', parts.slice(0, 1))));
      assert.ok(isParseFailure(own.parse('python', 'a()\nb()\n', parts)));
    } finally {
      performance.now = now;
      Parser.prototype.parse = parse;
    }
  });

  for (const [text, start] of [
    ['x = 1\n', undefined],
    ['x = = 1\n', 4],
    ['import a\ndef f(:\n', 15],
    ['if a\n  b()\n', 0],
    ['x = f(1\n', 0],
  ] as const) {
    it(`tells the first error of ${JSON.stringify(text)}`, () => {
      assert.equal(parseOrFail(parsers, 'python', text).syntaxError?.start, start);
    });
  }

  it('does not hold memory of the trees it copied', function () {
    this.timeout(60_000);
    const text = 'import torch\nmodel = load(a, b=[1, 2, 3])\nfor x in y:\n    f(x)\n'.repeat(20);
    for (let turn = 0; turn < 200; turn++) parsers.parse('python', text);
    const before = process.memoryUsage().external;
    for (let turn = 0; turn < 2_000; turn++) assert.equal(isParseFailure(parsers.parse('python', text)), false);
    const grown = (process.memoryUsage().external - before) / 2 ** 20;
    assert.ok(grown < 5, `external memory grew by ${grown.toFixed(1)} MiB`);
  });
});

function only(node: SyntaxNode): SyntaxNode {
  assert.equal(node.children.length, 1);
  const [child] = node.children;
  assert.ok(child);
  return child;
}

function find(root: SyntaxNode, type: string): SyntaxNode | undefined {
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === type) return node;
    pending.push(...node.children);
  }
  return undefined;
}
