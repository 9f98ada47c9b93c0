import type { Severity } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { largestScale, type Scale, scaleOf, severityFor } from '../shared/scale.ts';
import { usageScale } from '../shared/usageScale.ts';
import { isChat, isFetch } from './wideWeights.ts';

/** How much the named weights work, as far as the file tells. */
export interface ModelUse {
  readonly severity: Severity;
  /** Where the repetition comes from, for requests. */
  readonly scale?: Scale;
}

/** `undefined` where one prompt of a script is all that the model does: a try. */
export function modelUse(call: Call, program: Program): ModelUse | undefined {
  if (isFetch(call)) return { severity: 'information' };
  const isLoad = call.api?.roles.includes('model-load') === true;
  const scale = isLoad ? sessionScale(call, program) : requestScale(call, program);
  if (scale) return scale.kind === 'once' ? undefined : { severity: severityFor(scale), scale };
  const usage = usageScale(call, program);
  if (usage === 'once') return undefined;
  return { severity: usage === 'request' || usage === 'items' ? 'warning' : 'information' };
}

/** Of the request, or of what a model object of LangChain runs. */
function requestScale(call: Call, program: Program): Scale {
  if (!isChat(call)) return scaleOf(program, call);
  return largestScale(program, program.methodCalls(call)) ?? { kind: 'unknown' };
}

const CONTEXTS = /^node-llama-cpp\.LlamaModel\.create\w*Context$/;
const SESSION_RUNS =
  /^node-llama-cpp\.Llama\w*\.(prompt\w*|complete\w*|generateCompletion\w*|getEmbeddingFor|evaluate)$/;

/** A model of node-llama-cpp works through contexts and the sessions on them: making a context is no prompt yet. */
function sessionScale(load: Call, program: Program): Scale | undefined {
  if (!program.methodCalls(load).some(({ name }) => CONTEXTS.test(name ?? ''))) return undefined;
  const runs = program.calls.filter(({ name }) => SESSION_RUNS.test(name ?? ''));
  return largestScale(program, runs) ?? { kind: 'unknown' };
}
