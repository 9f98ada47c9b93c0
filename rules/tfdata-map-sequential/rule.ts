import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { methodName } from '../shared/devices.ts';

interface State {
  readonly call: Call;
  readonly transform: FunctionDefinition;
}

/** Reading and decoding files, and augmentation and spectrograms of single items: work worth more than handing it to a thread. */
const HEAVY =
  /^tensorflow\.(io\.(read_file|decode_(image|jpeg|png|gif|bmp|and_crop_jpeg|raw))|audio\.decode_wav|signal\.\w+|image\.(decode_\w+|resize\w*|random_\w+|adjust_\w+|rot90|flip_\w+)|numpy_function|py_function|py_func)$|^tensorflow_io\./;
/** What draws random numbers or leaves TensorFlow: its order, or its safety under threads, is not proved by the text. */
const STATEFUL = /random|py_func|numpy_function|py_function|\bglobal\b|\bnonlocal\b|\bself\b/;

export default defineRule<State>({
  meta: {
    id: 'tfdata-map-sequential',
    title: 'tf.data decodes one element at a time',
    category: 'hardware-match',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tfdata-map-sequential'],
    libraries: ['tensorflow'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      if (!isSequentialMap(call) || isStoredOnce(program, call) || isForFewElements(program, call)) continue;
      const transform = transformOf(program, call);
      if (transform && isHeavy(program, transform)) yield report({ call, transform });
    }
  },

  fixes({ state: { call, transform } }, program): readonly Fix[] {
    const tensorflow = importEdit(program.module, { module: 'tensorflow', alias: 'tf', at: call.node.start });
    if (tensorflow === undefined) return [];
    const argument = `num_parallel_calls=${tensorflow.local}.data.AUTOTUNE`;
    const edits = [...tensorflow.edits, ...insertArgument(call.node, argument, program.module.text)];
    const title = 'Map in parallel';
    const reason = isPureTensorFlow(program, transform)
      ? 'Several elements are in memory at once, and they keep their order only where no option sets `deterministic=False`.'
      : 'The function draws random numbers or calls code of its own: with a fixed seed the elements get other values, and that code must bear several threads.';
    return [{ title, safety: 'suggestion', edits, reason }];
  },
});

function isSequentialMap(call: Call): boolean {
  if (call.api?.name !== 'tensorflow.data.Dataset.map') return false;
  return call.argument('num_parallel_calls').kind === 'absent';
}

/** The own function or lambda that is mapped; `undefined` where there may be several, or it is not in the file. */
function transformOf(program: Program, call: Call): FunctionDefinition | undefined {
  const argument = call.argument('map_func');
  if (argument.kind !== 'known') return undefined;
  const values = program.values(argument.value);
  const [value] = values;
  return values.length === 1 && value?.kind === 'function' ? value.definition : undefined;
}

/** Nothing but TensorFlow operations that neither draw random numbers nor keep anything. */
function isPureTensorFlow(program: Program, definition: FunctionDefinition): boolean {
  if (STATEFUL.test(program.text(definition))) return false;
  return program.calls.every(
    (inner) => !contains(definition.bodySpan, inner.node) || /^tensorflow\./.test(inner.name ?? ''),
  );
}

const MOST_HOPS = 2;

/** The function, or one that it calls, reads, decodes, resizes or runs a model. */
function isHeavy(program: Program, definition: FunctionDefinition, hops = MOST_HOPS): boolean {
  return program.calls.some((inner) => {
    if (!contains(definition.bodySpan, inner.node)) return false;
    if (HEAVY.test(inner.name ?? '') || inner.api?.roles.includes('predict')) return true;
    if (hops === 0) return false;
    return program
      .values(inner.node.callee)
      .some((value) => value.kind === 'function' && isHeavy(program, value.definition, hops - 1));
  });
}

/** Cached afterwards, or read out once: the elements are made one time only. */
function isStoredOnce(program: Program, call: Call): boolean {
  if (/private_threadpool_size|num_threads|intra_op_parallelism/.test(program.module.text)) return true;
  if (
    program.calls.some((other) => /^(cache|snapshot)$/.test(methodName(other) ?? '') && isAfter(program, call, other))
  )
    return true;
  return program.methodCalls(call).some((method) => methodName(method) === 'take');
}

/** One element of a nested pipeline, or pictures that a person looks at. */
function isForFewElements(program: Program, call: Call): boolean {
  const owner = call.place.function;
  if (owner && /get_single_element/.test(program.text(owner.bodySpan))) return true;
  return program.uses(call).some(({ kind, expression, call: receiver }) => {
    if (/get_single_element$/.test(receiver?.name ?? '')) return true;
    const loop = kind === 'iterated' ? program.statement(expression) : undefined;
    return loop?.kind === 'for' && /\bplt\./.test(program.text(loop));
  });
}

/** `other` works on what `call` made, directly or through more methods of the pipeline. */
function isAfter(program: Program, call: Call, other: Call): boolean {
  let current: Call | undefined = other;
  for (let depth = 0; current !== undefined && depth < 20; depth++) {
    if (current.node === call.node) return true;
    if (current.receiver === undefined) return false;
    current = program.origin(current.receiver);
  }
  return false;
}

function report(state: State): Hit<State> {
  return {
    span: state.call.node.callee,
    severity: 'hint',
    message: {
      what: 'This `map` prepares its elements one after the other.',
      why: 'The function reads, decodes or transforms single items; on one thread it makes the accelerator wait while the other cores idle.',
      advice: 'Pass `num_parallel_calls=tf.data.AUTOTUNE`; the order of the elements stays the same.',
      condition: 'The gain depends on the number of cores and on whether the input is what training waits for.',
    },
    related: [{ span: state.transform.nameSpan ?? state.transform, message: 'the function that is mapped' }],
    state,
  };
}
