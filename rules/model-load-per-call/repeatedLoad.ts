import type { Decorator, FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { EntryPoint, Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { enclosing } from '../shared/enclosing.ts';
import { hasWord } from '../shared/identifierWords.ts';
import { outlivesCall } from '../shared/outlivesCall.ts';
import { hasFixedArguments, hasKnownArguments } from './fixedArguments.ts';
import { changesModel, isModelSweep, trainsModel } from './loopPurpose.ts';

/** Why a load runs again and again. */
export type Repetition =
  | { readonly kind: 'entry'; readonly entry: EntryPoint }
  /** `via`: calls that lead from the loop down to the load, outermost first; empty when the load is in the loop itself. */
  | { readonly kind: 'loop'; readonly loop: Loop; readonly via: readonly Call[] };

const LONGEST_CHAIN = 3;

/** What repeats a load of the same model, or `undefined` when the load runs once, is kept, or may be another model each time. */
export function repetitionOf(load: Call, program: Program): Repetition | undefined {
  if (load.place.isMemoised) return undefined;
  const [innermost] = load.place.loops;
  if (innermost) return loopRepetition(load, innermost, [], program);
  const { entryPoint } = load.place;
  if (entryPoint) return keepsItself(load, entryPoint, program) ? undefined : { kind: 'entry', entry: entryPoint };
  const { function: owner } = load.place;
  return owner && callerLoop(load, owner, [], program);
}

function loopRepetition(load: Call, loop: Loop, via: readonly Call[], program: Program): Repetition | undefined {
  const outermost = via[0] ?? load;
  if (!hasFixedArguments(outermost, loop, program)) return undefined;
  if (loop.purpose === 'retry' || loop.purpose === 'interactive' || loop.purpose === 'singlePass') return undefined;
  if (loop.purpose === 'epochs' || (loop.tripCount !== undefined && loop.tripCount < 2)) return undefined;
  if (isModelSweep(loop, program) || changesModel(loop, program)) return undefined;
  if (runsOnlySometimes(outermost, loop, program)) return undefined;
  return { kind: 'loop', loop, via };
}

/** The loop around the calls of the function that loads. Every caller chain must pass the same model. */
function callerLoop(
  load: Call,
  owner: FunctionDefinition,
  via: readonly Call[],
  program: Program,
): Repetition | undefined {
  if (via.length >= LONGEST_CHAIN) return undefined;
  const loads = via[0] ?? load;
  const followsOwner = hasFixedArguments(loads, owner, program);
  for (const caller of program.callsTo(owner)) {
    if (caller.place.isMemoised || caller === load || via.includes(caller)) continue;
    const [loop] = caller.place.loops;
    if (loop) {
      const repetition = followsOwner
        ? callLoop(load, loop, [caller, ...via], program)
        : loopRepetition(load, loop, [caller, ...via], program);
      if (repetition) return repetition;
      continue;
    }
    const next = caller.place.function;
    if (!next || next === owner) continue;
    if (!followsOwner && !hasFixedArguments(caller, next, program)) continue;
    const repetition = callerLoop(load, next, [caller, ...via], program);
    if (repetition) return repetition;
  }
  return undefined;
}

/** As `loopRepetition`, for a call whose own arguments do not reach the load. */
function callLoop(load: Call, loop: Loop, via: readonly Call[], program: Program): Repetition | undefined {
  const outermost = via[0] ?? load;
  if (loop.purpose === 'retry' || loop.purpose === 'interactive' || loop.purpose === 'singlePass') return undefined;
  if (loop.purpose === 'epochs' || (loop.tripCount !== undefined && loop.tripCount < 2)) return undefined;
  if (isModelSweep(loop, program) || changesModel(loop, program)) return undefined;
  const owner = load.place.function;
  if (owner && trainsModel(owner, program)) return undefined;
  return runsOnlySometimes(outermost, loop, program) ? undefined : { kind: 'loop', loop, via };
}

/** Under an `if` inside the loop: every n-th turn, or the first one. */
function runsOnlySometimes(call: Call, loop: Loop, program: Program): boolean {
  return enclosing(program.module, call.node).statements.some(
    (statement) =>
      loop.start < statement.start &&
      statement.end <= loop.end &&
      (statement.kind === 'if' || statement.kind === 'match') &&
      call.node.start > statement.start,
  );
}

const RELOADS = new Set(
  'load reload swap replace init initialize initialise start startup warm warmup switch select change update refresh setup train retrain ensure download prepare preload'.split(
    ' ',
  ),
);

/**
 * An event or message that exists to load a model, or an endpoint that replaces the one in force: the value outlives the
 * call and the name says so. A model chosen by the caller is fine as well.
 */
function keepsItself(load: Call, entry: EntryPoint, program: Program): boolean {
  const isStored = outlivesCall(load, program);
  const isReturned = program.uses(load).some(({ kind }) => kind === 'returned');
  const functions = [...entry.path, ...enclosing(program.module, load.node).functions];
  const isNamedLoader = functions.some(
    ({ name, decorators }) =>
      (name !== undefined && hasWord(name, RELOADS)) || decorators.some((route) => namesReload(route, program)),
  );
  // The state of a page at a click: a model that the user named, or a file of theirs.
  if (entry.kind === 'event' && entry.framework !== 'gradio')
    return isStored || isReturned || isNamedLoader || !hasKnownArguments(load, program);
  if (entry.kind === 'message') return isStored || isReturned || isLoadMessage(load, program);
  if (entry.kind === 'rerun') return false;
  if (isStored && entry.path.length === 0 && isNamedLoader) return true;
  return !choosesSameModel(load, entry, program);
}

/** `@app.post("/admin/reload")`: the route says what the function is for. */
function namesReload({ expression }: Decorator, program: Program): boolean {
  const [path] = expression.kind === 'call' ? expression.args : [];
  return path !== undefined && hasWord(program.text(path.value), RELOADS);
}

/** `case 'load':`, `if (type === 'init')`. */
function isLoadMessage(load: Call, program: Program): boolean {
  const { statements } = enclosing(program.module, load.node);
  return statements.some((statement) => {
    if (statement.kind === 'if') return hasWord(program.text(statement.test), RELOADS);
    if (statement.kind !== 'match') return false;
    const taken = statement.cases.find(({ body }) =>
      body.some(({ start, end }) => start <= load.node.start && load.node.end <= end),
    );
    return taken?.patterns.some((pattern) => hasWord(program.text(pattern), RELOADS)) ?? false;
  });
}

/** Follows the arguments from the load up to the handler: none may come from the request. */
function choosesSameModel(load: Call, entry: EntryPoint, program: Program): boolean {
  let current = load;
  for (const span of [...entry.via].reverse()) {
    const owner = current.place.function;
    if (!owner || hasFixedArguments(current, owner, program)) return true;
    const caller = program.calls.find(({ node }) => node.start === span.start && node.end === span.end);
    if (!caller) return false;
    current = caller;
  }
  const owner = current.place.function;
  return !owner || hasFixedArguments(current, owner, program);
}
