import type { Call, Program } from '../../src/core/semantics/program.ts';
import { type Device, deviceOf, movedTo } from '../shared/devices.ts';
import { holdersOf } from '../shared/modelRuns.ts';

/** A call that loads transformers weights, and what is done with the result. */
export interface Candidate {
  readonly call: Call;
  readonly kind: 'model' | 'pipeline';
  readonly methods: readonly Call[];
  readonly device: Device | undefined;
}

const FORMAT_PARAMETERS = ['dtype', 'torch_dtype', 'quantization_config', 'gguf_file', 'load_in_8bit', 'load_in_4bit'];
/** Calls of this file that load weights without saying in which format. */
export function* candidates(program: Program): Iterable<Candidate> {
  for (const call of program.calls) {
    const kind = kindOf(program, call);
    if (kind === undefined || namesFormat(call) || call.node.args.length === 0) continue;
    const methods = program.methodCalls(call);
    const served = kind === 'model' ? holdersOf(program, call) : [];
    yield {
      call,
      kind,
      methods,
      device:
        deviceFor(program, call, methods) ??
        served.map((pipeline) => argumentDevice(program, pipeline)).find((device) => device !== undefined),
    };
  }
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

function deviceFor(program: Program, call: Call, methods: readonly Call[]): Device | undefined {
  return argumentDevice(program, call) ?? movedTo(program, methods);
}

function argumentDevice(program: Program, call: Call): Device | undefined {
  for (const parameter of ['device', 'device_map']) {
    const argument = call.argument(parameter);
    if (argument.kind === 'unknown') return 'unknown';
    if (argument.kind === 'known' && program.text(argument.value) !== 'None') return deviceOf(program, argument.value);
  }
  return undefined;
}
