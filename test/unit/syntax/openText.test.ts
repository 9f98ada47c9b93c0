import assert from 'node:assert/strict';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import type { Span } from '../../../src/core/text/span.ts';
import { loadParsers } from './loadParsers.ts';

interface Made {
  readonly type: string | undefined;
  start: number;
}

describe('Open text', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers('python', 'typescript');
  });

  /** Reads one text after the other; tells for each which top-level nodes were made and which moved. */
  function readings(texts: readonly string[], parts?: (text: string) => readonly Span[]): readonly string[] {
    const made: string[] = [];
    const moved: string[] = [];
    const open = parsers.open<Made>('python', {
      make: ({ children: [child] }) => {
        made.push(child ? `${child.type}@${child.start}` : 'nothing');
        return { type: child?.type, start: child?.start ?? 0 };
      },
      move: (piece, by) => {
        piece.start += by;
        moved.push(`${piece.type}@${piece.start}`);
      },
    });
    assert.ok(open);
    const found = texts.map((text) => {
      made.length = 0;
      moved.length = 0;
      const reading = parsers.update(open, text, parts?.(text));
      return `${reading ? 'made' : 'unreadable, made'} ${made.join(' ')}; moved ${moved.join(' ')}`;
    });
    parsers.close(open);
    return found;
  }

  it('makes only what an edit touches, and moves what follows', () => {
    assert.deepEqual(readings(['a = 1\ndef f():\n    pass\nb()\n', 'a = 1\ndef f():\n    pass; c\nb()\n']), [
      'made expression_statement@0 function_definition@6 expression_statement@24; moved ',
      'made function_definition@6; moved expression_statement@27',
    ]);
  });

  it('makes nothing for a text that it knows', () => {
    assert.deepEqual(readings(['a = 1\n', 'a = 1\n']), ['made expression_statement@0; moved ', 'made ; moved ']);
  });

  it('keeps what is whole beside an error, also where the error is mended again', () => {
    const texts = ['def f():\n    pass\n\nb = 1\n', 'def f():\n    pass\n\nb = (\n', 'def f():\n    pass\n\nb = 2\n'];
    const [, broken, mended] = readings(texts);
    assert.equal(broken?.includes('function_definition'), false);
    assert.equal(mended, 'made expression_statement@19; moved ');
  });

  it('knows the cells before and behind an inserted one', () => {
    const cells = (text: string): readonly Span[] => {
      const spans: Span[] = [];
      let start = 0;
      for (const cell of text.split('|')) {
        spans.push({ start, end: start + cell.length });
        start += cell.length + 1;
      }
      return spans;
    };
    assert.deepEqual(readings(['a()\n|b()\n', 'a()\n|new()\n|b()\n', 'b()\n'], cells).slice(1), [
      'made expression_statement@5; moved expression_statement@12',
      'made ; moved expression_statement@0',
    ]);
  });
});
