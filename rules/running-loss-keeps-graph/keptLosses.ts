import type { Expression } from '../../src/core/ir/expression.ts';
import type { AssignStatement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import type { Backward } from '../shared/backwardPasses.ts';
import { methodName } from '../shared/devices.ts';
import { modelOutputs } from './modelOutputs.ts';

/** Where a loss outlives its step. */
export interface Kept {
  /** The loss as it is written there. */
  readonly loss: Expression;
  /** The sum or the list. */
  readonly holder: Expression;
  readonly form: 'sum' | 'list';
}

/** Methods of a tensor that give a tensor with the same history. */
const KEEPS_HISTORY = /^(mean|sum|clone|squeeze|view|reshape|float)$/;

/** What joins tensors into a longer one. */
const JOINS = /^torch\.(cat|concat|concatenate|vstack|hstack)$/;

/** Sums, lists and joined tensors from outside of the loop that take the loss of this step, or what it was computed from, in. */
export function keptLosses(program: Program, step: Backward): readonly Kept[] {
  const assignments = assignmentsOf(program);
  const outputs = modelOutputs(program, step, assignments);
  const names = [program.text(step.loss), ...outputs];
  const sums = assignments.flatMap((assignment) => summed(program, step, assignment, assignments) ?? []);
  const joined = assignments.flatMap((assignment) => joinedBy(program, step, outputs, assignment, assignments) ?? []);
  return [...sums, ...joined, ...names.flatMap((name) => listed(program, step, name, assignments))];
}

/** `all_outputs = torch.cat((all_outputs, output), 0)`. */
function joinedBy(
  program: Program,
  { loop, loss }: Backward,
  outputs: readonly string[],
  { targets, operator, value, ...span }: AssignStatement,
  assignments: readonly AssignStatement[],
): Kept | undefined {
  const [holder] = targets;
  if (!contains(loop, span) || value?.kind !== 'call' || operator !== '=') return undefined;
  if (holder?.kind !== 'name' || targets.length > 1 || !JOINS.test(program.callOf(value)?.name ?? '')) return undefined;
  const [list] = value.args;
  const parts = list?.value.kind === 'sequence' ? list.value.elements : [];
  if (!parts.some((part) => program.text(part) === program.text(holder))) return undefined;
  const found = parts.flatMap((part) => outputs.flatMap((name) => withHistory(program, part, name) ?? []))[0];
  if (found === undefined || feeds(program, holder, loss, assignments)) return undefined;
  return startsOutside(program, holder, loop, span, assignments) ? { loss: found, holder, form: 'sum' } : undefined;
}

/** The loss reads what was collected, as a memory of earlier batches. */
function feeds(
  program: Program,
  holder: Expression,
  loss: Expression,
  assignments: readonly AssignStatement[],
): boolean {
  const read = new RegExp(`(?<![\\w.])${program.text(holder)}(?!\\w)`);
  return assignments.some((own) => assigns(program, own, loss) && own.value && read.test(program.text(own.value)));
}

function summed(
  program: Program,
  { loop, loss }: Backward,
  { targets, operator, value, ...span }: AssignStatement,
  assignments: readonly AssignStatement[],
): Kept | undefined {
  const [holder] = targets;
  if (!contains(loop, span) || value === undefined || holder === undefined || targets.length > 1) return undefined;
  const added = operator === '+=' ? value : operator === '=' ? addend(program, holder, value) : undefined;
  const found = added && withHistory(program, added, program.text(loss));
  if (found === undefined || holder.kind !== 'name' || program.text(holder) === program.text(loss)) return undefined;
  return startsOutside(program, holder, loop, span, assignments) ? { loss: found, holder, form: 'sum' } : undefined;
}

/** What `total = total + x` adds. */
function addend(program: Program, holder: Expression, value: Expression): Expression | undefined {
  if (value.kind !== 'operation' || value.operator !== '+' || value.operands.length !== 2) return undefined;
  const isHolder = (operand: Expression): boolean => program.text(operand) === program.text(holder);
  return value.operands.some(isHolder) ? value.operands.find((operand) => !isHolder(operand)) : undefined;
}

function listed(
  program: Program,
  { loop }: Backward,
  name: string,
  assignments: readonly AssignStatement[],
): readonly Kept[] {
  return program.calls.flatMap((call) => {
    const { callee, args } = call.node;
    const [only] = args;
    if (methodName(call) !== 'append' || !contains(loop, call.node) || callee.kind !== 'attribute' || !only) return [];
    const holder = callee.object;
    const found = args.length === 1 ? withHistory(program, only.value, name) : undefined;
    if (found === undefined || holder.kind !== 'name') return [];
    const starts = assignments.filter((assignment) => assigns(program, assignment, holder));
    const areLists = starts.every(({ value }) => value?.kind === 'sequence' && value.elements.length === 0);
    if (starts.length === 0 || !areLists || starts.some((start) => contains(loop, start))) return [];
    return [{ loss: found, holder, form: 'list' as const }];
  });
}

/** The loss in an expression whose value still has its history: itself, or arithmetic and reductions of it. */
function withHistory(program: Program, expression: Expression, loss: string): Expression | undefined {
  if (program.text(expression) === loss) return expression;
  if (expression.kind === 'operation' && /^[-+*/]$/.test(expression.operator)) {
    const found = expression.operands.flatMap((operand) => withHistory(program, operand, loss) ?? []);
    return found.length === 1 ? found[0] : undefined;
  }
  if (expression.kind !== 'call' || expression.callee.kind !== 'attribute') return undefined;
  const { object, name } = expression.callee;
  return KEEPS_HISTORY.test(name) ? withHistory(program, object, loss) : undefined;
}

/** The sum starts as a number before the loop and is nothing else in it: neither reset nor propagated backwards. */
function startsOutside(
  program: Program,
  holder: Expression,
  loop: Span,
  own: Span,
  assignments: readonly AssignStatement[],
): boolean {
  const others = assignments.filter((other) => other.start !== own.start && assigns(program, other, holder));
  if (others.some((other) => contains(loop, other)) || !others.some(({ operator }) => operator === '=')) return false;
  const name = program.text(holder);
  return !program.calls.some(
    (call) =>
      call.node.callee.kind === 'attribute' &&
      /^(backward|item|detach_?)$/.test(call.node.callee.name) &&
      contains(loop, call.node) &&
      program.text(call.node.callee.object) === name,
  );
}

/** The statement gives the variable of `holder` a value: the same name in the same function. */
function assigns(program: Program, { targets }: AssignStatement, holder: Expression): boolean {
  const name = program.text(holder);
  const scope = program.place(holder).function;
  return targets.some((target) => program.text(target) === name && program.place(target).function === scope);
}

function assignmentsOf(program: Program): readonly AssignStatement[] {
  return program.once(collectAssignments);
}

function collectAssignments({ module }: Program): readonly AssignStatement[] {
  const found: AssignStatement[] = [];
  for (const { kind, node } of walk(module.body)) if (kind === 'statement' && node.kind === 'assign') found.push(node);
  return found;
}
