import fc from 'fast-check';

/** A truncated or spliced text: the shares say where, as parts of the text's length. */
export function damagedText(sources: readonly string[], fragments: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(truncated(sources), spliced(sources, fragments), soup(fragments));
}

/**
 * Runs of a property. A fixed seed keeps the suite's result the same everywhere; GREEN_AI_FUZZ_RUNS asks for that many
 * runs from a seed of its own.
 */
export function fuzzParameters(): { readonly numRuns: number; readonly seed?: number } {
  const runs = Number(process.env['GREEN_AI_FUZZ_RUNS'] ?? 0);
  return runs > 0 ? { numRuns: runs } : { numRuns: 600, seed: 20_260_101 };
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

function truncated(sources: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...sources), share, share)
    .map(([text, from, to]) => text.slice(at(text, Math.min(from, to)), at(text, Math.max(from, to))));
}

/** Some characters replaced by part of another source or by a token that opens, closes or starts something. */
function spliced(sources: readonly string[], fragments: readonly string[]): fc.Arbitrary<string> {
  const part = fc
    .tuple(fc.constantFrom(...sources), share, fc.nat({ max: 80 }))
    .map(([text, from, length]) => text.slice(at(text, from), at(text, from) + length));
  const splice = fc.tuple(share, fc.nat({ max: 40 }), fc.oneof(fc.constantFrom(...fragments), part));
  return fc
    .tuple(fc.constantFrom(...sources), fc.array(splice, { minLength: 1, maxLength: 6 }))
    .map(([source, splices]) =>
      splices.reduce(
        (text, [where, removed, added]) =>
          text.slice(0, at(text, where)) + added + text.slice(at(text, where) + removed),
        source,
      ),
    );
}

function soup(fragments: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 8 }));
  return fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
}

function at(text: string, where: number): number {
  return Math.floor(where * text.length);
}
