import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { isPipeline, modelReference, taskOf } from '../shared/transformersJs.ts';
import { writtenSource } from '../shared/writtenSource.ts';

interface State {
  readonly load: Call;
  readonly labels: number;
  readonly scale: Scale;
}

export default defineRule<State>({
  meta: {
    id: 'zero-shot-many-labels',
    title: 'Zero-shot classification over many fixed labels',
    category: 'redundant-compute',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['tjs-zero-shot-many-labels'],
    libraries: ['@huggingface/transformers', '@xenova/transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const load of program.calls) {
      if (!isPipeline(load) || !/^zero-shot-(audio-)?classification$/.test(taskOf(load) ?? '')) continue;
      for (const call of program.methodCalls(load)) {
        const labels = fixedLabels(call, program);
        const scale = scaleOf(program, call);
        if (labels < MANY || (scale.kind !== 'request' && scale.kind !== 'items')) continue;
        yield {
          span: { start: call.node.start, end: call.node.callee.end },
          severity: 'information',
          message: {
            what: `Each input runs the model ${labels} times, once for every label.`,
            why: 'The pipeline pairs the input with each label and computes the pairs one after another; the labels are the same every time.',
            advice:
              'Embed the labels once and compare the embedding of each input with them, or use a model that is trained for these classes.',
            condition: 'Accuracy has to be checked on your own data.',
          },
          related: relatedScale(scale),
          state: { load, labels, scale },
        };
      }
    }
  },

  effect({ state: { load, labels, scale } }) {
    return {
      before: {
        kind: 'encode',
        unit: scale.kind === 'items' ? 'item' : 'request',
        engine: 'onnxruntime',
        repeats: labels,
        ...modelReference(load),
      },
      after: { repeats: 1 },
      alsoSaves: ['latency'],
    };
  },
});

const MANY = 5;

/** How many labels a call is given, where they are written out; 0 otherwise. */
function fixedLabels(call: Call, program: Program): number {
  const [, labels] = call.node.args;
  const source = labels && writtenSource(labels.value, program);
  if (source?.kind !== 'sequence') return 0;
  const isFixed = source.elements.every((element) => program.constant(element).kind === 'known');
  return isFixed ? source.elements.length : 0;
}
