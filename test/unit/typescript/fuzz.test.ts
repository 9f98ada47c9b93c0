import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { fuzzSources } from './fuzzSources.ts';
import { type LowerText, typeScriptLowering } from './lowerText.ts';
import { spanProblems } from './spanProblems.ts';

const languages: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const fragments = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '<',
  '>',
  '`',
  '${',
  '"',
  "'",
  '/*',
  '//',
  '=>',
  '=',
  '?.',
  ',',
  ';',
  '@',
  '#',
  '...',
  'await ',
  'class ',
  'import ',
  '\0',
  '\ud83d',
  '\r',
];

describe('TypeScript front end on damaged sources', () => {
  const language = fc.constantFrom(...languages);
  const source = fc.constantFrom(...fuzzSources);
  /** A place as a share of the text's length. */
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  let lower: LowerText;

  before(async () => {
    lower = await typeScriptLowering();
  });

  function check(text: string, kind: Language): void {
    assert.deepEqual(spanProblems(lower(text, kind)), []);
  }

  it('gives spans inside the text and inside their parents for whole sources', () => {
    for (const text of fuzzSources) for (const kind of languages) check(text, kind);
  });

  it('survives truncation at both ends', () => {
    const property = fc.property(source, place, place, language, (text, from, to, kind) => {
      check(text.slice(at(text, Math.min(from, to)), at(text, Math.max(from, to))), kind);
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('survives splices of other parts and of single tokens', () => {
    const insert = fc.oneof(
      fc.constantFrom(...fragments),
      fc
        .tuple(source, place, place)
        .map(([text, from, to]) => text.slice(at(text, from), at(text, from) + Math.floor(to * 80))),
    );
    const splice = fc.tuple(place, fc.nat({ max: 40 }), insert);
    const property = fc.property(
      source,
      fc.array(splice, { minLength: 1, maxLength: 6 }),
      language,
      (text, splices, kind) => {
        const damaged = splices.reduce(
          (old, [where, removed, added]) => old.slice(0, at(old, where)) + added + old.slice(at(old, where) + removed),
          text,
        );
        check(damaged, kind);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it('survives any text', () => {
    const soup = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 8 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(soup, language, (parts, kind) => check(parts.join(''), kind)),
      { numRuns: 300 },
    );
  });
});

function at(text: string, share: number): number {
  return Math.floor(share * text.length);
}
