import { defineRule, type Fix, type Hit, type Severity } from '../../src/core/engine/rule.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { calleeText } from '../shared/calleeText.ts';
import { methodName } from '../shared/devices.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { largestScale, type Scale, scaleOf } from '../shared/scale.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';
import { runsModel } from '../shared/tensorValue.ts';
import { leakedTensors } from './leakedTensors.ts';
import { replacedTensors } from './replacedTensors.ts';
import { tidyFix } from './tidyFix.ts';
import { isOwned } from './tidyScope.ts';

interface TensorLeak {
  /** In source order, at least one. */
  readonly tensors: readonly Call[];
  readonly scale: Scale;
}

export default defineRule<TensorLeak>({
  meta: {
    id: 'tfjs-tensor-leak',
    title: 'TensorFlow.js tensors are never disposed',
    category: 'redundant-compute',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tfjs-tensor-leak'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-core'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || !tensorFlowImport(program)) return;
    if (/\bstartScope\(/.test(program.module.text) || isCollected(program)) return;
    yield* replacedHits(program);
    for (const owner of program.functions) {
      const tensors = leakedTensors(owner, program).filter((call) => !isOwned(call, program));
      const [first] = tensors;
      const scale = largestScale(program, tensors);
      if (!first || !scale || !isRepeated(scale, tensors, owner, program)) continue;
      const name = calleeText(first, program);
      yield {
        span: { start: first.node.start, end: first.node.end },
        severity: severityOf(scale, tensors),
        message: {
          what:
            tensors.length === 1
              ? `Nothing disposes the tensor of \`${name}\`.`
              : `Nothing disposes ${tensors.length} tensors that are made here; \`${name}\` makes one of them.`,
          why: 'Tensors on WebGL, WebGPU and the native backend are not garbage-collected, so memory grows with every run until the process or tab is restarted.',
          advice: 'Wrap the synchronous part in `tf.tidy(() => …)`, read the values, and `dispose()` the result.',
          condition: 'The saving is memory; energy only where the growth ends in a restart.',
        },
        related: [
          ...tensors.slice(1).map(({ node }) => ({
            span: { start: node.start, end: node.end },
            message: 'This tensor is not disposed either',
          })),
          ...relatedScale(scale),
        ],
        state: { tensors, scale },
      };
    }
  },

  effect({ state: { scale } }) {
    return {
      before: { kind: 'vision', unit: scale.kind === 'request' ? 'request' : 'item', engine: 'tfjs' },
      after: {},
      alsoSaves: ['memory'],
    };
  },

  fixes({ state: { tensors } }, program): readonly Fix[] {
    return tidyFix(tensors, program);
  },
});

/** One hit for each function that collects tensors in such a way. */
function* replacedHits(program: Program): Iterable<Hit<TensorLeak>> {
  const replaced = replacedTensors(program);
  for (const owner of new Set(replaced.map((tensor) => tensor.owner))) {
    const [first, ...others] = replaced.filter((tensor) => tensor.owner === owner);
    if (!first) continue;
    yield {
      span: { start: first.call.node.start, end: first.call.node.end },
      severity: 'information',
      message: {
        what: `\`${first.holder}\` is replaced by a longer copy of itself, and nothing disposes the tensor before.`,
        why: 'Tensors on WebGL, WebGPU and the native backend are not garbage-collected: after n calls the memory holds all n lengths, not the last one.',
        advice: `Keep the old one in a variable and dispose it after the assignment (\`const old = ${first.holder}\`, \`old.dispose()\`), or collect rows and concatenate once.`,
        condition: 'The saving is memory; energy only where the growth ends in a restart.',
      },
      related: others.map(({ call: { node } }) => ({
        span: { start: node.start, end: node.end },
        message: 'The same happens here',
      })),
      state: { tensors: [first.call], scale: scaleOf(program, first.call) },
    };
  }
}

/** The arrays of the plain JavaScript backend go with the tensors that hold them. */
function isCollected({ module: { text } }: Program): boolean {
  return /tfjs-backend-cpu|setBackend\(\s*['"`]cpu['"`]/.test(text) && !/webgl|webgpu|wasm|tfjs-node/i.test(text);
}

/**
 * Requests and frames count whatever they compute. Elsewhere a model has to run: loops that only prepare data end, and so does
 * what a training script does after its training.
 */
function isRepeated(scale: Scale, tensors: readonly Call[], owner: FunctionDefinition, program: Program): boolean {
  if (scale.kind === 'once') return false;
  if (scale.kind === 'request' || isDataSource(owner, program)) return true;
  const calls = program.calls.filter(({ node }) => contains(owner, node));
  if (!calls.some(runsModel) || calls.some((call) => /^fit(Dataset)?$/.test(methodName(call) ?? ''))) return false;
  if (scale.kind !== 'unknown') return true;
  return owner.parameters.length > 0 && (owner.isAsync || tensors.some((call) => isReadLater(call, program)));
}

/** `tf.data.generator(function* () { … })` runs again in every epoch, and nothing but what it yields is disposed of. */
function isDataSource(owner: FunctionDefinition, program: Program): boolean {
  return program.calls.some(
    ({ name, node }) =>
      name === '@tensorflow/tfjs.data.generator' &&
      node.args.some(({ value }) => value.kind === 'function' && value.definition === owner),
  );
}

/** `data()` and `array()` answer later, so no caller can have put the function into `tidy`. */
function isReadLater({ node }: Call, program: Program): boolean {
  const parent = program.parent(node);
  return parent?.kind === 'attribute' && (parent.name === 'data' || parent.name === 'array');
}

/** A click is rare; a loop that a click starts is not. */
function severityOf(scale: Scale, tensors: readonly Call[]): Severity {
  return scale.kind === 'event' && tensors.every(({ place }) => place.loops.length === 0) ? 'hint' : 'information';
}
