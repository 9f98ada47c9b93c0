import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { methodName } from '../shared/devices.ts';
import { fileTrains } from '../shared/training.ts';
import { switchedByCallers } from './callerSwitches.ts';

/** A forward pass of a PyTorch module outside training. */
export interface Forward {
  readonly call: Call;
  /** The module: what is called, or what `.forward` is a method of. */
  readonly model: Expression;
  /** Where the module was switched to evaluation; absent where its type and the function's purpose prove inference. */
  readonly evaluation: Call | undefined;
}

/** What a function that only infers is called. */
const INFERENCE_NAME =
  /^(_*|get_|compute_|run_|make_)(eval|predict|infer|test|validat|embed|encod|extract|score|classif|detect|transcrib|caption|recogni[sz])/i;

const MODULE_CALL = /^torch\.nn\.Module\.(__call__|forward)$/;

/** Libraries whose classes are PyTorch modules. */
const TORCH_BASE =
  /^(torch|torchvision|transformers|timm|lightning|pytorch_lightning|diffusers|sentence_transformers)\b/;

/** Forward passes under recorded gradients that serve inference, in source order. */
export function* inferenceForwards(program: Program): Iterable<Forward> {
  if (hidesSwitches(program)) return;
  const namesTorch = /\b(torch|lightning)\b/.test(program.module.text);
  const switches = byModel(byReceiver(program, (call) => isEvaluationSwitch(program, call)));
  const returns = byReceiver(program, (call) => methodName(call) === 'train');
  const switchesOf = (name: string): readonly Call[] => switches.get(name)?.all ?? [];
  const returnsOf = (name: string): readonly Call[] => returns.get(name) ?? [];
  const trains = fileTrains(program);
  for (const call of program.calls) {
    // Where the file names no PyTorch, the type says that the model of another file is one.
    if (!namesTorch && !isModuleCall(call)) continue;
    const model = modelOf(call);
    const name = program.text(model);
    const candidates = switches.get(name);
    const mayInfer = INFERENCE_NAME.test(call.place.function?.name ?? '');
    // What no switch can govern is a forward pass of inference by its type, or by the name of its function, alone.
    if (candidates === undefined && !mayInfer && (trains || !isModuleCall(call))) continue;
    if (!isForward(program, call, model) || call.place.gradients !== 'on') continue;
    const own = candidates && governing(program, candidates, call, model);
    const evaluation = own ?? (mayInfer ? switchedByCallers(program, call, model, switchesOf, returnsOf) : undefined);
    if (own && isTrainedBetween(program, own, call, returnsOf(name))) continue;
    if (evaluation || (!trains && servesInference(program, call, model))) yield { call, model, evaluation };
  }
}

/** Calls of one kind by the text of their receiver, so that each forward pass looks at those of its own model. */
function byReceiver(program: Program, isWanted: (call: Call) => boolean): ReadonlyMap<string, readonly Call[]> {
  const found = new Map<string, Call[]>();
  for (const call of program.calls) {
    const receiver = receiverOf(call);
    if (receiver === undefined || !isWanted(call)) continue;
    const text = program.text(receiver);
    const calls = found.get(text);
    if (calls) calls.push(call);
    else found.set(text, [call]);
  }
  return found;
}

/** A star import may bring `torch` itself: a decorator or block that then looks like a switch cannot be resolved. */
function hidesSwitches(program: Program): boolean {
  if (!/\b(no_grad|inference_mode)\b/.test(program.module.text)) return false;
  return [...walk(program.module.body)].some(
    ({ kind, node }) =>
      kind === 'statement' && node.kind === 'import' && node.names.some(({ imported }) => imported === '*'),
  );
}

/** A module by type, in a request handler or in a function whose name says that it infers. */
function servesInference(program: Program, call: Call, model: Expression): boolean {
  const isLoaded = program.values(model).every((value) => value.kind === 'instance' && value.call !== undefined);
  if (!isModuleCall(call) || !isLoaded) return false;
  return call.place.entryPoint?.kind === 'request' || INFERENCE_NAME.test(call.place.function?.name ?? '');
}

/** `.eval()` of a module, not of a class of the file that has nothing to do with PyTorch. */
function isEvaluationSwitch(program: Program, call: Call): boolean {
  if (methodName(call) !== 'eval' || call.node.args.length > 0) return false;
  const model = receiverOf(call);
  return (
    model === undefined ||
    program.values(model).every((value) => {
      if (value.kind === 'class' || value.kind === 'function' || value.kind === 'constant') return false;
      return value.kind !== 'object' || program.libraryBases(value.definition).some((base) => TORCH_BASE.test(base));
    })
  );
}

