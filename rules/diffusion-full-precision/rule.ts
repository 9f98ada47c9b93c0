import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { replaceArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { valuesWithCallers } from '../shared/callerValues.ts';
import { deviceOf, hidesAccelerators, movedTo } from '../shared/devices.ts';
import {
  computesInOtherFormat,
  formatArgumentEdits,
  type HalfFormat,
  halfFormat,
  isConvertedLater,
  torchFormatName,
} from '../shared/halfPrecision.ts';
import { namedModel } from '../shared/namedModels.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { largestScale, type Scale, severityFor } from '../shared/scale.ts';
import { isConverted, isTrained } from '../shared/training.ts';

interface State {
  readonly call: Call;
  readonly format: HalfFormat;
  readonly modelId: string | undefined;
  readonly scale: Scale;
}

const FORMAT_PARAMETERS = ['torch_dtype', 'dtype'];
/** Parts that bring a format of their own when they are passed in. */
const COMPONENTS = [
  'unet',
  'transformer',
  'vae',
  'text_encoder',
  'text_encoder_2',
  'controlnet',
  'prior',
  'motion_adapter',
  'image_encoder',
  'quantization_config',
];
/** Families that were trained in bfloat16 or lose range in float16 (Flux, SD 3, SDXL's VAE). */
const PREFERS_BF16 =
  /flux|stable-diffusion-3|sd3|sdxl|xl-base|pixart|sana|hunyuan|cogvideo|wan2|mochi|ltx|auraflow|lumina/i;

export default defineRule<State>({
  meta: {
    id: 'diffusion-full-precision',
    title: 'Diffusion pipeline in float32 on an accelerator',
    category: 'full-precision',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['diffusers-fp32'],
    libraries: ['diffusers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || hidesAccelerators(program) || computesInOtherFormat(program)) return;
    for (const call of program.calls) {
      const hit = judge(program, call);
      if (hit) yield hit;
    }
  },

  effect({ state }): WorkloadChange {
    return {
      before: {
        kind: 'diffusion',
        unit: state.scale.kind === 'items' ? 'item' : 'request',
        engine: 'diffusers',
        format: 'fp32',
        device: 'gpu',
        ...(state.modelId === undefined ? {} : { model: { id: state.modelId } }),
      },
      after: { format: state.format },
      alsoSaves: ['memory', 'latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = formatEdits(program, state);
    if (edits === undefined) return [];
    return [
      {
        title: `Load in ${torchFormatName(state.format)}`,
        safety: 'suggestion',
        edits,
        reason:
          'Images differ in fine detail from those of float32; SDXL in float16 also needs the VAE madebyollin/sdxl-vae-fp16-fix.',
      },
    ];
  },
});

function judge(program: Program, call: Call): Hit<State> | undefined {
  if (call.api?.returns !== 'diffusers.DiffusionPipeline' || !call.api.roles.includes('model-load')) return undefined;
  if (!isFloat32(program, call) || COMPONENTS.some((name) => call.argument(name).kind !== 'absent')) return undefined;
  const methods = program.methodCalls(call);
  const device = deviceFor(program, call, methods);
  if (device === undefined || device === 'cpu') return undefined;
  if (isConvertedLater(program, call, methods) || isConverted(program, methods) || isTrained(program, call, methods))
    return undefined;
  const scale = largestScale(
    program,
    methods.filter((method) => method.api?.roles.includes('generate')),
  );
  const model = namedModel(program, call);
  const format = formatFor(program, model?.id);
  if (scale === undefined || format === undefined) return undefined;
  return report(program, { call, format, modelId: model?.id, scale }, device === 'unknown');
}

/** The format is not given, or is float32 wherever the text says. */
function isFloat32(program: Program, call: Call): boolean {
  return FORMAT_PARAMETERS.every((parameter) => {
    const argument = call.argument(parameter);
    if (argument.kind !== 'known') return argument.kind === 'absent';
    const values = valuesWithCallers(program, argument.value);
    return values.every(
      (value) =>
        (value.kind === 'constant' && value.value === null) ||
        (value.kind === 'symbol' && /^torch\.float(32)?$/.test(value.name)),
    );
  });
}

/** A pipeline that is moved somewhere is moved to an accelerator, unless the text says otherwise: nobody moves to where it is. */
function deviceFor(program: Program, call: Call, methods: readonly Call[]): string | undefined {
  const map = call.argument('device_map');
  return map.kind === 'known' ? deviceOf(program, map.value) : movedTo(program, methods);
}

function formatFor(program: Program, modelId: string | undefined): HalfFormat | undefined {
  const { hardware } = program.environment;
  const format = halfFormat(hardware, undefined);
  if (format !== 'bf16' || !hardware.fastFormats.includes('fp16')) return format;
  return modelId !== undefined && PREFERS_BF16.test(modelId) ? 'bf16' : 'fp16';
}

function report(program: Program, state: State, isDeviceOpen: boolean): Hit<State> {
  const name = state.modelId === undefined ? 'The pipeline' : `\`${state.modelId}\``;
  const severity = isDeviceOpen ? 'information' : severityFor(state.scale);
  return {
    span: state.call.node,
    severity,
    message: {
      what: `${name} runs in float32.`,
      why: 'diffusers loads float32 unless a dtype is given, and each of the denoising steps then moves twice the bytes past idle half-precision units.',
      advice: `Load it in ${torchFormatName(state.format)}, which ${program.environment.hardware.name} computes faster.`,
      ...(severity === 'warning' ? {} : { condition: 'The saving depends on how many images are made.' }),
    },
    related: relatedScale(state.scale),
    state,
  };
}

/** Replaces an explicit float32, else appends the argument in the spelling that every diffusers accepts. */
function formatEdits(program: Program, { call, format }: State): Fix['edits'] | undefined {
  const given = call.node.args.find(
    (argument) => argument.name !== undefined && FORMAT_PARAMETERS.includes(argument.name),
  );
  if (given === undefined) return formatArgumentEdits(program, call, 'torch_dtype', format);
  const torch = importEdit(program.module, { module: 'torch', at: call.node.start });
  if (torch === undefined) return undefined;
  return [...torch.edits, replaceArgument(given, torchFormatName(format).replace('torch', torch.local))];
}
