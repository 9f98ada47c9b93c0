import type { AnalysisInput } from '../core/engine/analysis.ts';
import type { TextEdit } from '../core/engine/finding.ts';
import { brokenIndentation } from '../core/fixes/brokenIndentation.ts';
import { editedInput } from '../core/fixes/editedInput.ts';
import { mergeFixes } from '../core/fixes/mergeFixes.ts';
import { type AnalysedTarget, shownFindings } from './findingsStore.ts';

/**
 * Edits of all safe fixes of a file or notebook together, only when the whole text can still be read afterwards: TypeScript and
 * JavaScript by the compiler, Python by its indentation. Nobody looks at the single edits of a bulk fix.
 */
export async function safeFixes(analysed: AnalysedTarget): Promise<readonly TextEdit[]> {
  const { input } = analysed.snapshot;
  const findings = shownFindings(analysed);
  const { edits } = mergeFixes(findings);
  if (edits.length === 0 || (await staysReadable(input, edits))) return edits;
  const readable = await Promise.all(findings.map((finding) => staysReadable(input, mergeFixes([finding]).edits)));
  const rest = mergeFixes(findings.filter((_, index) => readable[index])).edits;
  return (await staysReadable(input, rest)) ? rest : [];
}

/** Whether Python keeps an indentation that the language takes; true for other languages. */
export function keepsLayout({ snapshot: { input } }: AnalysedTarget, edits: readonly TextEdit[]): boolean {
  const after = editedInput(input, edits);
  return after !== undefined && brokenIndentation(input, after) === undefined;
}

async function staysReadable(input: AnalysisInput, edits: readonly TextEdit[]): Promise<boolean> {
  const after = editedInput(input, edits);
  if (after === undefined) return false;
  if (after.kind === 'notebook' || after.language === 'python') return brokenIndentation(input, after) === undefined;
  // Brings the compiler, which nothing else in the editor needs.
  const { parsesAsTypeScript } = await import('../host/fixCheck/typescriptCheck.ts');
  return parsesAsTypeScript(after.text, after.path) === true;
}
