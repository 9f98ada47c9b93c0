import type { AnalysisInput } from '../engine/analysis.ts';
import { newIndentationProblem } from '../text/pythonIndentation.ts';

/**
 * Why CPython would refuse the layout that edits gave to a Python file or to a cell of a notebook: the grammar takes
 * indentation that the language does not. `undefined` where nothing got worse.
 */
export function brokenIndentation(before: AnalysisInput, after: AnalysisInput): string | undefined {
  const earlier = pythonTexts(before);
  for (const [index, text] of pythonTexts(after).entries()) {
    const problem = newIndentationProblem(earlier[index] ?? '', text);
    if (problem) return `line ${problem.line}: ${problem.message}`;
  }
  return undefined;
}

/** The text of a Python file, or of each cell; empty for what is no Python. */
function pythonTexts(input: AnalysisInput): readonly string[] {
  if (input.kind === 'file') return [input.language === 'python' ? input.text : ''];
  return input.cells.map(({ language, text }) => (language === 'python' ? text : ''));
}
