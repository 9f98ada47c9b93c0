import { type ParseError, parse } from 'jsonc-parser';
import { jsonErrorText } from '../../core/text/jsonErrorText.ts';

/** Where JSON goes wrong and how. `JSON.parse` is faster and tells neither reliably, so it is asked first and this only after it failed. */
export function jsonProblem(json: string, error: unknown): { readonly offset: number; readonly reason: string } {
  const errors: ParseError[] = [];
  try {
    parse(json, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  } catch {
    // Nested too deep for a recursive parser: the message of the other one has to do.
  }
  const [first] = errors;
  if (first === undefined)
    return { offset: 0, reason: `invalid JSON: ${error instanceof Error ? error.message : error}` };
  return { offset: first.offset, reason: `invalid JSON: ${jsonErrorText(first)}` };
}
