import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';
import { writtenSource } from '../shared/writtenSource.ts';
import { singleBatch } from './leadingOne.ts';

interface State {
  /** The size that is given to `batch`, or the tensors whose first dimension is 1. */
  readonly place: Expression;
  readonly isSize: boolean;
}

const MOST_PIECES = 6;

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
      const state = judge(call, program);
      if (!state || seen.has(state.place.start)) continue;
      const { place, isSize } = state;
      seen.add(place.start);
      yield {
        span: { start: place.start, end: place.end },
        severity: 'information',
        message: {
          what: isSize
            ? 'The training takes one sample per step.'
            : 'The training takes one sample per step: the first dimension of its tensors is 1.',
          why: 'Each step pays for starting every operation and updating every weight, whatever the number of samples.',
          advice: isSize
            ? 'Use batches of 16 to 64, and raise the learning rate with them if the loss falls more slowly.'
            : 'Leave the first dimension out and put `.batch(32)` at the end; raise the learning rate with it if the loss falls more slowly.',
          condition: 'The saving depends on the size of the network and the number of samples.',
        },
        related: [{ span: { start: call.node.start, end: call.node.callee.end }, message: 'Trained here' }],
        state,
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

  fixes({ state: { place: size, isSize } }) {
    if (!isSize || size.kind !== 'literal') return [];
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

/** The `1` of `.batch(1)` in the chain that makes the data set, where nothing batches it again; or elements that are batches of one. */
function judge(training: Call, program: Program): State | undefined {
  const { callee, args } = training.node;
  const [dataset] = args;
  // The model may be a parameter: that `fitDataset` is given a data set of TensorFlow.js tells what it is.
  if (callee.kind !== 'attribute' || callee.name !== 'fitDataset' || !dataset) return undefined;
  const pieces = piecesOf(dataset.value, program);
  if (!pieces.some((piece) => /\.data\.(array|csv|generator|zip)\(/.test(program.text(piece)))) return undefined;
  const sizes: Expression[] = [];
  for (const { node } of walkFrom(pieces.map((piece) => ({ kind: 'expression', node: piece })))) {
    if (node.kind !== 'call' || node.callee.kind !== 'attribute') continue;
    const [size] = node.args;
    if (/^(batch|rowMajorBatch|columnMajorBatch)$/.test(node.callee.name) && size) sizes.push(size.value);
  }
  const [size, ...others] = sizes;
  if (!size) {
    const tensors = singleBatch(dataset.value, program);
    return tensors && { place: tensors, isSize: false };
  }
  const value = others.length === 0 ? program.constant(size) : undefined;
  return value?.kind === 'known' && value.value === 1 ? { place: size, isSize: true } : undefined;
}

/** The chain that makes a data set, in the pieces that variables hold: `const rows = tf.data.array(x); rows.shuffle(9).batch(1)`. */
function piecesOf(dataset: Expression, program: Program): readonly Expression[] {
  const pieces: Expression[] = [];
  let current: Expression | undefined = dataset;
  while (current && pieces.length < MOST_PIECES) {
    const piece: Expression = writtenSource(current, program);
    pieces.push(piece);
    let inner = piece;
    while (inner.kind === 'call' && inner.callee.kind === 'attribute') inner = inner.callee.object;
    current = inner.kind === 'name' && inner !== piece && writtenSource(inner, program) !== inner ? inner : undefined;
  }
  return pieces;
}
