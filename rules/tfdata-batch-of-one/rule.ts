import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';
import { writtenSource } from '../shared/writtenSource.ts';

interface State {
  readonly size: Expression;
}

export default defineRule<State>({
  meta: {
    id: 'tfdata-batch-of-one',
    title: 'TensorFlow.js trained on batches of one',
    category: 'training-efficiency',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tfdata-not-batched'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-node', '@tensorflow/tfjs-data'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || !tensorFlowImport(program)) return;
    const seen = new Set<number>();
    for (const call of program.calls) {
      const size = call.api?.name.endsWith('.fitDataset') ? batchOfOne(call, program) : undefined;
      if (!size || seen.has(size.start)) continue;
      seen.add(size.start);
      yield {
        span: { start: size.start, end: size.end },
        severity: 'information',
        message: {
          what: 'The training takes one sample per step.',
          why: 'Each step pays for starting every operation and updating every weight, whatever the number of samples.',
          advice: 'Use batches of 16 to 64, and raise the learning rate with them if the loss falls more slowly.',
          condition: 'The saving depends on the size of the network and the number of samples.',
        },
        related: [{ span: { start: call.node.start, end: call.node.callee.end }, message: 'Trained here' }],
        state: { size },
      };
    }
  },

  effect() {
    return {
      before: { kind: 'train', unit: 'epoch', engine: 'tfjs', batch: 1 },
      after: { batch: 32 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state: { size } }) {
    if (size.kind !== 'literal') return [];
    return [
      {
        title: 'Train on batches of 32',
        safety: 'suggestion',
        reason: 'Training takes another course with larger batches: check the loss, and the learning rate.',
        edits: [{ span: { start: size.start, end: size.end }, text: '32' }],
      },
    ];
  },
});

/** The `1` of `.batch(1)` in the chain that makes the data set, where nothing batches it again. */
function batchOfOne(training: Call, program: Program): Expression | undefined {
  const dataset = training.argument('dataset');
  if (dataset.kind !== 'known') return undefined;
  const source = writtenSource(dataset.value, program);
  if (!/\.data\.(array|csv|generator|zip)\(/.test(program.text(source))) return undefined;
  const sizes: Expression[] = [];
  for (const { node } of walkFrom([{ kind: 'expression', node: source }])) {
    if (node.kind !== 'call' || node.callee.kind !== 'attribute') continue;
    const [size] = node.args;
    if (/^(batch|rowMajorBatch|columnMajorBatch)$/.test(node.callee.name) && size) sizes.push(size.value);
  }
  const [size] = sizes;
  const value = size && sizes.length === 1 ? program.constant(size) : undefined;
  return value?.kind === 'known' && value.value === 1 ? size : undefined;
}
