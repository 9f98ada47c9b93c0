import type { Program } from '../../src/core/semantics/program.ts';
import type { HostedRequest } from '../shared/hostedRequest.ts';
import type { Scale } from '../shared/scale.ts';
import { isDemanding } from '../shared/shortAnswer.ts';

/** A task that small models do well although its answer is longer than a label. */
export interface SimpleTask {
  readonly by: 'task';
  readonly does: 'translates a text' | 'extracts given fields' | 'answers yes or no';
}

const TRANSLATES = /\btranslate\b[^.?!\n]{0,80}\b(?:in)?to \w+/i;
const EXTRACTS = /\bextract\b/i;
const FIXED_SHAPE = /\bjson\b|\bfields?\b\s*:|\bkeys?\b\s*:/i;
const YES_OR_NO = /["'`]?\b(?:yes["'`]?\s*(?:or|\/)\s*["'`]?no|true["'`]?\s*(?:or|\/)\s*["'`]?false)\b/i;
/** One question for each of many items: a single call may be for anything. */
const REPEATED: ReadonlySet<Scale['kind']> = new Set(['request', 'items', 'elsewhere']);

/** By the words of the instruction; only where the request is made for each of many items. */
export function simpleTask(request: HostedRequest, scale: Scale, program: Program): SimpleTask | undefined {
  const { prompt } = request;
  if (program.module.language !== 'python' || !REPEATED.has(scale.kind) || isDemanding(prompt)) return undefined;
  if (YES_OR_NO.test(prompt)) return { by: 'task', does: 'answers yes or no' };
  if (TRANSLATES.test(prompt)) return { by: 'task', does: 'translates a text' };
  const isShaped = request.schema !== undefined || FIXED_SHAPE.test(prompt);
  return EXTRACTS.test(prompt) && isShaped ? { by: 'task', does: 'extracts given fields' } : undefined;
}
