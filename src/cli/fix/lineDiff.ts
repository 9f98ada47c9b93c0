/** One line of a comparison. `same` lines carry the text of both sides. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/**
 * Shortest edit script between two lists of lines (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Cost grows
 * with the number of differing lines, which is small for fixes, not with the length of the file squared.
 */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const trace = forwardPaths(before, after);
  const script: DiffLine[] = [];
  let x = before.length;
  let y = after.length;
  for (let distance = trace.length - 1; distance >= 0; distance--) {
    const furthest = trace[distance] ?? new Map<number, number>();
    const diagonal = x - y;
    const cameDown =
      diagonal === -distance || (diagonal !== distance && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
    const previous = cameDown ? diagonal + 1 : diagonal - 1;
    const fromX = distance === 0 ? 0 : at(furthest, previous);
    const fromY = distance === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      script.push({ kind: 'same', text: before[--x] ?? '' });
      y--;
    }
    if (distance === 0) break;
    if (cameDown) script.push({ kind: 'added', text: after[--y] ?? '' });
    else script.push({ kind: 'removed', text: before[--x] ?? '' });
  }
  return script.reverse();
}

/** Per number of differences, how far each diagonal had come before that step. */
function forwardPaths(before: readonly string[], after: readonly string[]): readonly ReadonlyMap<number, number>[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let distance = 0; distance <= before.length + after.length; distance++) {
    trace.push(new Map(furthest));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const down =
        diagonal === -distance || (diagonal !== distance && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
      let x = down ? at(furthest, diagonal + 1) : at(furthest, diagonal - 1) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return trace;
    }
  }
  return trace;
}

function at(furthest: ReadonlyMap<number, number>, diagonal: number): number {
  return furthest.get(diagonal) ?? -1;
}
