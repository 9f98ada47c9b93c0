import type { TextEdit } from '../core/engine/finding.ts';
import { applyEdits } from '../core/fixes/applyEdits.ts';
import { mergeFixes } from '../core/fixes/mergeFixes.ts';
import { LineIndex } from '../core/text/lineIndex.ts';
import { type AnalysedTarget, shownFindings } from './findingsStore.ts';

/**
 * Edits of all safe fixes of a file or notebook together. In TypeScript and JavaScript only when the compiler still reads
 * the whole text afterwards: nobody looks at the single edits of a bulk fix.
 */
export async function safeFixes(analysed: AnalysedTarget): Promise<readonly TextEdit[]> {
  const { input } = analysed.snapshot;
  const findings = shownFindings(analysed);
  const { edits } = mergeFixes(findings);
  if (edits.length === 0 || input.kind === 'notebook' || input.language === 'python') return edits;
  if (await staysReadable(input.text, input.path, edits)) return edits;
  const readable = await Promise.all(
    findings.map((finding) => staysReadable(input.text, input.path, mergeFixes([finding]).edits)),
  );
  const rest = mergeFixes(findings.filter((_, index) => readable[index])).edits;
  return (await staysReadable(input.text, input.path, rest)) ? rest : [];
}

async function staysReadable(text: string, path: string, edits: readonly TextEdit[]): Promise<boolean> {
  const lines = new LineIndex(text);
  const after = applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      span: { start: lines.offset(range.start), end: lines.offset(range.end) },
      text: newText,
    })),
  );
  if (after === undefined) return false;
  // Brings the compiler, which nothing else in the editor needs.
  const { parsesAsTypeScript } = await import('../host/fixCheck/typescriptCheck.ts');
  return parsesAsTypeScript(after, path) === true;
}
