import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { LineIndex } from '../../../src/core/text/lineIndex.ts';
import { nonCodeRegions, regionAt } from '../../../src/core/text/nonCodeRegions.ts';

/** Kind of text around the start of every line; `code` outside of regions. */
function lineKinds(language: Language, text: string): readonly string[] {
  const lines = new LineIndex(text);
  const regions = nonCodeRegions(text, language);
  return Array.from({ length: lines.lineCount }, (_, line) => regionAt(regions, lines.lineStart(line))?.kind ?? 'code');
}

describe('nonCodeRegions', () => {
  it('knows the strings of Python that span lines', () => {
    const text = ['x = """a', 'b # no comment', '""" + \'c', "d = '''", "'''  # it's", 'e = "\\', '"'].join('\n');
    assert.deepEqual(lineKinds('python', text), ['code', 'string', 'string', 'code', 'string', 'code', 'string']);
  });

  it('ends an unterminated Python string with its line', () => {
    assert.deepEqual(lineKinds('python', "x = 'oops\r\ny = 1\r\n"), ['code', 'code', 'code']);
  });

  it('sees code inside the holes of a template', () => {
    const text = ['const s = `a', 'b ${', '  f(`x', '  y`)', '} c', '`;', 'done()'].join('\n');
    assert.deepEqual(lineKinds('typescript', text), ['code', 'string', 'code', 'string', 'code', 'string', 'code']);
  });

  it('tells regular expressions from division', () => {
    assert.deepEqual(lineKinds('javascript', 'const r = /[`/]`/;\nf()'), ['code', 'code']);
    assert.deepEqual(lineKinds('javascript', 'const r = a / b; // `\nf()'), ['code', 'code']);
  });

  it('tells JSX children, tags and code apart', () => {
    const text = [
      'return (',
      '  <div',
      '    id="a"',
      '  >',
      '    text',
      '    {items.map((x) => (',
      '      <b>{x}</b>',
      '    ))}',
      '    <br />',
      '  </div>',
      ');',
      'g()',
    ].join('\n');
    assert.deepEqual(lineKinds('tsx', text), [
      'code',
      'code',
      'jsxTag',
      'jsxTag',
      'jsxText',
      'jsxText',
      'code',
      'code',
      'jsxText',
      'jsxText',
      'code',
      'code',
    ]);
  });

  it('does not take a generic arrow or a comparison for JSX', () => {
    assert.deepEqual(lineKinds('tsx', 'const f = <T,>(x: T) => x;\nif (a < b) f()\n'), ['code', 'code', 'code']);
  });

  it('ends on every text, with regions inside it', () => {
    const alphabet = fc.constantFrom(
      '<',
      '>',
      '/',
      '`',
      '${',
      '}',
      '{',
      '"',
      "'",
      '\\',
      '#',
      '\n',
      '\r\n',
      'a',
      '*',
      '//',
      '"""',
    );
    fc.assert(
      fc.property(
        fc.array(alphabet, { maxLength: 60 }),
        fc.constantFrom<Language>('python', 'tsx', 'typescript'),
        (parts, language) => {
          const text = parts.join('');
          for (const region of nonCodeRegions(text, language)) {
            assert.ok(region.start >= 0 && region.end <= text.length);
          }
        },
      ),
    );
  });
});
