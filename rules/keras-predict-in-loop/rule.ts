import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { valuesWithCallers } from '../shared/callerValues.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';

interface State {
  readonly call: Call;
  readonly loop: Loop;
}

const FEWEST_TURNS = 20;
/** Makes an array of one sample. */
const ONE_SAMPLE =
  /expand_dims|newaxis|\[None|reshape\(\s*\(?\s*1\s*,|np\.array\(\s*\[\s*\w+\s*\]\s*\)|asarray\(\s*\[|\[\s*\w+\s*:\s*\w+\s*\+\s*1\s*\]/;

export default defineRule<State>({
  meta: {
    id: 'keras-predict-in-loop',
    title: 'Keras predict() called for one sample at a time',
    category: 'batching',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['keras-predict-in-loop'],
    libraries: ['keras', 'tensorflow', 'tf_keras'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      if (!isKerasPredict(program, call)) continue;
      const loop = perItemLoop(program, call);
      if (loop) yield report({ call, loop });
    }
  },

  effect({ state }): WorkloadChange | undefined {
    // Steps that need the last one cannot share a batch; what they save is the overhead of the call, which no workload states.
    if (state.loop.form === 'while') return undefined;
    return {
      before: { kind: 'encode', unit: 'item', engine: 'keras', batch: 1 },
      after: { batch: 32 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const { call } = state;
    const [inputs, ...others] = call.node.args;
    const isPlain = inputs !== undefined && inputs.name === undefined && inputs.spread === undefined;
    const rest = others.filter(({ name }) => name !== 'verbose' && name !== 'batch_size');
    const { callee } = call.node;
    if (!isPlain || rest.length > 0 || callee.kind !== 'attribute' || hasSeveralOutputs(program, call)) return [];
    const value = `${program.text(callee.object)}(${program.text(inputs.value)}, training=False).numpy()`;
    return [
      {
        title: 'Call the model itself',
        safety: 'suggestion',
        edits: [{ span: call.node, text: value }],
        reason:
          'Works for a model with one output and inputs that are arrays; one predict() over the stacked samples saves more.',
      },
    ];
  },
});

/** `out, h, c = decoder.predict(…)`: a list of arrays, which has no `numpy()`. */
function hasSeveralOutputs(program: Program, { node }: Call): boolean {
  const statement = enclosing(program.module, node).statements.at(-1);
  return statement?.kind === 'assign' && statement.value === node && statement.targets.some(isUnpacking);
}

function isUnpacking({ kind }: Expression): boolean {
  return kind === 'sequence';
}

/** `predict` of a Keras model, also of one that the calls of the function around it pass in. */
function isKerasPredict(program: Program, call: Call): boolean {
  if (call.api !== undefined) return call.api.name === 'keras.Model.predict';
  const { callee } = call.node;
  if (callee.kind !== 'attribute' || callee.name !== 'predict') return false;
  const values = valuesWithCallers(program, callee.object);
  return values.every((value) => value.kind === 'instance' && value.type === 'keras.Model');
}

/** The innermost loop that hands over one sample per turn; loops over models, folds and files predict whole arrays. */
function perItemLoop(program: Program, call: Call): Loop | undefined {
  const [loop] = call.place.loops;
  if (
    loop === undefined ||
    loop.purpose === 'singlePass' ||
    loop.purpose === 'epochs' ||
    loop.purpose === 'interactive'
  )
    return undefined;
  if (loop.tripCount !== undefined && loop.tripCount < FEWEST_TURNS) return undefined;
  if (call.receiver && program.dependsOn(call.receiver, loop)) return undefined;
  if (trainsIn(program, loop) || draws(program, loop)) return undefined;
  const [inputs] = call.node.args;
  return inputs !== undefined && isOneSample(program, inputs.value, loop) ? loop : undefined;
}

/** A loop that draws its results is looked at by a person, who looks at few. */
function draws(program: Program, loop: Loop): boolean {
  return program.calls.some(
    (other) =>
      contains(loop, other.node) &&
      (/^matplotlib\./.test(other.name ?? '') || /^(imshow|subplot|add_subplot)$/.test(methodName(other) ?? '')),
  );
}

function trainsIn(program: Program, loop: Loop): boolean {
  return program.calls.some(
    (other) =>
      contains(loop, other.node) &&
      /^(fit|train_on_batch|compile|load_weights|fit_generator)$/.test(methodName(other) ?? ''),
  );
}

/** The input is made one sample wide, at the call or where its variable is assigned in the loop. */
function isOneSample(program: Program, input: Expression, loop: Loop): boolean {
  if (ONE_SAMPLE.test(program.text(input))) return true;
  if (input.kind === 'sequence') return input.elements.some((element) => isOneSample(program, element, loop));
  if (input.kind === 'operation') return input.operands.some((operand) => isOneSample(program, operand, loop));
  if (input.kind !== 'name') return false;
  return [...walkFrom(program.module.body.map((node) => ({ kind: 'statement', node })))].some(
    ({ kind, node }) =>
      kind === 'statement' &&
      node.kind === 'assign' &&
      contains(loop, node) &&
      node.value !== undefined &&
      node.targets.some((target) => target.kind === 'name' && target.name === input.name) &&
      (ONE_SAMPLE.test(program.text(node.value)) || /np\.zeros\(\s*\(?\s*1\s*,/.test(program.text(node.value))),
  );
}

function report(state: State): Hit<State> {
  return {
    span: state.call.node,
    severity: 'warning',
    message: {
      what: 'predict() runs once per sample in this loop.',
      why: 'Each call builds a data pipeline and callbacks for a batch of one; Keras documents predict() as made for large inputs, not for loops.',
      advice:
        'Stack the samples and call predict() once; where each step needs the last one, call `model(x, training=False)`.',
    },
    related: [{ span: state.loop.head, message: 'Loop starts here' }],
    state,
  };
}
