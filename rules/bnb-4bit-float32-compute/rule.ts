import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument, replaceArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { hidesAccelerators } from '../shared/devices.ts';
import { type HalfFormat, halfFormat, torchFormatName } from '../shared/halfPrecision.ts';
import { runsOf } from '../shared/modelRuns.ts';
import { isQuantisedId, namedModel } from '../shared/namedModels.ts';
import { largestScale, severityFor } from '../shared/scale.ts';
import { fileTrains } from '../shared/training.ts';
import { transformersVersion } from '../shared/transformersVersion.ts';
import { isAtLeast } from '../shared/versions.ts';

interface State {
  readonly call: Call;
  readonly format: HalfFormat;
  /** Argument whose misspelt key the constructor swallows. */
  readonly misspelt: Argument | undefined;
  /** Argument that asks for float32. */
  readonly float32: Argument | undefined;
}

const PARAMETER = 'bnb_4bit_compute_dtype';
/** Keys seen in public code that `BitsAndBytesConfig` reports as unused and drops (transformers, utils/quantization_config.py). */
const MISSPELT = new Set([
  'bnb_4bit_compute_type',
  'bnb_4bit_compute_dtype_',
  'bnb_8bit_compute_dtype',
  'bnb_4bit_computer_dtype',
  'bnb_compute_dtype',
  '4bit_compute_dtype',
]);

export default defineRule<State>({
  meta: {
    id: 'bnb-4bit-float32-compute',
    title: '4-bit model that still computes in float32',
    category: 'full-precision',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['bnb-4bit-float32-compute'],
    libraries: ['transformers', 'diffusers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || hidesAccelerators(program)) return;
    const format = halfFormat(program.environment.hardware, undefined);
    if (format === undefined || program.environment.hardware.kind !== 'gpu') return;
    for (const call of program.calls) {
      if (!isFourBit(program, call) || isAssignedLater(program, call)) continue;
      const float32 = call.node.args.find((argument) => argument.name === PARAMETER && isFloat32(program, argument));
      if (float32 === undefined && call.argument(PARAMETER).kind !== 'absent') continue;
      const misspelt = call.node.args.find((argument) => argument.name !== undefined && MISSPELT.has(argument.name));
      yield report(program, { call, format, misspelt, float32 });
    }
  },

  effect({ state }, program): WorkloadChange {
    const isTraining = state.call.place.phase === 'training';
    return {
      before: {
        kind: isTraining ? 'train' : 'generate',
        unit: isTraining ? 'run' : 'request',
        engine: 'hf',
        format: 'fp32',
        quantMethod: 'nf4',
        device: program.environment.hardware.kind === 'cpu' ? 'cpu' : 'gpu',
      },
      after: { format: state.format },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = fixEdits(program, state);
    if (edits === undefined) return [];
    return [
      {
        title: state.misspelt ? `Spell the key ${PARAMETER}` : `Compute in ${torchFormatName(state.format)}`,
        safety: 'suggestion',
        edits,
        reason: 'Results change in the third digit; the device must support the format.',
      },
    ];
  },
});

function isFourBit(program: Program, call: Call): boolean {
  const isConfig = call.name !== undefined && /^(transformers|diffusers)\.BitsAndBytesConfig$/.test(call.name);
  if (!isConfig && !isFlaggedLoad(program, call)) return false;
  const flag = call.constantArgument('load_in_4bit');
  return flag.kind === 'known' && flag.value === true;
}

/** `from_pretrained(…, load_in_4bit=True)`: transformers 4 makes the configuration of it, 5 raises. */
function isFlaggedLoad(program: Program, call: Call): boolean {
  const { api } = call;
  if (api?.returns !== 'transformers.PreTrainedModel' || !api.name.startsWith('transformers.')) return false;
  if (isAtLeast(transformersVersion(program), '5') === 'yes') return false;
  const id = namedModel(program, call)?.id;
  // Weights that are stored in 4 bits bring a configuration of their own.
  return call.argument('quantization_config').kind === 'absent' && (id === undefined || !isQuantisedId(id));
}

function isFloat32(program: Program, argument: Argument): boolean {
  return program
    .values(argument.value)
    .every(
      (value) =>
        (value.kind === 'symbol' && /^torch\.float(32)?$/.test(value.name)) ||
        (value.kind === 'constant' && (value.value === 'float32' || value.value === null)),
    );
}

/** `config.bnb_4bit_compute_dtype = …` after the constructor. */
function isAssignedLater(program: Program, call: Call): boolean {
  return program.module.text.slice(call.node.end).includes(`.${PARAMETER}`);
}

function report(program: Program, state: State): Hit<State> {
  const { misspelt, float32 } = state;
  const cause = misspelt
    ? `\`${misspelt.name}\` is not a parameter and is ignored`
    : float32
      ? 'the compute format is set to float32'
      : 'no compute format is given';
  return {
    span: misspelt ?? float32 ?? state.call.node,
    severity: isProved(program, state.call) ? 'warning' : 'information',
    message: {
      what: `The weights are 4-bit but every matrix product runs in float32: ${cause}.`,
      why: 'BitsAndBytesConfig sets bnb_4bit_compute_dtype to torch.float32 when it is not given, and float32 products leave the tensor cores idle.',
      ...(isProved(program, state.call) ? {} : { condition: 'The saving depends on how much the model is used.' }),
      advice: `${misspelt ? `Write ${PARAMETER}` : `Set ${PARAMETER}`}=${torchFormatName(state.format)} for ${program.environment.hardware.name}.`,
    },
    related: [],
    state,
  };
}

/** The model is trained here, or runs for requests or many items. */
function isProved(program: Program, config: Call): boolean {
  if (fileTrains(program)) return true;
  const loads = isLoad(config)
    ? [config]
    : program.uses(config).flatMap(({ call }) => (call?.api?.roles.includes('model-load') ? [call] : []));
  const scale = largestScale(
    program,
    loads.flatMap((load) => runsOf(program, load)),
  );
  return scale !== undefined && severityFor(scale) === 'warning';
}

function isLoad({ api }: Call): boolean {
  return api?.roles.includes('model-load') === true;
}

function fixEdits(program: Program, { call, format, misspelt, float32 }: State): readonly Edit[] | undefined {
  if (misspelt)
    return [{ span: { start: misspelt.start, end: misspelt.start + (misspelt.name?.length ?? 0) }, text: PARAMETER }];
  const torch = importEdit(program.module, { module: 'torch', at: call.node.start });
  if (torch === undefined) return undefined;
  const value = torchFormatName(format).replace('torch', torch.local);
  if (float32) return [...torch.edits, replaceArgument(float32, value)];
  if (!isLoad(call))
    return [...torch.edits, ...insertArgument(call.node, `${PARAMETER}=${value}`, program.module.text)];
  const flag = call.node.args.find(({ name }) => name === 'load_in_4bit');
  const others = call.node.args.some(({ name }) => /^(bnb_|llm_int8_|load_in_8bit)/.test(name ?? ''));
  const config = importEdit(program.module, {
    module: 'transformers',
    name: 'BitsAndBytesConfig',
    at: call.node.start,
  });
  if (!flag || others || !config) return undefined;
  const text = `quantization_config=${config.local}(load_in_4bit=True, ${PARAMETER}=${value})`;
  return [...torch.edits, ...config.edits, { span: { start: flag.start, end: flag.end }, text }];
}
