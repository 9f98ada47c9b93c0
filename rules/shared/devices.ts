import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** What the text proves of the device that an expression names. `either`: a GPU where there is one. */
export type Device = 'cpu' | 'accelerator' | 'either' | 'unknown';

/** Device named by an expression: `"cuda:0"`, `torch.device("cuda" if … else "cpu")`, `0`, `device_map`'s `"auto"`. */
export function deviceOf(program: Program, expression: Expression): Device {
  const devices = new Set(
    program.values(expression).map((value) => {
      if (value.kind === 'constant') return deviceOfConstant(value.value);
      if (value.kind === 'instance' && value.type === 'torch.device' && value.call) {
        const named = program.callOf(value.call)?.argument('type');
        return named?.kind === 'known' ? deviceOf(program, named.value) : 'unknown';
      }
      if (value.kind === 'instance' && /^accelerate\.Accelerator/.test(value.type)) return 'either';
      return value.kind === 'symbol' && value.name === 'accelerate.Accelerator.device' ? 'either' : 'unknown';
    }),
  );
  if (devices.has('accelerator') || devices.has('either'))
    return devices.size === 1 && devices.has('accelerator') ? 'accelerator' : eitherOn(program);
  return devices.size === 1 && devices.has('cpu') ? 'cpu' : 'unknown';
}

/** `cuda` where there is one: the project's files may say whether there is. */
function eitherOn({ environment: { machine } }: Program): Device {
  if (machine === undefined) return 'either';
  return machine.kind === 'gpu' ? 'accelerator' : 'cpu';
}

function deviceOfConstant(value: string | number | boolean | null): Device {
  if (typeof value === 'number') return value < 0 ? 'cpu' : 'accelerator';
  if (typeof value !== 'string') return 'unknown';
  if (value === 'cpu' || value === 'disk' || value === 'meta') return 'cpu';
  return /^(cuda|mps|xpu|hip|npu|gpu|auto|balanced|sequential)/.test(value) ? 'accelerator' : 'unknown';
}

/** Device to which the methods of a loaded model move it: `.to(…)`, `.cuda()`, `.enable_model_cpu_offload()`. */
export function movedTo(program: Program, methods: readonly Call[]): Device | undefined {
  const moves = methods.flatMap((method) => {
    const name = methodName(method);
    if (name === 'cpu') return ['cpu' as const];
    if (name === 'cuda' || name === 'enable_model_cpu_offload' || name === 'enable_sequential_cpu_offload')
      return ['accelerator' as const];
    if (name !== 'to') return [];
    const device = method.argument('device');
    return device.kind === 'known' ? [deviceOf(program, device.value)] : [];
  });
  const strongest = moves.find((device) => device === 'accelerator') ?? moves.find((device) => device === 'either');
  return strongest ?? moves.at(-1);
}

/** Device of a loaded model: named by the load, else by the methods that move it. */
export function loadDevice(program: Program, call: Call, methods: readonly Call[]): Device | undefined {
  return argumentDevice(program, call) ?? movedTo(program, methods);
}

/** Device that the arguments of a load name. */
export function argumentDevice(program: Program, call: Call): Device | undefined {
  for (const parameter of ['device', 'device_map']) {
    const argument = call.argument(parameter);
    if (argument.kind === 'unknown') return 'unknown';
    if (argument.kind === 'known' && program.text(argument.value) !== 'None') return deviceOf(program, argument.value);
  }
  return undefined;
}

/** True when the accelerator that a loaded model is given is one of Apple's: `"mps"`, and CUDA nowhere. */
export function isOnAppleGpu(program: Program, call: Call, methods: readonly Call[]): boolean {
  if (methods.some((method) => methodName(method) === 'cuda')) return false;
  const moves = methods.filter((method) => methodName(method) === 'to').map((method) => method.argument('device'));
  const named = [call.argument('device'), call.argument('device_map'), ...moves].flatMap((argument) =>
    argument.kind === 'known' ? namedDevices(program, argument.value) : [],
  );
  return named.some((device) => device.startsWith('mps')) && !named.some((device) => device.startsWith('cuda'));
}

function namedDevices(program: Program, expression: Expression): readonly string[] {
  return program.values(expression).flatMap((value) => {
    if (value.kind === 'constant') return typeof value.value === 'string' ? [value.value] : [];
    if (value.kind !== 'instance' || value.type !== 'torch.device' || !value.call) return [];
    const named = program.callOf(value.call)?.argument('type');
    return named?.kind === 'known' ? namedDevices(program, named.value) : [];
  });
}

/** True when one of the things that an expression can be is the CPU: `"cuda" if … else "cpu"`, not a name that is `"cuda"` by default. */
export function mayNameCpu(program: Program, expression: Expression): boolean {
  return program.values(expression).some((value) => {
    if (value.kind === 'constant') return deviceOfConstant(value.value) === 'cpu';
    if (value.kind !== 'instance' || value.type !== 'torch.device' || !value.call) return false;
    const named = program.callOf(value.call)?.argument('type');
    return named?.kind === 'known' && mayNameCpu(program, named.value);
  });
}

/** Name of a method call's attribute, whether or not its receiver's type is known. */
export function methodName(call: Call): string | undefined {
  const { callee } = call.node;
  return callee.kind === 'attribute' ? callee.name : undefined;
}

/** True when the file hides every accelerator from its libraries, or the project's files prove a machine without one. */
export function hidesAccelerators(program: Program): boolean {
  if (program.environment.machine?.kind === 'cpu') return true;
  return /CUDA_VISIBLE_DEVICES["'\]]*\s*[=,:]\s*["'](-1)?["']/.test(program.module.text);
}
