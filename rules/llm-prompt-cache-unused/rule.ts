import { defineRule, type Fix } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { CHARACTERS_PER_TOKEN } from '../shared/promptParts.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { type UncachedPrompt, uncachedPrompt } from './uncachedPrompt.ts';

interface State {
  readonly prompt: UncachedPrompt;
  readonly scale: Scale;
}

export default defineRule<State>({
  meta: {
    id: 'llm-prompt-cache-unused',
    title: 'Long constant prompt sent to Claude without a cache mark',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['llm-prompt-cache-unused', 'llm-no-prompt-caching'],
    libraries: [
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      'anthropic',
      'ai',
      '@aws-sdk/client-bedrock-runtime',
      '@langchain/anthropic',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    // Whoever marks anything knows about the cache, and a helper may mark what is not seen here.
    if (program.isTestOrBenchmark || /cache_?control|cache_?point/i.test(program.module.text)) return;
    for (const call of program.calls) {
      const prompt = uncachedPrompt(call, program);
      if (!prompt) continue;
      const scale = scaleOf(program, call);
      const inAgentLoop = call.place.loops.some(({ form, purpose }) => form === 'while' && purpose === 'unknown');
      if (!inAgentLoop && scale.kind !== 'request' && scale.kind !== 'items') continue;
      const tokens = Math.round(prompt.characters / CHARACTERS_PER_TOKEN / 100) * 100;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'information',
        message: {
          what: `Each request sends the same instructions of some ${tokens} tokens to \`${prompt.model}\`, and none is marked for the cache.`,
          why: 'Models of Anthropic keep the work on a prompt only where the request marks it, so all of it is computed again for every request.',
          advice: ADVICE[prompt.mark],
          condition:
            'It pays when another request follows within five minutes; writing the cache costs a quarter more, and the least length depends on the model.',
        },
        related: relatedScale(scale),
        state: { prompt, scale },
      };
    }
  },

  effect({ state: { prompt, scale } }) {
    const inputTokens = Math.round(prompt.characters / CHARACTERS_PER_TOKEN) + OTHER_INPUT;
    return {
      before: {
        kind: 'hosted-call',
        unit: scale.kind === 'items' ? 'item' : 'request',
        engine: 'hosted',
        model: { id: prompt.model },
        inputTokens,
      },
      after: { inputTokens: OTHER_INPUT },
      alsoSaves: ['money', 'latency'],
    };
  },

  fixes({ state: { prompt } }, program) {
    const fix = markFix(prompt, program);
    return fix ? [fix] : [];
  },
});

/** The spelling of each interface: SDKs of Anthropic and Bedrock, LangChain 1.5, AI SDK 6 with its providers. */
const ADVICE: Readonly<Record<UncachedPrompt['mark'], string>> = {
  anthropic:
    'Mark the constant part with `cache_control: { type: "ephemeral" }`; a mark on the last block of `system` covers the tools as well.',
  converse: 'Put `{ cachePoint: { type: "default" } }` behind the constant block of `system`.',
  langchain:
    'Give the system message as a block with a mark: `new SystemMessage({ content: [{ type: "text", text, cache_control: { type: "ephemeral" } }] })`.',
  'ai-anthropic':
    'Give the instructions as a system message in `messages`, with `providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } }`.',
  'ai-bedrock':
    'Give the instructions as a system message in `messages`, with `providerOptions: { bedrock: { cachePoint: { type: "default" } } }`.',
};

/** What the user says, which is new every time. */
const OTHER_INPUT = 100;

/** Blocks, written out or under a name: the mark belongs to the last one. */
function holdsBlocks(system: Expression, program: Program): boolean {
  return (
    system.kind === 'sequence' ||
    program.values(system).some((value) => value.kind === 'collection' || value.kind === 'instance')
  );
}

/** A cache point behind the one constant block. */
function cachePointFix(system: Expression): Fix | undefined {
  const block = system.kind === 'sequence' ? system.elements[0] : undefined;
  if (system.kind !== 'sequence' || system.elements.length !== 1 || block?.kind !== 'mapping') return undefined;
  return {
    title: 'Add a cache point behind the instructions',
    safety: 'suggestion',
    reason: WHEN_IT_PAYS,
    edits: [{ span: { start: block.end, end: block.end }, text: ", { cachePoint: { type: 'default' } }" }],
  };
}

const WHEN_IT_PAYS =
  'Writing the cache costs 1.25 times the input, reading it a tenth: it pays when requests follow each other within five minutes.';

/** `system: TEXT` becomes one block with a mark, which every version of the SDKs since 2024 takes. */
function markFix({ system, mark }: UncachedPrompt, program: Program): Fix | undefined {
  if (mark === 'converse') return cachePointFix(system);
  const holder = program.parent(system);
  if (mark !== 'anthropic' || holder === undefined || holdsBlocks(system, program)) return undefined;
  const source = program.text(system);
  const isPython = program.module.language === 'python';
  const entry = holder.kind === 'mapping' ? holder.entries.find(({ value }) => value === system) : undefined;
  const isShorthand = entry !== undefined && entry.start === system.start;
  // A name may hold the blocks of a later version; text that is written out cannot.
  const block = isPython
    ? `[{"type": "text", "text": ${source}, "cache_control": {"type": "ephemeral"}}]`
    : `[{ type: 'text', text: ${source}, cache_control: { type: 'ephemeral' } }]`;
  return {
    title: 'Mark the instructions for the prompt cache',
    safety: 'suggestion',
    reason: WHEN_IT_PAYS,
    edits: [{ span: { start: system.start, end: system.end }, text: isShorthand ? `${source}: ${block}` : block }],
  };
}
