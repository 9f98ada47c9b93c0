import type { Span } from '../text/span.ts';
import type { AnalysisDocument } from './document.ts';
import type { Problem } from './finding.ts';

/** Tells the first syntax error of a text; the rest of the text is analysed all the same. */
export function syntaxProblems(
  document: AnalysisDocument,
  { syntaxError }: { readonly syntaxError?: Span },
): readonly Problem[] {
  if (syntaxError === undefined) return [];
  const placed = document.place(syntaxError) ?? document.place({ start: syntaxError.start, end: syntaxError.start });
  return [
    {
      path: document.path,
      kind: 'syntax-error',
      message: 'syntax error; only what could be understood was analysed',
      ...(placed ? { location: { path: document.path, ...placed } } : {}),
    },
  ];
}
