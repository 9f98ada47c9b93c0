import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { scaleOf } from '../shared/scale.ts';
import { writtenSource } from '../shared/writtenSource.ts';
import { type Built, builtArrays } from './nestedArrays.ts';

/** Fewer numbers are flattened in less time than a tensor takes to make. */
const FEWEST_NUMBERS = 10_000;
const TENSORFLOW = /^@tensorflow\/tfjs\.tensor([2-6]d)?$/;
const ONNX = 'onnxruntime-common.Tensor';
const TYPED = /^(Float(16|32|64)|Big(Int|Uint)64|U?[Ii]nt(8|16|32)|Uint8Clamped)Array(\.from)?$/;

export default defineRule<Call>({
  meta: {
    id: 'tensor-from-nested-arrays',
    title: 'Tensor made from nested arrays of pixels',
    category: 'redundant-data-loading',
    languages: ['typescript'],
    tier: 'strict',
    fixes: [],
    catalogue: ['data-tensor-from-nested-array'],
    libraries: [
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-node',
      '@tensorflow/tfjs-core',
      'onnxruntime-web',
      'onnxruntime-node',
      'onnxruntime-react-native',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const values = valuesOf(call, program);
      if (!values) continue;
      const scale = scaleOf(program, call);
      if (scale.kind === 'once' || scale.kind === 'unknown') continue;
      const built = builtArrays(values, program);
      if (built.levels < 2 || isSmall(built, call)) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'hint',
        message: {
          what: `\`${calleeText(call, program)}\` gets its numbers from arrays in arrays, which are flattened one by one.`,
          why: 'A picture of 256 × 256 × 3 took 9.5 ms from nested arrays and 0.06 ms from a typed array.',
          advice:
            'Fill a `Float32Array` and hand over the shape as well; for pictures use `tf.browser.fromPixels` or `tf.node.decodeImage`.',
          condition: 'The saving depends on the size of the data.',
        },
        related: relatedScale(scale),
        state: call,
      };
    }
  },
});

/** The arrays that a tensor is made of, before `flat()` and a typed array that is filled from them. */
function valuesOf(call: Call, program: Program): Expression | undefined {
  const name = call.api?.name ?? call.name ?? '';
  const [first, second] = call.node.args;
  if (TENSORFLOW.test(name)) return first && unwrapped(first.value, program);
  if (name !== ONNX || !first) return undefined;
  // The type comes first, or is left out.
  const type = program.constant(first.value);
  const data = type.kind === 'known' ? second : first;
  return data && unwrapped(data.value, program);
}

/** What a tensor of rank 2 is given in arrays of two levels are numbers, whatever computes them. */
function isSmall({ rank, size, holdsNumbers }: Built, { name = '' }: Call): boolean {
  const isWhole = holdsNumbers || TENSORFLOW.exec(name)?.[1]?.startsWith(String(rank));
  return isWhole === true && size < FEWEST_NUMBERS;
}

function unwrapped(expression: Expression, program: Program): Expression {
  const source = writtenSource(expression, program);
  if (source.kind !== 'call') return expression;
  const [first, mapper] = source.args;
  if (TYPED.test(program.text(source.callee)) && first && !mapper) return unwrapped(first.value, program);
  const isFlat = source.callee.kind === 'attribute' && source.callee.name === 'flat';
  return isFlat && source.callee.kind === 'attribute' ? unwrapped(source.callee.object, program) : expression;
}
