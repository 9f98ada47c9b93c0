import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isConditional } from '../shared/conditional.ts';
import { argumentDevice, type Device, isOnAppleGpu, loadDevice } from '../shared/devices.ts';
import { isTorchFormat } from '../shared/halfPrecision.ts';
import { holdersOf } from '../shared/modelRuns.ts';
import { transformersVersion } from '../shared/transformersVersion.ts';
import { isAtLeast } from '../shared/versions.ts';

/** A call that loads transformers weights, and what is done with the result. */
export interface Candidate {
  readonly call: Call;
  readonly kind: 'model' | 'pipeline';
  readonly methods: readonly Call[];
  readonly device: Device | undefined;
  readonly isOnAppleGpu: boolean;
  /** The value that asks for float32; absent where the library's default decides. */
  readonly float32?: Expression;
  /** `model.float()` or `model.to(torch.float32)` of a model that is loaded in 16 bits, or in the format of its file. */
  readonly upcast?: Call;
}

const FORMAT_PARAMETERS = ['dtype', 'torch_dtype', 'quantization_config', 'gguf_file', 'load_in_8bit', 'load_in_4bit'];
/** Calls of this file that load weights without saying in which format, or in float32. */
export function* candidates(program: Program): Iterable<Candidate> {
  for (const call of program.calls) {
    const kind = kindOf(program, call);
    if (kind === undefined || call.node.args.length === 0) continue;
    const float32 = explicitFloat32(program, call);
    const methods = program.methodCalls(call);
    const upcast =
      namesHalf(program, call) || keepsStoredFormat(program, call, kind)
        ? methods.find((method) => isUpcast(program, method))
        : undefined;
    if (float32 === undefined && upcast === undefined && namesFormat(call)) continue;
    const served = kind === 'model' ? holdersOf(program, call) : [];
    yield {
      call,
      kind,
      methods,
      ...(float32 === undefined ? {} : { float32 }),
      ...(upcast === undefined ? {} : { upcast }),
      isOnAppleGpu: isOnAppleGpu(program, call, methods),
      device:
        loadDevice(program, call, methods) ??
        served.map((pipeline) => argumentDevice(program, pipeline)).find((device) => device !== undefined),
    };
  }
}

/** `model.float()` or `model.to(torch.float32)`, not only where there is no accelerator. */
function isUpcast(program: Program, { node }: Call): boolean {
  const { callee, args } = node;
  if (callee.kind !== 'attribute') return false;
  const isFloat = callee.name === 'float' && args.length === 0;
  const isTo = callee.name === 'to' && args.some(({ value }) => isTorchFormat(program, value, 'float32'));
  return (isFloat || isTo) && !isConditional(program, node, { start: 0, end: program.module.text.length });
}

/** Nothing says a format, and the library may take that of the file: from transformers 5 on. */
function keepsStoredFormat(program: Program, call: Call, kind: Candidate['kind']): boolean {
  if (kind !== 'model' || namesFormat(call)) return false;
  return isAtLeast(transformersVersion(program), '5') !== 'no';
}

function kindOf(program: Program, call: Call): Candidate['kind'] | undefined {
  if (call.api?.name === 'transformers.pipeline') {
    const model = call.argument('model');
    const isString =
      model.kind === 'known' &&
      program.values(model.value).some((value) => value.kind === 'constant' && typeof value.value === 'string');
    const framework = call.constantArgument('framework');
    return isString && !(framework.kind === 'known' && framework.value === 'tf') ? 'pipeline' : undefined;
  }
  const loads = call.api?.roles.includes('model-load') === true && call.api.returns === 'transformers.PreTrainedModel';
  return loads && call.api?.name.startsWith('transformers.') ? 'model' : undefined;
}

/** `torch_dtype=torch.float32`, where nothing else of the call says a format. */
function explicitFloat32(program: Program, call: Call): Expression | undefined {
  const said = FORMAT_PARAMETERS.filter((parameter) => saysSomething(call, parameter));
  const [parameter] = said;
  if (said.length !== 1 || (parameter !== 'dtype' && parameter !== 'torch_dtype')) return undefined;
  const argument = call.argument(parameter);
  return argument.kind === 'known' && isTorchFormat(program, argument.value, 'float32') ? argument.value : undefined;
}

/** `torch_dtype=torch.float16`, and nothing else of the call that says a format. */
export function namesHalf(program: Program, call: Call): boolean {
  const said = FORMAT_PARAMETERS.filter((parameter) => saysSomething(call, parameter));
  const argument = said.length === 1 && said[0] !== undefined ? call.argument(said[0]) : undefined;
  if (argument?.kind !== 'known') return false;
  return isTorchFormat(program, argument.value, 'float16') || isTorchFormat(program, argument.value, 'bfloat16');
}

/** True when an argument decides the format, or may: an unreadable `**` spread, a value that varies. */
function namesFormat(call: Call): boolean {
  return FORMAT_PARAMETERS.some(
    (parameter) => saysSomething(call, parameter) || saysSomething(call, `model_kwargs.${parameter}`),
  );
}

function saysSomething(call: Call, parameter: string): boolean {
  const argument = call.argument(parameter);
  if (argument.kind === 'absent') return false;
  const constant = call.constantArgument(parameter);
  return !(constant.kind === 'known' && (constant.value === null || constant.value === false));
}
