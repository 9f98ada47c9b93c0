import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hostedForm } from '../shared/hostedForm.ts';
import { namedModel } from '../shared/namedModels.ts';
import { CHARACTERS_PER_TOKEN, requestParts } from '../shared/promptParts.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';

interface State {
  readonly call: Call;
  readonly scale: Scale;
  readonly characters: number;
}

export default defineRule<State>({
  meta: {
    id: 'llm-constant-prompt',
    title: 'The same prompt answered again for every request',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['llm-constant-prompt'],
    libraries: [
      'openai',
      'litellm',
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      'anthropic',
      '@google/genai',
      '@mistralai/mistralai',
      'ai',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || KEEPS.test(program.module.text)) return;
    for (const call of program.calls) {
      const text = constantPrompt(call, program);
      if (text === undefined || call.place.isMemoised) continue;
      const scale = scaleOf(program, call);
      if (scale?.kind !== 'request') continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'information',
        message: {
          what: 'Every request asks the model the same question, word for word.',
          why: 'The answer is generated anew each time although nothing in the question changes.',
          advice:
            'Keep the answer for as long as it holds: a promise at module level, `unstable_cache`, or a cache with a lifetime.',
          condition: 'It depends on whether visitors should get different answers.',
        },
        related: relatedScale(scale),
        state: { call, scale, characters: text.length },
      };
    }
  },

  effect({ state: { call, characters } }, program) {
    const model = namedModel(program, call);
    return {
      before: {
        kind: 'hosted-call',
        unit: 'request',
        engine: 'hosted',
        ...(model ? { model: { id: model.id } } : {}),
        inputTokens: Math.max(1, Math.round(characters / CHARACTERS_PER_TOKEN)),
        repeats: 1,
      },
      after: { repeats: 0 },
      alsoSaves: ['money', 'latency'],
    };
  },
});

const KEEPS = /cache|revalidate|memo(ize|ise)|redis|\bKV\b|localStorage|force-static|getStaticProps/i;
/** Answers that are meant to differ, and requests that only try whether the service answers. */
const VARIES =
  /creative|creativ|random|story|stories|poem|joke|surpris|invent|imagin|fun |funny|different|unique|brainstorm|idea|example|generate (a|an|some|\d+)|today|latest|current|news|weather|hello|^hi\b|\bping\b|test/i;
const WARMEST = 0.5;

/** All that the model reads, where all of it is constant and nothing else shapes the answer. */
function constantPrompt(call: Call, program: Program): string | undefined {
  const found = hostedForm(call, program);
  const parts = found && requestParts(call, program);
  if (!found || !parts || parts.length === 0) return undefined;
  const texts = parts.filter((part) => typeof part === 'string');
  if (texts.length < parts.length) return undefined;
  const tools = found.form.tools.some((name) => call.argument(found.at + name).kind !== 'absent');
  const temperature = call.constantArgument(`${found.at}temperature`);
  const isWarm =
    temperature.kind === 'unknown' || (temperature.kind === 'known' && Number(temperature.value) > WARMEST);
  const model = call.argument(`${found.at}model`);
  const isChosen = model.kind !== 'known' || program.text(model.value).includes('req');
  const text = texts.join('\n');
  return tools || isWarm || isChosen || VARIES.test(text) || text.trim() === '' ? undefined : text;
}
