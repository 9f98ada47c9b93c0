import assert from 'node:assert/strict';
import { withoutLooseAmpersands } from '../../../src/core/syntax/looseAmpersands.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, parseOrFail } from './loadParsers.ts';

describe('ampersands in the text of JSX elements', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers('tsx');
  });
  after(() => parsers.dispose());

  const texts = [
    '<p>Terms & conditions</p>',
    '<p>\n  Skip & try a new question\n</p>',
    '<p><u>Drag & drop</u> or <u>click</u></p>',
    '<p>Evaluate any Q&A pair to get {metrics} at once</p>',
    '<p><b>Tips</b> & tricks</p>',
    '<p>{count} parts & pieces of {total}</p>',
    '<code className={a}>cd backend && npm start</code>',
    '<Card title="Questions & answers" note=\'Q&A\' />',
    '<p title="a &amp; b &c">x</p>',
    '<p className={a}>When to use (& when not)</p>',
  ];
  for (const jsx of texts) {
    it(`are text: ${jsx}`, () => {
      const tree = parseOrFail(parsers, 'tsx', `const view = ${jsx};\nload();\n`);
      assert.equal(tree.hasErrors, false);
      assert.equal(tree.text.includes('&'), true);
    });
  }

  const code = [
    'const view = <p>{a & b}</p>;',
    'const view = <p>a &amp; b &#38; c</p>;',
    'const shown = <p>{a && <b>x</b>}</p>;',
    'if (a) { go(); }\nif (flags & MASK) { <br /> }',
    'type A = B<C> & D<E>;\nconst x = <br />;',
    'type A = { a: 1 } & { b: 2 };\nconst x = <br />;',
    'interface A extends B<C> {}\nfunction f(x: Array<A>, y: A & B<C>) { return <br />; }',
    'const f = (a: number) => a & 7;\nconst x = <br />;',
    'const shown = <p>{a === "" & b}</p>;',
    'const shown = <p>{list<number>(a) && b}</p>;',
    'if (1 < a > b & c) {}\nconst x = <br />;',
  ];
  for (const text of code) {
    it(`are operators: ${text.slice(0, 50)}`, () => assert.equal(withoutLooseAmpersands(text), text));
  }

  it('keep length and lines', () => {
    const text = '<p>\n  Here & there\n</p>';
    assert.equal(withoutLooseAmpersands(text), '<p>\n  Here   there\n</p>');
  });
});
