import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { isConditional } from '../shared/conditional.ts';
import { fileTrains } from '../shared/training.ts';

/** A debugging aid that is on whatever the program is told. */
export interface DebugMode {
  readonly span: Span;
  readonly name: string;
  readonly cost: string;
  /** It is a statement of its own that can be deleted. */
  readonly isStatement: boolean;
}

const ANOMALY =
  'Every operation keeps a stack trace and every gradient is searched for NaN, which makes training several times slower.';
const EAGER =
  'Every operation of every step is started from Python again; the compiled graph that `fit` would run is not made.';
const BLOCKING =
  'The processor waits for every kernel to end before it starts the next one, so the GPU idles in between.';
const NANS = 'Every result of a compiled function is copied back and searched for NaN.';

/** Keras code that cannot be compiled: it reads values or writes its own step. */
const NEEDS_EAGER = /\.numpy\(\)|py_function|numpy_function|def (train_step|call)\(/;

/** Debugging aids of the file that no flag guards. */
export function* debugModes(program: Program): Iterable<DebugMode> {
  const trains = fileTrains(program) || program.calls.some(({ api }) => api?.name === 'keras.Model.fit');
  for (const call of program.calls) {
    const mode = modeOf(program, call, trains);
    if (mode && !isGuarded(program, call.node)) yield mode;
  }
  if (trains || program.module.text.includes('.cuda(')) yield* blockingLaunches(program);
}

function modeOf(program: Program, call: Call, trains: boolean): DebugMode | undefined {
  const name = call.name ?? '';
  if (/^torch\.autograd(\.anomaly_mode)?\.set_detect_anomaly$/.test(name)) {
    if (!trains || !isTrue(program, call, 0)) return undefined;
    return { span: call.node, name: 'Anomaly detection of autograd', cost: ANOMALY, isStatement: true };
  }
  if (/^torch\.autograd(\.anomaly_mode)?\.detect_anomaly$/.test(name)) {
    return trains && call.node.args.length === 0
      ? { span: call.node, name: 'Anomaly detection of autograd', cost: ANOMALY, isStatement: false }
      : undefined;
  }
  if (/^(pytorch_lightning|lightning(\.pytorch)?)\.Trainer$/.test(name)) {
    const flag = call.node.args.find((argument) => argument.name === 'detect_anomaly');
    return flag && isTrue(program, call, 'detect_anomaly')
      ? { span: flag, name: 'Anomaly detection of autograd', cost: ANOMALY, isStatement: false }
      : undefined;
  }
  if (/^tensorflow\.config\.(experimental_)?run_functions_eagerly$/.test(name)) {
    if (!trains || !isTrue(program, call, 0) || NEEDS_EAGER.test(program.module.text)) return undefined;
    return { span: call.node, name: 'Eager execution of compiled functions', cost: EAGER, isStatement: true };
  }
  if (/\.compile$/.test(name) && trains && call.node.args.some((argument) => argument.name === 'run_eagerly')) {
    const flag = call.node.args.find((argument) => argument.name === 'run_eagerly');
    return flag && isTrue(program, call, 'run_eagerly') && !NEEDS_EAGER.test(program.module.text)
      ? { span: flag, name: 'Eager execution of the model', cost: EAGER, isStatement: false }
      : undefined;
  }
  return name === 'jax.config.update' ? nanCheck(program, call) : undefined;
}

function nanCheck(program: Program, call: Call): DebugMode | undefined {
  const [option] = call.node.args;
  const name = option && program.constant(option.value);
  if (name?.kind !== 'known' || name.value !== 'jax_debug_nans' || !isTrue(program, call, 1)) return undefined;
  return { span: call.node, name: 'The search for NaN of JAX', cost: NANS, isStatement: true };
}

/** `os.environ["CUDA_LAUNCH_BLOCKING"] = "1"`. */
function* blockingLaunches(program: Program): Iterable<DebugMode> {
  for (const { kind, node } of walk(program.module.body)) {
    if (kind !== 'statement' || node.kind !== 'assign' || node.value === undefined) continue;
    const [target] = node.targets;
    if (target?.kind !== 'subscript' || program.qualifiedName(target.object) !== 'os.environ') continue;
    const [index] = target.indices;
    const key = index && program.constant(index);
    const value = program.constant(node.value);
    if (key?.kind !== 'known' || key.value !== 'CUDA_LAUNCH_BLOCKING' || value.kind !== 'known') continue;
    if (value.value === '1' && !isGuarded(program, node))
      yield { span: node, name: '`CUDA_LAUNCH_BLOCKING`', cost: BLOCKING, isStatement: true };
  }
}

function isTrue(program: Program, call: Call, which: number | string): boolean {
  const { args } = call.node;
  const argument = typeof which === 'number' ? args[which] : args.find(({ name }) => name === which);
  const value = argument && program.constant(argument.value);
  return value?.kind === 'known' && value.value === true;
}

/** Under a condition other than the usual `if __name__ == "__main__":`. */
function isGuarded(program: Program, place: Span): boolean {
  const text = program.module.text;
  const isMain = /^if __name__ == ["']__main__["']:/m.exec(text);
  const scope = { start: 0, end: text.length };
  if (!isConditional(program, place, scope)) return false;
  if (!isMain || place.start < isMain.index) return true;
  return isConditional(program, place, { start: isMain.index + 1, end: text.length });
}
