import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
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
  function readings(
    texts: readonly string[],
    parts?: (text: string) => readonly Span[],
    language: Language = 'python',
  ): readonly string[] {
    const made: string[] = [];
    const moved: string[] = [];
    const open = parsers.open<Made>(language, {
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

  /** Two texts that differ between twenty statements on either side. */
  const amid = (before: string, after: string): readonly string[] =>
    [before, after].map((text) => `${'aa\n'.repeat(20)}${text}${'zz\n'.repeat(20)}`);
  const madeIn = (texts: readonly string[], language: Language = 'python'): string | undefined =>
    readings(texts, undefined, language)[1]?.replace(/^made (.*); moved.*$/, '$1');

  it('parses no more than what stands around an edit', () => {
    assert.equal(madeIn(amid('def f():\n    pass\n', 'def f():\n    pass; c\n')), 'function_definition@60');
    assert.equal(madeIn(amid('f(1);\n', 'f(2);\n'), 'typescript'), 'expression_statement@60');
  });

  const joined: readonly [string, Language, string, string, string][] = [
    ['a call', 'typescript', 'f;\n(0);\n', 'f\n(0);\n', 'expression_statement@60'],
    ['a continued line', 'python', 'f(1)\ng\n', 'f(1), \\\ng\n', 'expression_statement@60'],
    ['a branch', 'python', 'if a:\n    b\nels_ = c\n', 'if a:\n    b\nelse: c\n', 'if_statement@60'],
    ['a body', 'python', 'if a:\n    b\nc\n', 'if a:\n    b\n    c\n', 'if_statement@60'],
  ];
  for (const [title, language, before, after, expected] of joined) {
    it(`sees an edit that makes one statement of two: ${title}`, () => {
      // What stands around the edit is read first, and does not come out as it was.
      assert.equal(madeIn(amid(before, after), language), `${expected} ${expected}`);
    });
  }

  it('sees that an edit takes the next statement, which it leaves alone, into its own', () => {
    const texts = amid('x = y;\n', 'x = y\n').map((text) => text.replace('zz\n', '(0);\n'));
    assert.match(madeIn(texts, 'typescript') ?? '', /(^| )expression_statement@60/);
    assert.match(readings(texts, undefined, 'typescript')[1] ?? '', /^made (?!.*@66)/);
  });

  it('goes on from an error that was made and mended around the edit', () => {
    const [first = '', second = ''] = amid('b = 1\n', 'b = )\n');
    const [third = ''] = amid('b = 21\n', '');
    const [, , mended = ''] = readings([first, second, third]);
    // The error had taken in the statement behind it.
    assert.equal(mended.replace(/; moved.*$/, ''), 'made expression_statement@60 expression_statement@67');
  });
});
