import { defineRule, type Fix, type Severity } from '../../src/core/engine/rule.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Call } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { largestScale, type Scale } from '../shared/scale.ts';
import { leakedTensors } from './leakedTensors.ts';
import { runsModel } from './tensorValue.ts';
import { tidyFix } from './tidyFix.ts';
import { isOwned } from './tidyScope.ts';

interface TensorLeak {
  /** In source order, at least one. */
  readonly tensors: readonly Call[];
  readonly scale: Scale;
}

export default defineRule<TensorLeak>({
  meta: {
    id: 'tfjs-tensor-leak',
    title: 'TensorFlow.js tensors are never disposed',
    category: 'redundant-compute',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tfjs-tensor-leak'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-core'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || /\bstartScope\(/.test(program.module.text)) return;
    for (const owner of program.functions) {
      const tensors = leakedTensors(owner, program).filter((call) => !isOwned(call, program));
      const [first] = tensors;
      const scale = largestScale(program, tensors);
      if (!first || !scale || !isRepeated(scale, tensors, owner)) continue;
      const name = calleeText(first, program);
      yield {
        span: { start: first.node.start, end: first.node.end },
        severity: severityOf(scale),
        message: {
          what:
            tensors.length === 1
              ? `Nothing disposes the tensor of \`${name}\`.`
              : `Nothing disposes ${tensors.length} tensors that are made here; \`${name}\` makes one of them.`,
          why: 'Tensors on WebGL, WebGPU and the native backend are not garbage-collected, so memory grows with every run until the process or tab is restarted.',
          advice: 'Wrap the synchronous part in `tf.tidy(() => …)`, read the values, and `dispose()` the result.',
          condition: 'The saving is memory; energy only where the growth ends in a restart.',
        },
        related: [
          ...tensors.slice(1).map(({ node }) => ({
            span: { start: node.start, end: node.end },
            message: 'This tensor is not disposed either',
          })),
          ...relatedScale(scale),
        ],
        state: { tensors, scale },
      };
    }
  },

  effect({ state: { scale } }) {
    return {
      before: { kind: 'vision', unit: scale.kind === 'request' ? 'request' : 'item', engine: 'tfjs' },
      after: {},
      alsoSaves: ['memory'],
    };
  },

  fixes({ state: { tensors } }, program): readonly Fix[] {
    return tidyFix(tensors, program);
  },
});

/** In a handler or a loop over many items; or an asynchronous function of unknown callers that runs a model on what it is given. */
function isRepeated(scale: Scale, tensors: readonly Call[], owner: FunctionDefinition): boolean {
  if (scale.kind === 'once') return false;
  if (scale.kind !== 'unknown') return true;
  return owner.isAsync && owner.parameters.length > 0 && tensors.some(runsModel);
}

function severityOf(scale: Scale): Severity {
  return scale.kind === 'event' ? 'hint' : 'information';
}
