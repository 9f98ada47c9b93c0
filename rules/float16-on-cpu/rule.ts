import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { replaceArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { type Device, hidesAccelerators, loadDevice, mayNameCpu, methodName } from '../shared/devices.ts';
import { isTorchFormat } from '../shared/halfPrecision.ts';
import { scaleOfModel } from '../shared/modelRuns.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, severityFor } from '../shared/scale.ts';
import { isConverted } from '../shared/training.ts';

interface State {
  readonly load: Call;
  /** `dtype=torch.float16`; absent where `.half()` converts. */
  readonly format: Argument | undefined;
  readonly half: Call | undefined;
  readonly device: Device;
  readonly scale: Scale;
}

const LOADED =
  /^(transformers\.(PreTrainedModel|Pipeline)|diffusers\.DiffusionPipeline|torch\.nn\.Module|sentence_transformers\.\w+)$/;

export default defineRule<State>({
  meta: {
    id: 'float16-on-cpu',
    title: 'Model runs in float16 on the CPU',
    category: 'full-precision',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['cpu-float16-inference'],
    libraries: ['transformers', 'diffusers', 'torch', 'sentence_transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const load of program.calls) {
      const state = judge(program, load);
      if (state) yield report(state);
    }
  },

  fixes({ state: { load, format, device } }, program): readonly Fix[] {
    const torch = importEdit(program.module, { module: 'torch', at: load.node.start });
    // On a Mac the other device may be MPS, which computes float16 well.
    if (format === undefined || torch === undefined || /\bmps\b/.test(program.module.text)) return [];
    const value =
      device === 'cpu'
        ? `${torch.local}.float32`
        : `${torch.local}.float16 if ${torch.local}.cuda.is_available() else ${torch.local}.float32`;
    return [
      {
        title: device === 'cpu' ? 'Load in float32' : 'Load in float32 where there is no GPU',
        safety: 'suggestion',
        edits: [...torch.edits, replaceArgument(format, value)],
        reason: 'The weights take twice the memory on the CPU, and results change in the third digit.',
      },
    ];
  },
});

function judge(program: Program, load: Call): State | undefined {
  if (!load.api?.roles.includes('model-load') || !LOADED.test(load.api.returns ?? '')) return undefined;
  const methods = program.methodCalls(load);
  const format = load.node.args.find(
    ({ name, value }) => (name === 'dtype' || name === 'torch_dtype') && isTorchFormat(program, value, 'float16'),
  );
  const half = methods.find((method) => methodName(method) === 'half' && method.node.args.length === 0);
  if ((format === undefined && half === undefined) || isWidened(methods) || isConverted(program, methods))
    return undefined;
  const device = hidesAccelerators(program) ? 'cpu' : loadDevice(program, load, methods);
  if (device === 'either' && (!namesCpu(program, load, methods) || endsWithoutGpu(program))) return undefined;
  const isConditionalHalf = half !== undefined && format === undefined && device !== 'cpu';
  if ((device !== 'cpu' && device !== 'either') || isConditionalHalf) return undefined;
  const scale = scaleOfModel(program, load);
  return scale && scale.kind !== 'once' ? { load, format, half, device, scale } : undefined;
}

/** The load, or a method that moves the model, says that it can be the CPU. */
function namesCpu(program: Program, load: Call, methods: readonly Call[]): boolean {
  const named = ['device', 'device_map'].map((parameter) => load.argument(parameter));
  const moved = methods.filter((method) => methodName(method) === 'to').map((method) => method.argument('device'));
  return [...named, ...moved].some((argument) => argument.kind === 'known' && mayNameCpu(program, argument.value));
}

/** `if device == "cpu": raise …`, `assert torch.cuda.is_available()`: the program does not go on without a GPU. */
function endsWithoutGpu({ module: { text } }: Program): boolean {
  return (
    /\bif\s+[^\n]*(==\s*["']cpu["']|not\s+torch\.cuda\.is_available\(\))[^\n]*:\s*\n?\s*(print\([^\n]*\n\s*)?(raise\b|sys\.exit\(|exit\()/.test(
      text,
    ) || /\bassert\s+torch\.cuda\.is_available\(\)/.test(text)
  );
}

/** float16 only for storage: another method widens it before it computes. */
function isWidened(methods: readonly Call[]): boolean {
  return methods.some((method) => /^(float|bfloat16|double)$/.test(methodName(method) ?? ''));
}

function report(state: State): Hit<State> {
  const { load, format, half, device, scale } = state;
  const isSure = device === 'cpu';
  const severity = isSure ? severityFor(scale) : 'hint';
  return {
    span: format ?? half?.node ?? load.node,
    severity,
    message: {
      what: isSure
        ? 'The model runs in float16 on the CPU.'
        : 'Where there is no GPU the model runs in float16 on the CPU.',
      why: 'Nearly all processors widen every float16 number to float32 before they compute, which took 4.4 times as long as float32 itself.',
      advice: 'Use float32 on the CPU, or bfloat16 where the processor has AMX or AVX512-BF16.',
      ...(severity === 'warning'
        ? {}
        : {
            condition: isSure
              ? 'The saving depends on how often this code runs.'
              : 'It matters only where this runs without a GPU.',
          }),
    },
    related: isSure ? relatedScale(scale) : [],
    state,
  };
}
