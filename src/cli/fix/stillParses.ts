import type { AnalysisInput } from '../../core/engine/analysis.ts';
import { documentOf } from '../../core/engine/document.ts';
import { brokenIndentation } from '../../core/fixes/brokenIndentation.ts';
import type { Parsers } from '../../core/syntax/parsers.ts';

/**
 * Whether a text is free of syntax errors: Python by our own parser and, against the text `before` an edit, by its
 * indentation, which the parser takes as it comes; TypeScript and JavaScript by the TypeScript compiler, which is loaded
 * when the first such file is fixed. Gives true or the reason.
 */
export async function stillParses(
  input: AnalysisInput,
  parsers: Parsers,
  before: AnalysisInput = input,
): Promise<true | string> {
  if (input.kind === 'file' && input.language !== 'python') {
    const { parsesAsTypeScript } = await import('../../host/fixCheck/typescriptCheck.ts');
    const result = parsesAsTypeScript(input.text, input.path);
    return result === true ? true : `line ${result.line}: ${result.message}`;
  }
  const document = documentOf(input);
  await parsers.prepare(document.language);
  const tree = parsers.parse(document.language, document.text, document.parts);
  if ('kind' in tree) return tree.reason;
  return tree.hasErrors ? 'syntax error' : (brokenIndentation(before, input) ?? true);
}
