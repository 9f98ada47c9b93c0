import type { Argument, Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { isTorchFormat } from '../shared/halfPrecision.ts';
import { fileTrains } from '../shared/training.ts';

/** What makes a network compute in float64. */
export interface DoubleSwitch {
  readonly span: Span;
  /** The file trains a network. */
  readonly trains: boolean;
  /** Argument that says float64, and what to write instead. */
  readonly argument?: Argument;
  readonly replacement?: string;
}

const DOUBLE_TENSOR = /^torch\.(cuda\.)?DoubleTensor$/;
const TRAINS_IN_JAX = /\b(flax|optax|haiku|equinox)\b/;

/** `undefined` for calls that only widen a number, such as a metric. */
export function doubleSwitch(program: Program, call: Call): DoubleSwitch | undefined {
  const trains = fileTrains(program);
  const [first, second] = call.node.args;
  switch (call.name) {
    case 'torch.set_default_dtype':
      return first && usesNetwork(program) && isTorchFormat(program, first.value, 'float64')
        ? { span: call.node, trains, ...inFloat32(program, first) }
        : undefined;
    case 'torch.set_default_tensor_type':
      return first && usesNetwork(program) && isDoubleTensor(program, first) ? { span: call.node, trains } : undefined;
    case 'jax.config.update':
      return first &&
        second &&
        TRAINS_IN_JAX.test(program.module.text) &&
        isText(program, first, 'jax_enable_x64') &&
        isOn(program, second)
        ? { span: call.node, trains: true }
        : undefined;
    case 'keras.backend.set_floatx':
    case 'keras.config.set_floatx':
    case 'tensorflow.keras.backend.set_floatx':
      return first && isText(program, first, 'float64')
        ? {
            span: call.node,
            trains: program.calls.some(({ api }) => api?.name === 'keras.Model.fit'),
            argument: first,
            replacement: '"float32"',
          }
        : undefined;
    default:
      return lightningPrecision(program, call) ?? convertedModule(program, call, trains);
  }
}

function lightningPrecision(program: Program, call: Call): DoubleSwitch | undefined {
  if (!/^(pytorch_lightning|lightning(\.pytorch)?)\.Trainer$/.test(call.name ?? '')) return undefined;
  const argument = call.node.args.find(({ name }) => name === 'precision');
  const value = argument && program.constant(argument.value);
  if (value?.kind !== 'known' || !/^(64|64-true|double)$/.test(String(value.value))) return undefined;
  return { span: argument ?? call.node, trains: true, ...(argument ? { argument, replacement: '"32-true"' } : {}) };
}

/** `net.double()` or `net.to(torch.float64)` where `net` is known to be a network of the file or of a library. */
function convertedModule(program: Program, call: Call, trains: boolean): DoubleSwitch | undefined {
  const { callee, args } = call.node;
  if (callee.kind !== 'attribute' || call.receiver === undefined || !isNetwork(program, call, call.receiver))
    return undefined;
  const span = { start: callee.nameSpan.start, end: call.node.end };
  if (callee.name === 'double') return args.length === 0 ? { span, trains } : undefined;
  if (callee.name !== 'to') return undefined;
  const argument = args.find(({ value }) => isTorchFormat(program, value, 'float64'));
  if (argument === undefined) return undefined;
  return { span, trains, ...inFloat32(program, argument) };
}

function isNetwork(program: Program, call: Call, receiver: Expression): boolean {
  if (call.name === 'torch.nn.Module.double' || call.name === 'torch.nn.Module.to') return true;
  return program.values(receiver).some((value) => {
    if (value.kind === 'object' || value.kind === 'externalObject')
      return program
        .libraryBases(value.kind === 'object' ? value.definition : value)
        .some((base) => /(^|\.)(nn\.Module|LightningModule)$/.test(base));
    return value.kind === 'instance' && /^(torch\.nn\.Module|transformers\.PreTrainedModel)$/.test(value.type);
  });
}

/** What to write in place of the format; nothing where it comes from a variable. */
function inFloat32(program: Program, argument: Argument): Pick<DoubleSwitch, 'argument' | 'replacement'> {
  const text = program.text(argument.value);
  const replacement = text.replace(/(float64|double)$/, 'float32');
  return replacement === text ? {} : { argument, replacement };
}

/** A default type counts only in a file that builds or trains a network: numerical code needs the digits. */
function usesNetwork(program: Program): boolean {
  return program.calls.some(
    ({ name, api }) => name?.startsWith('torch.nn.') === true || api?.roles.includes('optimizer') === true,
  );
}

function isDoubleTensor(program: Program, { value }: Argument): boolean {
  return program.values(value).every((item) => {
    if (item.kind === 'constant') return DOUBLE_TENSOR.test(String(item.value));
    return item.kind === 'symbol' && DOUBLE_TENSOR.test(item.name);
  });
}

function isText(program: Program, { value }: Argument, wanted: string): boolean {
  const constant = program.constant(value);
  return constant.kind === 'known' && constant.value === wanted;
}

function isOn(program: Program, { value }: Argument): boolean {
  const constant = program.constant(value);
  return constant.kind === 'known' && constant.value === true;
}
