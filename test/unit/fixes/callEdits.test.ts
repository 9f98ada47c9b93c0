import assert from 'node:assert/strict';
import { insertArgument, insertProperty, removeArgument, replaceArgument } from '../../../src/core/fixes/callEdits.ts';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { applied, callOf, firstMapping, type Lower, loadLowering } from './lowering.ts';

describe('edits of calls', () => {
  let lower: Lower;
  before(async () => {
    lower = await loadLowering();
  });

  function inserted(text: string, argument: string, language: Language = 'python'): string | undefined {
    const module = lower(language, text);
    return applied(text, insertArgument(callOf(module, 'f'), argument, text));
  }

  const insertions: readonly (readonly [string, string, string])[] = [
    ['no argument', 'f()', 'f(x=1)'],
    ['only white space', 'f( )', 'f(x=1)'],
    ['one argument', 'f(a)', 'f(a, x=1)'],
    ['a trailing comma', 'f(a,)', 'f(a, x=1)'],
    ['parentheses around the last argument', 'f(a, (b))', 'f(a, (b), x=1)'],
    ['keyword spread', 'f(*a, **k)', 'f(*a, **k, x=1)'],
    ['a bare generator', 'f(a for a in b)', 'f((a for a in b), x=1)'],
    ['a generator in parentheses', 'f((a for a in b))', 'f((a for a in b), x=1)'],
    ['one argument per line', 'f(\n    a,\n    b\n)', 'f(\n    a,\n    b,\n    x=1\n)'],
    ['one argument per line with trailing comma', 'f(\n\ta,\n\tb,\n)', 'f(\n\ta,\n\tb,\n\tx=1,\n)'],
    ['CRLF', 'f(\r\n    a,\r\n)\r\n', 'f(\r\n    a,\r\n    x=1,\r\n)\r\n'],
    ['a comment behind the last argument', 'f(\n    a,  # why\n)', 'f(\n    a,  # why\n    x=1,\n)'],
    ['a comment and no comma', 'f(\n    a  # why, really\n)', 'f(\n    a,  # why, really\n    x=1\n)'],
    ['a comment of its own at the end', 'f(\n    a,\n    # b=2,\n)', 'f(\n    a,\n    x=1,\n    # b=2,\n)'],
    ['arguments that hang', 'f(a,\n  b)', 'f(a,\n  b,\n  x=1)'],
    ['several arguments on the last line', 'f(\n    a, b,\n)', 'f(\n    a, b, x=1\n)'],
    ['a comment instead of arguments', 'f(\n    # nothing\n)', 'f(x=1\n    # nothing\n)'],
    ['a last argument of several lines', 'f(a, {\n    1: 2,\n})', 'f(a, {\n    1: 2,\n}, x=1)'],
    ['a byte order mark', '\uFEFFf(a)', '\uFEFFf(a, x=1)'],
  ];
  for (const [name, before, after] of insertions) {
    it(`inserts an argument: ${name}`, () => {
      assert.equal(inserted(before, 'x=1'), after);
      assert.equal(lower('python', after).hasSyntaxErrors, false);
    });
  }

  it('keeps type assertions and adds parentheses where a constructor has none', () => {
    assert.equal(inserted('f(a as Map<string, X>)', 'b', 'typescript'), 'f(a as Map<string, X>, b)');
    assert.equal(inserted('f(a!)', 'b', 'typescript'), 'f(a!, b)');
    assert.equal(inserted('const v = new f;', 'b', 'typescript'), 'const v = new f(b);');
  });

  it('inserts a property in the layout of the object', () => {
    const entry = (text: string, language: Language = 'typescript'): string | undefined =>
      applied(text, insertProperty(firstMapping(lower(language, text)), "dtype: 'q8'", text, language));
    assert.equal(entry('f({});'), "f({ dtype: 'q8' });");
    assert.equal(entry('f({ a: 1 });'), "f({ a: 1, dtype: 'q8' });");
    assert.equal(entry('f({\n  a: 1,\n});'), "f({\n  a: 1,\n  dtype: 'q8',\n});");
    assert.equal(entry('f({\n  ...rest // keep\n});'), "f({\n  ...rest, // keep\n  dtype: 'q8'\n});");
  });

  it('replaces the value and keeps the keyword', () => {
    const text = 'f(a, x=torch.float32)';
    const argument = callOf(lower('python', text), 'f').args[1];
    assert.ok(argument);
    assert.equal(applied(text, [replaceArgument(argument, '"auto"')]), 'f(a, x="auto")');
  });

  it('removes an argument with its comma, wherever it stands', () => {
    const without = (text: string, index: number): string | undefined => {
      const call = callOf(lower('python', text), 'f');
      const argument = call.args[index];
      const edit = argument && removeArgument(call, argument, text);
      return edit && applied(text, [edit]);
    };
    assert.equal(without('f(a, b, c)', 0), 'f(b, c)');
    assert.equal(without('f(a, b, c)', 1), 'f(a, c)');
    assert.equal(without('f(a, b, c)', 2), 'f(a, b)');
    assert.equal(without('f(a)', 0), 'f()');
    assert.equal(without('f(a,)', 0), 'f()');
    assert.equal(without('f(\n    a,\n    b,\n)', 1), 'f(\n    a,\n)');
  });
});
