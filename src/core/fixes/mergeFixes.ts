import type { Finding, TextEdit } from '../engine/finding.ts';
import type { Position } from '../text/position.ts';

export interface MergedFixes {
  /** Without overlaps, to be applied together. */
  readonly edits: readonly TextEdit[];
  /** Findings whose fix is among the edits. */
  readonly fixed: readonly Finding[];
}

/**
 * The safe fixes of a file that can be applied in one go, first come first served in source order. A fix that overlaps
 * an earlier one waits for the next round; an edit that several fixes share (the same new import) is made once.
 */
export function mergeFixes(findings: readonly Finding[]): MergedFixes {
  const edits: TextEdit[] = [];
  const fixed: Finding[] = [];
  for (const finding of findings) {
    if (finding.suppression) continue;
    const fix = finding.fixes.find(({ safety }) => safety === 'safe');
    if (!fix || fix.edits.length === 0) continue;
    const fresh = fix.edits.filter((edit) => !edits.some((other) => isSame(edit, other)));
    if (fresh.some((edit) => edits.some((other) => touches(edit, other)))) continue;
    edits.push(...fresh);
    fixed.push(finding);
  }
  return { edits, fixed };
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return (
    a.cell === b.cell &&
    a.newText === b.newText &&
    compare(a.range.start, b.range.start) === 0 &&
    compare(a.range.end, b.range.end) === 0
  );
}

/** Insertions at the same place count as overlapping: their order would be a guess. */
function touches(a: TextEdit, b: TextEdit): boolean {
  if (a.cell !== b.cell) return false;
  if (compare(a.range.start, b.range.start) === 0) return true;
  return compare(a.range.start, b.range.end) < 0 && compare(b.range.start, a.range.end) < 0;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
