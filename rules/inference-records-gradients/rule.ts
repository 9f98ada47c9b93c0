import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import type { EntryPoint, Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';
import { externalSteps } from '../shared/externalSteps.ts';
import { namesOf } from '../shared/namesOf.ts';
import { isSmallNetwork } from '../shared/networkSize.ts';
import { scaleOf } from '../shared/scale.ts';
import { type Forward, inferenceForwards } from './forwards.ts';
import { noGradFix } from './noGradFix.ts';

interface State {
  readonly forward: Forward;
  /** What repeats the forward pass. */
  readonly loop: Loop | undefined;
  readonly entryPoint: EntryPoint | undefined;
  /** Whole statements that the fix puts under `no_grad`. */
  readonly region: Statement | undefined;
  /** Names of the whole file, for the fix. */
  readonly names: NameIndex;
}

/** Gradients are wanted, switched or frozen somewhere in the file: the text does not tell where. */
const GRADIENTS_WANTED =
  /requires_grad|\.freeze\(\)|autograd\.grad|retain_graph|\.grad\b(?!_)|set_grad_enabled|grad_?cam|saliency|captum|adversarial|fgsm|\bpgd\b|enable_grad/i;
const TRAINING_METHODS = new Set(['backward', 'manual_backward', 'step', 'zero_grad']);
/** Helpers that take the loss and run the backward pass inside (`loss_scaler(loss, optimizer)`). */
const TAKES_LOSS = /scaler|optimi[sz]er|backward|train_step|update/i;

export default defineRule<State>({
  meta: {
    id: 'inference-records-gradients',
    title: 'PyTorch inference records the autograd graph',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['safe', 'suggestion'],
    catalogue: ['torch-eval-no-grad-missing'],
    libraries: ['torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || GRADIENTS_WANTED.test(program.module.text)) return;
    const reported: Span[] = [];
    let names: NameIndex | undefined;
    let training: TrainingCalls | undefined;
    for (const forward of inferenceForwards(program)) {
      training ??= trainingCalls(program);
      const judged = judge(program, forward, training);
      if (judged === undefined) continue;
      names ??= namesOf(program);
      const state = { ...judged, names };
      const place = state.loop ?? state.region ?? forward.call.node;
      if (reported.some((span) => contains(span, forward.call.node))) continue;
      reported.push(place);
      yield report(state, isSmallNetwork(program, forward.model));
    }
  },

  effect({ state }): WorkloadChange {
    return {
      before: { kind: 'encode', unit: state.loop ? 'item' : 'request', engine: 'torch', recordsGradients: true },
      after: { recordsGradients: false },
      alsoSaves: ['memory'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const { region, forward, names } = state;
    const fix = region && noGradFix(program, forward.call, region, names);
    return fix ? [fix] : [];
  },
});

function judge(program: Program, forward: Forward, training: TrainingCalls): Omit<State, 'names'> | undefined {
  const { call } = forward;
  if (isInLibraryClass(program, call)) return undefined;
  const scale = scaleOf(program, call);
  if (scale.kind !== 'items' && scale.kind !== 'request') return undefined;
  const loop = scale.kind === 'items' ? scale.loop : undefined;
  const isOwnLoop = loop !== undefined && contains(loop, call.node);
  const own = isOwnLoop ? loop : undefined;
  const scope = own ?? call.place.function?.bodySpan ?? call.node;
  if (isOldTorch(program, scope)) return undefined;
  if (trainsIn(training, scope) || trainsAfter(training, call)) return undefined;
  return {
    forward,
    loop,
    entryPoint: scale.kind === 'request' ? scale.entryPoint : undefined,
    region: own ? statementOf(program, own) : statementRegion(program, call),
  };
}

/** `volatile=True` switched gradients off until PyTorch 0.4; `async=` as an argument proves a Python and a PyTorch that old. */
function isOldTorch(program: Program, scope: Span): boolean {
  return /\bvolatile\s*=\s*True/.test(program.text(scope)) && /\basync\s*=\s*True/.test(program.module.text);
}

/** Methods of modules, Lightning modules and trainers run under the framework's own switch. */
function isInLibraryClass(program: Program, call: Call): boolean {
  return program.classes.some(
    (definition) =>
      contains(definition.bodySpan, call.node) &&
      program
        .libraryBases(definition)
        .some((base) => /(^|\.)(Module|LightningModule|Trainer|Function|Model|Callback)$/.test(base)),
  );
}

function trainsIn(training: TrainingCalls, scope: Span): boolean {
  return training.all.some((call) => contains(scope, call.node));
}

/** The loss that a loop collects may be used for a backward pass behind it. */
function trainsAfter(training: TrainingCalls, forward: Call): boolean {
  return training.backward.some(
    (call) => call.place.function === forward.place.function && call.node.start > forward.node.end,
  );
}

/** The calls of a file that train, found once for all its forward passes. */
interface TrainingCalls {
  readonly all: readonly Call[];
  /** Backward passes outside loops. */
  readonly backward: readonly Call[];
}

function trainingCalls(program: Program): TrainingCalls {
  const all = program.calls.filter((call) => isTraining(program, call));
  const backward = all.filter((call) => methodName(call) === 'backward' && call.place.loops.length === 0);
  return { all, backward };
}

function isTraining(program: Program, call: Call): boolean {
  if (TRAINING_METHODS.has(methodName(call) ?? '') || call.api?.roles.includes('train')) return true;
  const takesLoss = call.node.args.some(({ value }) => value.kind === 'name' && /loss/i.test(value.name));
  return takesLoss && TAKES_LOSS.test(program.text(call.node.callee));
}

/** A `for` statement can be wrapped whole; a comprehension cannot. */
function statementOf(program: Program, loop: Loop): Statement | undefined {
  return enclosing(program.module, loop).statements.findLast(
    ({ kind, start, end }) => (kind === 'for' || kind === 'while') && start === loop.start && end === loop.end,
  );
}

function statementRegion(program: Program, call: Call): Statement | undefined {
  const statement = program.statement(call.node);
  return statement?.kind === 'assign' || statement?.kind === 'expression' || statement?.kind === 'return'
    ? statement
    : undefined;
}

function report(state: State, isSmall: boolean): Hit<State> {
  const { forward, loop, entryPoint } = state;
  const where = entryPoint ? `for every ${entryPoint.kind}` : 'in every turn of the loop';
  const repeated = entryPoint ?? loop?.head;
  return {
    span: forward.call.node,
    severity: isSmall ? 'hint' : 'information',
    message: {
      what: `${forward.evaluation ? 'The model is in evaluation mode, but gradients are still' : 'Gradients are'} recorded ${where}.`,
      why: `PyTorch keeps the activations of each layer for a backward pass that never comes${forward.evaluation ? '; eval() does not switch that off' : ''}.`,
      advice: `Put ${loop ? 'the loop' : 'the forward pass'} under \`with torch.no_grad():\`.`,
      condition: 'It frees memory, and so permits larger batches; the time saved by itself is small.',
    },
    related: [
      ...(forward.evaluation ? [{ span: forward.evaluation.node, message: 'switched to evaluation here' }] : []),
      ...(entryPoint ? externalSteps(entryPoint, where) : []),
      ...(repeated && !entryPoint?.steps ? [{ span: repeated, message: 'runs again and again from here' }] : []),
    ],
    state,
  };
}
