import type { Statement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { isBounded } from '../shared/retryBounds.ts';
import { repeatsOnFailure, type TriedInLoop, triedByRecursion, triedInLoop } from '../shared/retryText.ts';

/** What sends a request again after a failure, and never stops by itself. */
export interface EndlessRetry {
  /** The request, or the call of the function that sends it. */
  readonly call: Call;
  /** All that is done again. */
  readonly body: Statement;
  readonly head: Span;
  readonly headSays: string;
}

/** Of the request itself, or of a function of this file that only sends it. */
export function endlessRetry(request: Call, program: Program): EndlessRetry | undefined {
  const sender = request.place.function;
  const isTried = triedInLoop(request, program) !== undefined;
  for (const call of [request, ...(sender && !isTried ? program.callsTo(sender) : [])]) {
    const found = endlessLoop(call, request, program) ?? endlessRecursion(call, program);
    if (found) return found;
  }
  return undefined;
}

function endlessLoop(call: Call, request: Call, program: Program): EndlessRetry | undefined {
  const tried = triedInLoop(call, program);
  if (!tried || !repeatsOnFailure(tried, program) || isBounded(tried.loop, program)) return undefined;
  if (call.place.loops[0]?.purpose === 'interactive') return undefined;
  if (!isUntilSuccess(tried) && !(isEndless(tried.loop, program) && leaves(tried, program))) return undefined;
  const asksTools = ['tools', 'body.tools', 'options.tools'].some((name) => request.argument(name).kind !== 'absent');
  if (asksTools) return undefined;
  const { loop } = tried;
  const isPostTest = loop.kind === 'while' && loop.isPostTest;
  const end = isPostTest ? loop.start + 2 : (loop.test?.end ?? loop.start + 1);
  return { call, body: loop, head: { start: loop.start, end }, headSays: 'Endless loop' };
}

/** `catch { return ask(prompt); }` with what the function was given, and nothing else. */
function endlessRecursion(call: Call, program: Program): EndlessRetry | undefined {
  const tried = triedByRecursion(call, program);
  const owner = call.place.function;
  if (!tried || !owner || isBounded(tried.attempt, program)) return undefined;
  const parameters = owner.parameters.map(({ target }) => program.text(target));
  const isSame = tried.again.node.args.every(({ value }, index) => program.text(value) === parameters[index]);
  if (!isSame || tried.again.node.args.length !== parameters.length) return undefined;
  const { start, end } = tried.again.node;
  return { call, body: tried.attempt, head: { start, end }, headSays: 'Starts anew' };
}

function isEndless(loop: TriedInLoop['loop'], program: Program): boolean {
  if (loop.kind === 'for') return loop.form === 'count' && loop.test === undefined;
  const test = program.constant(loop.test);
  return test.kind === 'known' && (test.value === true || test.value === 1);
}

/** Success has to leave the loop: a service that works for ever is no retry. */
function leaves({ attempt }: TriedInLoop, program: Program): boolean {
  return attempt.body.some((statement) => /^\s*(return|break)\b/m.test(program.text(statement)));
}

/** `while (!parsed)`, where only the tried statements give `parsed` a value. */
function isUntilSuccess({ loop, attempt }: TriedInLoop): boolean {
  if (loop.kind !== 'while' || loop.test.kind !== 'operation' || !/^(!|not)$/.test(loop.test.operator)) return false;
  const [tested] = loop.test.operands;
  if (tested?.kind !== 'name') return false;
  return assigns(attempt.body, tested.name) && !attempt.handlers.some(({ body }) => assigns(body, tested.name));
}

function assigns(body: readonly Statement[], name: string): boolean {
  for (const { node } of walk(body)) {
    const targets = node.kind === 'assign' ? node.targets : node.kind === 'assignment' ? [node.target] : [];
    if (targets.some((target) => target.kind === 'name' && target.name === name)) return true;
  }
  return false;
}
