import assert from 'node:assert/strict';
import type { NotebookCell } from '../../../src/core/engine/analysis.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { isParseFailure } from '../../../src/core/syntax/syntaxTree.ts';
import { NotebookDocument } from '../../../src/languages/notebook/notebookDocument.ts';
import { lowerPython } from '../../../src/languages/python/lowerPython.ts';
import { sketch } from '../python/sketch.ts';
import { loadParsers } from '../syntax/loadParsers.ts';

describe('NotebookDocument', () => {
  let parsers: Parsers;

  before(async () => {
    parsers = await loadParsers('python');
  });

  after(() => parsers.dispose());

  function lower(document: NotebookDocument): { readonly body: string; readonly hasSyntaxErrors: boolean } {
    const tree = parsers.parse('python', document.text, document.segments);
    assert.ok(!isParseFailure(tree));
    const { body, hasSyntaxErrors } = lowerPython(tree);
    return { body: sketch(body), hasSyntaxErrors };
  }

  it('joins the Python cells and maps offsets back to all cells', () => {
    const document = notebook('# Title', '>a = "😀"', 'text', '>b = f(a)', '>');
    assert.equal(document.text, 'a = "😀"\nb = f(a)\n\n');
    const call = document.text.indexOf('f(a)');
    assert.deepEqual(document.cellSpan({ start: call, end: call + 4 }), { cell: 3, span: { start: 4, end: 8 } });
    assert.deepEqual(document.documentSpan({ cell: 3, span: { start: 4, end: 8 } }), { start: call, end: call + 4 });
    assert.deepEqual(lower(document), { body: 'a = "😀"; b = f(a)', hasSyntaxErrors: false });
  });

  it('refuses spans that cross cells or leave the text', () => {
    const document = notebook('>ab', '>cd');
    assert.deepEqual(document.cellSpan({ start: 0, end: 2 }), { cell: 0, span: { start: 0, end: 2 } });
    assert.equal(document.cellSpan({ start: 0, end: 3 }), undefined);
    assert.equal(document.cellSpan({ start: 1, end: 4 }), undefined);
    assert.deepEqual(document.cellSpan({ start: 3, end: 5 }), { cell: 1, span: { start: 0, end: 2 } });
    assert.equal(document.cellSpan({ start: 3, end: 9 }), undefined);
    assert.equal(document.cellSpan({ start: -1, end: 1 }), undefined);
    assert.equal(document.documentSpan({ cell: 1, span: { start: 0, end: 3 } }), undefined);
    assert.equal(document.documentSpan({ cell: 2, span: { start: 0, end: 0 } }), undefined);
    assert.equal(notebook('text').cellSpan({ start: 0, end: 0 }), undefined);
  });

  it('lets no wrong cell swallow the next', () => {
    for (const wrong of [
      'x = (',
      'def f(',
      's = """',
      "s = '",
      'if a:',
      '@decorator',
      'class A:\n  def',
      'a = [1,\\',
    ]) {
      const { body, hasSyntaxErrors } = lower(notebook(`>${wrong}`, '>y = g(1)', '>z = h(2)'));
      assert.ok(body.endsWith('y = g(1); z = h(2)'), `${wrong}: ${body}`);
      assert.equal(hasSyntaxErrors, wrong !== 'if a:', wrong);
    }
  });

  it('reads cells that are indented as a whole, as IPython does', () => {
    assert.deepEqual(lower(notebook('>  a = 1\n  b = 2', '>c = 3')), {
      body: 'a = 1; b = 2; c = 3',
      hasSyntaxErrors: false,
    });
  });

  it('gives an empty text without Python cells', () => {
    const document = notebook('one', 'two');
    assert.equal(document.text, '');
    assert.deepEqual(lower(document), { body: '', hasSyntaxErrors: false });
  });
});

/** `>` marks a Python cell. */
function notebook(...cells: readonly string[]): NotebookDocument {
  return new NotebookDocument(
    cells.map((cell): NotebookCell => {
      const isPython = cell.startsWith('>');
      return { language: isPython ? 'python' : 'other', text: isPython ? cell.slice(1) : cell };
    }),
  );
}