function isModuleCall({ api }: Call): boolean {
  return api !== undefined && MODULE_CALL.test(api.name);
}

/** `model(x)` runs `model`, and so does `model.forward(x)`. */
function modelOf({ node: { callee } }: Call): Expression {
  return callee.kind === 'attribute' && callee.name === 'forward' ? callee.object : callee;
}

/** `model(x)` or `self.model(x)`: of a PyTorch type, or of one that the API data do not know. */
function isForward(program: Program, call: Call, model: Expression): boolean {
  if (model.kind !== 'name' && model.kind !== 'attribute') return false;
  if (call.api !== undefined) return isModuleCall(call) && !isLoss(program, model);
  return program.values(model).every((value) => value.kind !== 'function' && value.kind !== 'class');
}

/** Losses and single layers are modules too, but no models. */
function isLoss(program: Program, model: Expression): boolean {
  return program
    .values(model)
    .some(
      (value) =>
        value.kind === 'instance' &&
        value.call !== undefined &&
        /^torch\.nn\.(?!Sequential|DataParallel|parallel)/.test(program.callOf(value.call)?.name ?? ''),
    );
}

/** Switches of what is called the same, in source order, and those of each function apart: a large file has hundreds of `model.eval()`. */
interface Switches {
  readonly all: readonly Call[];
  readonly byFunction: ReadonlyMap<FunctionDefinition | undefined, readonly Call[]>;
}

function byModel(switches: ReadonlyMap<string, readonly Call[]>): ReadonlyMap<string, Switches> {
  return new Map([...switches].map(([model, all]) => [model, { all, byFunction: byOwner(all) }]));
}

function byOwner(calls: readonly Call[]): ReadonlyMap<FunctionDefinition | undefined, readonly Call[]> {
  const found = new Map<FunctionDefinition | undefined, Call[]>();
  for (const call of calls) {
    const owner = call.place.function;
    const same = found.get(owner);
    if (same) same.push(call);
    else found.set(owner, [call]);
  }
  return found;
}

/** The last switch of the same object: the same path of names in the same function, or in the same class where it is an attribute of `self`. */
function governing(
  program: Program,
  { all, byFunction }: Switches,
  forward: Call,
  model: Expression,
): Call | undefined {
  if (model.kind === 'attribute') return all.findLast((candidate) => governsAttribute(program, candidate, forward));
  const owner = forward.place.function;
  const own = byFunction.get(owner)?.findLast(({ node }) => node.end <= forward.node.start);
  const outer = owner === undefined ? undefined : byFunction.get(undefined)?.at(-1);
  if (outer === undefined || (own && own.node.start > outer.node.start)) return own;
  return model.kind === 'name' && reachesModule(program, forward, model.name) ? outer : own;
}

function governsAttribute(program: Program, evaluation: Call, forward: Call): boolean {
  if (evaluation.place.function === forward.place.function) return evaluation.node.end <= forward.node.start;
  return sharesClass(program, evaluation.node, forward.node);
}

function receiverOf(call: Call): Expression | undefined {
  return call.node.callee.kind === 'attribute' ? call.node.callee.object : undefined;
}

/** The name is not a parameter or a local of the function around the forward pass. */
function reachesModule(program: Program, forward: Call, name: string): boolean {
  const owner = forward.place.function;
  if (owner === undefined) return true;
  const isParameter = owner.parameters.some(({ target }) => target.kind === 'name' && target.name === name);
  const body = program.text(owner.bodySpan);
  return !isParameter && !new RegExp(`^\\s*(${name}\\s*=[^=]|for\\s+${name}\\s+in)`, 'm').test(body);
}

function sharesClass(program: Program, left: Span, right: Span): boolean {
  return program.classes.some(
    (definition) => contains(definition.bodySpan, left) && contains(definition.bodySpan, right),
  );
}

/** `.train()` on the same object after `.eval()` and before the forward pass; anywhere in the class for attributes of `self`. */
function isTrainedBetween(program: Program, evaluation: Call, forward: Call, returns: readonly Call[]): boolean {
  const isSameFunction = evaluation.place.function === forward.place.function;
  return returns.some((call) => {
    if (call.node.args.some(({ value }) => program.text(value) === 'False')) return false;
    if (!isSameFunction)
      return call.place.function === forward.place.function || sharesClass(program, call.node, forward.node);
    return evaluation.node.end <= call.node.start && call.node.end <= forward.node.start;
  });
}
