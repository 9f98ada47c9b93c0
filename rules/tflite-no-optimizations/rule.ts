import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { quantiseEdits } from './quantiseEdits.ts';

interface State {
  readonly converter: Call;
  readonly convert: Call;
}

const CONVERTER = 'tensorflow.lite.TFLiteConverter';
/** The network was trained for, or is quantised by, another tool. */
const QUANTISED_ELSEWHERE =
  /tensorflow_model_optimization|tfmot|ai_edge_quantizer|quantize_model|quantize_apply|representative_dataset|post_training_quantize|GpuDelegate/;

export default defineRule<State>({
  meta: {
    id: 'tflite-no-optimizations',
    title: 'TensorFlow Lite conversion without quantisation',
    category: 'missing-quantisation',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tflite-no-optimizations'],
    libraries: ['tensorflow'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || QUANTISED_ELSEWHERE.test(program.module.text)) return;
    for (const convert of program.calls) {
      if (convert.api?.name !== `${CONVERTER}.convert` || convert.receiver === undefined) continue;
      const converter = program.origin(convert.receiver);
      if (converter === undefined || setsOptimizations(program, { converter, convert })) continue;
      yield report({ converter, convert });
    }
  },

  effect(): WorkloadChange {
    return {
      before: { kind: 'vision', unit: 'item', format: 'fp32', device: 'cpu' },
      after: { format: 'int8' },
      alsoSaves: ['memory', 'latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = quantiseEdits(program, state.converter, state.convert);
    if (edits === undefined) return [];
    return [
      {
        title: 'Quantise the weights while converting',
        safety: 'suggestion',
        edits,
        reason:
          'Weights become 8-bit: check the accuracy on your own data; full integer models also need a representative data set.',
      },
    ];
  },
});

/** `converter.optimizations = […]` where it is made or where it converts, under whatever name the converter has there. */
function setsOptimizations(program: Program, { converter, convert }: State): boolean {
  return [converter, convert].some(({ place }) => {
    const scope = place.function?.bodySpan;
    const text = scope ? program.text(scope) : program.module.text;
    return /\.(optimizations|target_spec\.supported_types|quantized_input_stats)\b/.test(text);
  });
}

function report(state: State): Hit<State> {
  return {
    span: state.converter.node,
    severity: 'warning',
    message: {
      what: 'The model is converted for devices with 32-bit weights.',
      why: 'Without `optimizations` the converter keeps float32: four times the bytes of 8-bit weights, on processors that compute 8-bit integers faster.',
      advice: 'Set `converter.optimizations = [tf.lite.Optimize.DEFAULT]` before `convert()`.',
    },
    related: [{ span: state.convert.node, message: 'converted here' }],
    state,
  };
}
