import { defineRule } from '../../src/core/engine/rule.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hostedForm } from '../shared/hostedForm.ts';
import { independentLoop } from '../shared/independentLoop.ts';
import { namedModel } from '../shared/namedModels.ts';

interface State {
  readonly call: Call;
  readonly loop: Loop;
}

export default defineRule<State>({
  meta: {
    id: 'llm-loop-without-batch',
    title: 'Script that asks a hosted model row by row',
    category: 'hosted-llm',
    languages: ['typescript', 'python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['llm-offline-loop-no-batch-api', 'llm-call-item-loop'],
    libraries: [
      'openai',
      'litellm',
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      'anthropic',
      '@google/genai',
      '@mistralai/mistralai',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || NOT_OFFLINE.test(program.module.text)) return;
    for (const call of program.calls) {
      const loop = offlineLoop(call, program);
      if (!loop) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'hint',
        message: {
          what: 'The loop sends one request per row and nobody waits for the answers.',
          why: 'Batch jobs cost half, because the provider computes them when and where its machines are free.',
          advice: `Use the provider's batch interface (\`${batchOf(call)}\`) for rows that may wait for hours.`,
          condition: 'No provider publishes how much energy batch jobs save.',
        },
        related: [{ span: loop.head, message: 'runs in every turn of this loop' }],
        state: { call, loop },
      };
    }
  },
});

/** Streams, people, servers, tools and jobs that are batched already. */
const NOT_OFFLINE =
  /batches\.|\bbatch\b.*jobs|stream\s*[:=]\s*[tT]rue|readline|input\(|streamlit|gradio|\.listen\(|FastAPI|Flask\(|useState|\btools\s*[:=]|tool_calls|NextResponse|semaphore|benchmark|eval/i;

const ASKS = /chat|responses|messages|generateContent|^litellm\./;

function offlineLoop(call: Call, program: Program): Loop | undefined {
  const found = hostedForm(call, program);
  if (!found || call.place.entryPoint || !ASKS.test(call.api?.name ?? '')) return undefined;
  if (isLiteLlm(call) && !takesBatches(call, program)) return undefined;
  const inputs = found.form.text.flatMap((name) => {
    const argument = call.argument(found.at + name);
    return argument.kind === 'known' ? [argument.value] : [];
  });
  return inputs.length === 0 ? undefined : independentLoop(program, inputs, call.place.loops);
}

function isLiteLlm({ api }: Call): boolean {
  return api?.name.startsWith('litellm.') === true;
}

/** Of the providers behind LiteLLM, those that its create_batch() knows (litellm/batches/main.py, 2025). */
function takesBatches(call: Call, program: Program): boolean {
  const model = namedModel(program, call);
  return model?.isCertain === true && /^((openai|azure|vertex_ai|bedrock)\/|gpt-|o\d)/.test(model.id);
}

function batchOf(call: Call): string {
  const name = call.api?.name ?? '';
  if (isLiteLlm(call)) return 'litellm.create_batch';
  if (/nthropic/.test(name)) return 'client.messages.batches.create';
  return name.startsWith('@mistralai') ? 'client.batch.jobs.create' : 'client.batches.create';
}
