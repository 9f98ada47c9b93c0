import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { scaleOf } from '../shared/scale.ts';
import { writtenSource } from '../shared/writtenSource.ts';

export default defineRule<Call>({
  meta: {
    id: 'tensor-from-nested-arrays',
    title: 'Tensor made from nested arrays of pixels',
    category: 'redundant-data-loading',
    languages: ['typescript'],
    tier: 'strict',
    fixes: [],
    catalogue: ['data-tensor-from-nested-array'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-node', '@tensorflow/tfjs-core'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      if (!/^@tensorflow\/tfjs\.tensor(3d|4d)?$/.test(call.api?.name ?? '')) continue;
      const [values] = call.node.args;
      const scale = scaleOf(program, call);
      if (!values || scale.kind === 'once' || scale.kind === 'unknown') continue;
      if (!isNestedBuild(writtenSource(values.value, program), program)) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'hint',
        message: {
          what: `\`${calleeText(call, program)}\` takes arrays in arrays, which it has to flatten number by number.`,
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

const BUILDERS = /(^|\.)(map|from|fill)$/;

/** `rows.map((row) => row.map(…))`: one builder of arrays inside another. */
function isNestedBuild(source: Expression, program: Program): boolean {
  if (source.kind !== 'call' || !BUILDERS.test(program.text(source.callee))) return false;
  for (const { value } of source.args) {
    if (value.kind !== 'function') continue;
    for (const { node } of walkFrom([{ kind: 'expression', node: value }])) {
      if (node.kind === 'call' && BUILDERS.test(program.text(node.callee))) return true;
    }
  }
  return false;
}
