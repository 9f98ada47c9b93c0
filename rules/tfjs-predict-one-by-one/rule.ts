import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { calleeText } from '../shared/calleeText.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';
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
      if (!RUNS.test(call.name ?? '')) continue;
      const [input] = call.node.args;
      if (!input || !isOneSample(input.value, program)) continue;
      const loop = independentLoop(program, [input.value], call.place.loops);
      if (!loop || isStream(loop, program) || isDrawn(loop, program)) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'information',
        message: {
          what: `\`${calleeText(call, program)}\` runs the model for one sample in every turn of the loop.`,
          why: 'A batch reads the weights once and pays the overhead of a run once; in WebAssembly a batch of 32 took a fifth of the processor time per sample.',
          advice:
            'Stack the samples into one tensor (`tf.stack`, `tf.tensor2d(rows)`) and call the model once, in parts of 32 for large sets. A `GraphModel` ignores `batchSize`, so the parts are cut by hand there.',
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

const RUNS = /^@tensorflow\/tfjs\.(LayersModel\.(predict|predictOnBatch)|GraphModel\.(predict|execute|executeAsync))$/;
/** Somebody looks at each result, or the loop works at the pace of a camera. */
const DRAWS = /nextFrame|toPixels|drawImage|capture\(|setTimeout|sleep/;
const CAMERA = /video|camera|webcam|canvas|frame/i;
const ONE_ROW =
  /\.expandDims\(\s*0?\s*\)|\.reshape\(\s*\[\s*1\s*,|\.expandDims\(\w+(\s*,\s*0)?\s*\)|\.tensor2d\(\s*\[\s*[\w.]+(\[\w+\])?\s*\]\s*(,\s*\[\s*1\s*,[^)]*)?\)|\.tensor\dd\(\s*[\w.[\]]+\s*,\s*\[\s*1\s*,/;

/** `for await` takes each item when it comes: the next one may not be there yet. */
function isStream(loop: Loop, program: Program): boolean {
  return enclosing(program.module, loop.head).statements.some(
    (statement) => statement.kind === 'for' && statement.start === loop.start && statement.isAsync,
  );
}

/** Drawing, waiting, or pictures that are not the loop's own items. */
function isDrawn(loop: Loop, program: Program): boolean {
  if (DRAWS.test(program.text(loop))) return true;
  return program.calls.some((call) => {
    if (!contains(loop, call.node) || methodName(call) !== 'fromPixels') return false;
    const source = call.node.args[0]?.value;
    return !source || CAMERA.test(program.text(source)) || !program.dependsOn(source, loop);
  });
}

function isOneSample(input: Expression, program: Program): boolean {
  const source = writtenSource(input, program);
  return ONE_ROW.test(program.text(source)) || isExpanded(source, program);
}

/** `tf.expandDims(x, 0)`, also under methods of the tensor. */
function isExpanded(source: Expression, program: Program): boolean {
  if (source.kind !== 'call') return false;
  const call = program.callOf(source);
  if (call?.name === '@tensorflow/tfjs.expandDims') {
    const axis = source.args[1];
    const value = axis && program.constant(axis.value);
    return !axis || (value?.kind === 'known' && value.value === 0);
  }
  return call?.receiver !== undefined && isExpanded(call.receiver, program);
}
