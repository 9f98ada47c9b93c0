/** Largest difference of two printed fractions, relative to the larger of 1 and the number itself: float32 that was added up in another order. */
export const TOLERANCE = 1e-5;

const FRACTION = /-?\d+\.\d*(?:e[-+]?\d+)?|-?\d+e[-+]?\d+/gi;

/** First difference of what two runs print; `undefined` where all words and whole numbers are the same and all fractions within the tolerance. */
export function outputDifference(before: string, after: string): string | undefined {
  const left = before.split('\n');
  const right = after.split('\n');
  if (left.length !== right.length) return `${left.length} lines became ${right.length}`;
  const at = left.findIndex((line, index) => !isSameLine(line, right[index] ?? ''));
  return at < 0 ? undefined : `line ${at + 1}: ${left[at]}\nbecame  ${right[at]}`;
}

function isSameLine(before: string, after: string): boolean {
  if (before.replace(FRACTION, '#') !== after.replace(FRACTION, '#')) return false;
  const numbers = [...after.matchAll(FRACTION)].map(([text]) => Number(text));
  return [...before.matchAll(FRACTION)].every(([text], index) => {
    const number = Number(text);
    return Math.abs(number - (numbers[index] ?? Number.NaN)) <= TOLERANCE * Math.max(1, Math.abs(number));
  });
}
