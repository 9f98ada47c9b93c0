import type { AnalysisInput } from '../core/engine/analysis.ts';

/** Characters of source: what an analysis costs grows with them. */
export function inputLength(input: AnalysisInput): number {
  return input.kind === 'file' ? input.text.length : input.cells.reduce((sum, { text }) => sum + text.length, 0);
}
