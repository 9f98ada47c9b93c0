import { defineRule } from '../../src/core/engine/rule.ts';
import { hostedRequest } from '../shared/hostedRequest.ts';
import { HOLE } from '../shared/promptText.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { type ExactTask, exactTask } from './exactTask.ts';

interface State {
  readonly task: ExactTask;
  readonly scale: Scale;
  readonly model: string;
}

export default defineRule<State>({
  meta: {
    id: 'llm-for-exact-task',
    title: 'Hosted model asked for what a few lines of code do exactly',
    category: 'oversized-model',
    languages: ['typescript', 'python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['need-ai-deterministic-task', 'llm-for-deterministic-task'],
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
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const request = hostedRequest(call, program);
      if (!request || request.schema || request.prompt.replaceAll(HOLE, '').length > LONGEST_INSTRUCTION) continue;
      const task = exactTask(request.prompt);
      const scale = scaleOf(program, call);
      if (!task || scale.kind === 'once') continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: scale.kind === 'request' || scale.kind === 'items' ? 'information' : 'hint',
        message: {
          what: `The request asks a language model to ${task.does} ("${task.words}").`,
          why: 'A model generates the answer token by token and may be wrong; code computes it in microseconds and is right.',
          advice: `Use ${task.instead}.`,
          condition: 'It depends on how regular the texts are.',
        },
        related: relatedScale(scale),
        state: { task, scale, model: request.model.id },
      };
    }
  },

  effect({ state: { scale, model } }) {
    return {
      before: {
        kind: 'hosted-call',
        unit: scale.kind === 'items' ? 'item' : 'request',
        engine: 'hosted',
        model: { id: model },
        repeats: 1,
      },
      after: { repeats: 0 },
      alsoSaves: ['money', 'latency'],
    };
  },
});

const LONGEST_INSTRUCTION = 200;
