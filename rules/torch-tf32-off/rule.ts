import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { ImportStatement } from '../../src/core/ir/statement.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isFirstOnLine, lineBreakOf, nextLineStart } from '../../src/core/text/layout.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { hidesAccelerators } from '../shared/devices.ts';
import { takesSecondGradient } from '../shared/secondGradient.ts';
import { type TrainedModel, trainedModel } from '../shared/trainedModel.ts';

interface State {
  readonly call: Call;
  readonly model: TrainedModel;
}

/** TensorFloat-32 is on, another format computes, or the digits matter. */
const DECIDED =
  /set_float32_matmul_precision|allow_tf32|fp32_precision|\btf32\b|TF32|autocast|GradScaler|mixed_precision|bf16|fp16|float16|\.half\(|float64|\.double\(|gradcheck|default_matmul_precision/;

export default defineRule<State>({
  meta: {
    id: 'torch-tf32-off',
    title: 'Second-order training in float32 without TensorFloat-32',
    category: 'full-precision',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['torch-no-tf32'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    const { hardware } = program.environment;
    const code = codeText(program);
    if (program.isTestOrBenchmark || hidesAccelerators(program) || DECIDED.test(code)) return;
    if (hardware.kind !== 'gpu' || !hardware.fastFormats.includes('tf32') || !/\.cuda\(|["']cuda/.test(code)) return;
    const model = trainedModel(program);
    if (model?.id === undefined || model.seesPictures) return;
    const penalty = program.calls.find((call) => takesSecondGradient(call, program));
    if (penalty) yield report(program, { call: penalty, model });
  },

  effect({ state: { model } }): WorkloadChange {
    return {
      before: {
        kind: 'train',
        unit: 'run',
        engine: 'torch',
        format: 'fp32',
        ...(model.id === undefined ? {} : { model: { id: model.id } }),
      },
      after: { format: 'tf32' },
      alsoSaves: ['latency'],
    };
  },

  fixes(_hit, program): readonly Fix[] {
    const { text, body } = program.module;
    const statement = body.find(
      (node): node is ImportStatement => node.kind === 'import' && node.module === 'torch' && !node.isFrom,
    );
    const local = statement?.names[0]?.local;
    if (statement === undefined || local === undefined || !isFirstOnLine(text, statement.start)) return [];
    const at = nextLineStart(text, statement.end);
    return [
      {
        title: 'Allow TensorFloat-32',
        safety: 'suggestion',
        edits: [
          { span: { start: at, end: at }, text: `${local}.set_float32_matmul_precision("high")${lineBreakOf(text)}` },
        ],
        reason: 'Products are rounded to 10 bits of mantissa: compare the loss of a short run once.',
      },
    ];
  },
});

function report(program: Program, state: State): Hit<State> {
  return {
    span: { start: state.call.node.start, end: state.call.node.callee.end },
    severity: 'hint',
    message: {
      what: 'Matrix products of this training run in full float32.',
      why: `The gradient of a gradient is hard to scale for float16, so mixed precision is out; ${program.environment.hardware.name} multiplies in TensorFloat-32 several times as fast as in float32, which is off by default.`,
      advice: 'Call `torch.set_float32_matmul_precision("high")` once.',
      condition: 'It helps matrix products; convolutions use TensorFloat-32 already.',
    },
    related: [],
    state,
  };
}
