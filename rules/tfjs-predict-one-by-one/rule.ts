import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { independentLoop } from '../shared/independentLoop.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';
import { writtenSource } from '../shared/writtenSource.ts';

interface State {
  readonly call: Call;
  readonly loop: Loop;
}

export default defineRule<State>({
  meta: {
    id: 'tfjs-predict-one-by-one',
    title: 'TensorFlow.js model run for one sample at a time',
    category: 'batching',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['tfjs-predict-one-by-one'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-layers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || !tensorFlowImport(program)) return;
    for (const call of program.calls) {
      if (!/^@tensorflow\/tfjs\.(LayersModel|GraphModel)\.(predict|execute)$/.test(call.api?.name ?? '')) continue;
      const [input] = call.node.args;
      if (!input || !isOneSample(input.value, program)) continue;
      const loop = independentLoop(program, [input.value], call.place.loops);
      if (!loop || DRAWS.test(program.text(loop))) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'information',
        message: {
          what: `\`${calleeText(call, program)}\` runs the model for one sample in every turn of the loop.`,
          why: 'A batch reads the weights once and pays the overhead of a run once; in WebAssembly a batch of 32 took a fifth of the processor time per sample.',
          advice:
            'Stack the samples into one tensor (`tf.stack`, `tf.tensor2d(rows)`) and call the model once, in parts of 32 for large sets.',
          condition: 'The saving depends on how many samples there are and on the backend.',
        },
        related: [{ span: loop.head, message: 'runs in every turn of this loop' }],
        state: { call, loop },
      };
    }
  },

  effect() {
    return {
      before: { kind: 'vision', unit: 'item', engine: 'tfjs', batch: 1 },
      after: { batch: 32 },
      alsoSaves: ['latency'],
    };
  },
});

/** Somebody looks at each result, or the loop works at the pace of a camera. */
const DRAWS = /nextFrame|fromPixels|toPixels|drawImage|capture\(|setTimeout|sleep/;
const ONE_ROW =
  /\.expandDims\(\s*0?\s*\)|\.reshape\(\s*\[\s*1\s*,|\.expandDims\(\w+(\s*,\s*0)?\s*\)|\.tensor2d\(\s*\[\s*[\w.]+(\[\w+\])?\s*\]\s*(,\s*\[\s*1\s*,[^)]*)?\)|\.tensor\dd\(\s*[\w.[\]]+\s*,\s*\[\s*1\s*,/;

function isOneSample(input: Expression, program: Program): boolean {
  return ONE_ROW.test(program.text(writtenSource(input, program)));
}
