import { defineRule, type Message } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { hasFixedArguments } from '../model-load-per-call/fixedArguments.ts';
import { calleeText } from '../shared/calleeText.ts';
import { outlivesCall } from '../shared/outlivesCall.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { sharedEncoderFix } from './sharedEncoderFix.ts';

interface EncoderPerCall {
  readonly load: Call;
  readonly scale: Scale;
  /** The same encoder every time; else one per model name. */
  readonly isFixed: boolean;
}

/** cl100k_base.tiktoken, the smaller of the two common vocabularies (openai/tiktoken, 2025). */
const VOCABULARY_BYTES = 1.7e6;

export default defineRule<EncoderPerCall>({
  meta: {
    id: 'tokenizer-per-call',
    title: 'Token encoder built again on every call',
    category: 'redundant-data-loading',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tokenizer-per-call'],
    libraries: ['js-tiktoken', 'tiktoken', '@dqbd/tiktoken'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const load of program.calls) {
      if (!isEncoderLoad(load) || isKept(load, program)) continue;
      const scale = scaleOf(program, load);
      if (scale.kind === 'once') continue;
      const owner = scale.kind === 'items' ? scale.loop : load.place.function;
      const state = { load, scale, isFixed: owner !== undefined && hasFixedArguments(load, owner, program) };
      yield {
        span: { start: load.node.start, end: load.node.end },
        severity: isSure(state) ? 'warning' : 'information',
        message: messageOf(state, program),
        related: relatedScale(scale),
        state,
      };
    }
  },

  effect({ state: { scale } }) {
    return {
      before: {
        kind: 'read-data',
        unit: scale.kind === 'request' ? 'request' : 'item',
        device: 'cpu',
        readsPerUnit: 1,
        bytesPerRead: VOCABULARY_BYTES,
      },
      after: { readsPerUnit: 0 },
      alsoSaves: ['latency', 'memory'],
    };
  },

  fixes({ state: { load, isFixed } }, program) {
    const fix = isFixed ? sharedEncoderFix(load, program) : undefined;
    return fix ? [fix] : [];
  },
});

function isEncoderLoad({ api }: Call): boolean {
  return api?.roles.includes('tokenizer-load') === true && /^(js-tiktoken|(@dqbd\/)?tiktoken)\./.test(api.name);
}

/** Memoised, put where the next call finds it, or handed to code that may keep it. Only an encoder that is used here and dropped counts. */
function isKept(load: Call, program: Program): boolean {
  const { place } = load;
  if (place.isMemoised || outlivesCall(load, program)) return true;
  const statement = program.statement(load.node);
  if (statement?.kind === 'assign' && statement.targets.some(({ kind }) => kind !== 'name')) return true;
  const uses = program.uses(load).filter(({ kind }) => kind !== 'other');
  if (uses.some(({ call }) => call === undefined || !isOwnFunction(call, program))) return true;
  const calls = program.methodCalls(load);
  const owner = place.function;
  if (calls.length + uses.length === 0) return true;
  return owner !== undefined && calls.some(({ node }) => !contains(owner, node));
}

/** A function of this file that counts with the encoder, not a cache that keeps it. */
function isOwnFunction({ node }: Call, program: Program): boolean {
  return program.values(node.callee).every(({ kind }) => kind === 'function');
}

function isSure({ scale, isFixed }: EncoderPerCall): boolean {
  return isFixed && (scale.kind === 'request' || scale.kind === 'items');
}

function messageOf(state: EncoderPerCall, program: Program): Message {
  const { load, scale, isFixed } = state;
  const owner = load.place.function?.name;
  const often =
    scale.kind === 'items'
      ? 'in every turn of the loop'
      : scale.kind === 'request'
        ? 'for every request'
        : owner === undefined
          ? 'on every call'
          : `on every call of \`${owner}\``;
  const isWasm = !load.api?.name.startsWith('js-');
  const message = {
    what: `\`${calleeText(load, program)}\` builds the encoder again ${often}.`,
    why: isWasm
      ? 'Reading the vocabulary costs far more than the encoding that follows, and every encoder holds WASM memory until `free()`.'
      : 'Reading the vocabulary costs hundreds of times the encoding that follows.',
    advice: isFixed
      ? 'Build it once at module level and share it.'
      : 'Keep the encoders in a `Map` at module level, one per model name.',
  };
  if (isSure(state)) return message;
  return { ...message, condition: 'The saving depends on how often this code runs.' };
}
