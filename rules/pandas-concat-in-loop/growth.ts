import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import type { AssignStatement, Statement } from '../../src/core/ir/statement.ts';
import { walk, walkFrom } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';

/** `table = pd.concat([table, part])` in a loop: the whole table is copied in every turn. */
export interface Growth {
  readonly call: Call;
  readonly assign: AssignStatement;
  readonly name: string;
  readonly loop: Loop;
  /** The call inside the loop, where the loop runs the method around the growth. */
  readonly caller?: Call;
  readonly library: 'pandas' | 'numpy';
}

const NUMPY = /^numpy\.(append|concatenate|vstack|hstack|row_stack)$/;

export function growthOf(program: Program, call: Call): Growth | undefined {
  const { statements } = enclosing(program.module, call.node);
  const assign = statements.at(-1);
  if (assign?.kind !== 'assign' || assign.value !== call.node || assign.operator !== '=') return undefined;
  const [target] = assign.targets;
  const name = target && holderName(target);
  if (assign.targets.length !== 1 || name === undefined) return undefined;
  const library = grows(program, call, name);
  if (library === undefined) return undefined;
  const [loop] = call.place.loops;
  if (loop) {
    if (loop.form !== 'for' || isReset(statements, assign, name, loop)) return undefined;
    return { call, assign, name, loop, library };
  }
  const caller = callerInLoop(program, call, assign, name);
  return caller && { call, assign, name, library, ...caller };
}

/** `for row in rows: log.add(row)`, where `add` grows the table of the object and nothing else does anything with the object. */
function callerInLoop(
  program: Program,
  call: Call,
  assign: AssignStatement,
  name: string,
): { readonly caller: Call; readonly loop: Loop } | undefined {
  const owner = call.place.function;
  if (!owner || !name.startsWith('self.') || isSetElsewhere(owner.body, assign, name)) return undefined;
  for (const caller of program.callsTo(owner)) {
    const [loop] = caller.place.loops;
    if (loop?.form !== 'for' || !caller.receiver) continue;
    const object = program.text(caller.receiver);
    if (isOnlyUse(program, loop, object, caller)) return { caller, loop };
  }
  return undefined;
}

/** The method starts the table anew or cuts it. */
function isSetElsewhere(body: readonly Statement[], assign: AssignStatement, name: string): boolean {
  for (const { node } of walk(body)) {
    if (node.kind === 'assign' && node !== assign && node.targets.some((target) => isName(target, name))) return true;
  }
  return mayEmpty(body, name);
}

/** The loop makes the object before, and does nothing with it but this call. */
function isOnlyUse(program: Program, loop: Loop, object: string, caller: Call): boolean {
  const inLoop = program.text(loop).split(object).length - 1;
  return inLoop === 1 && contains(loop, caller.node);
}

/** The accumulator is one of the parts that the call puts together along the rows. */
function grows(program: Program, call: Call, name: string): Growth['library'] | undefined {
  const [first, second] = call.node.args;
  if (call.name === 'pandas.concat') {
    const axis = call.constantArgument('axis');
    const isByRows = axis.kind === 'absent' || (axis.kind === 'known' && (axis.value === 0 || axis.value === 'index'));
    return isByRows && holds(first?.value, name) ? 'pandas' : undefined;
  }
  if (NUMPY.test(call.name ?? '')) {
    const isAppend = call.name === 'numpy.append';
    const isHeld = isAppend ? isName(first?.value, name) && second !== undefined : holds(first?.value, name);
    return isHeld ? 'numpy' : undefined;
  }
  return isFrameAppend(program, call, name) ? 'pandas' : undefined;
}

/** `table = table.append(part, ignore_index=True)` of pandas before 2; lists return nothing, so only frames are assigned to. */
function isFrameAppend(program: Program, call: Call, name: string): boolean {
  if (methodName(call) !== 'append' || !isName(call.receiver ?? callee(call.node), name)) return false;
  if (call.node.args.some((argument) => argument.name === 'ignore_index')) return true;
  const receiver = call.receiver ?? callee(call.node);
  return (
    receiver !== undefined &&
    program.values(receiver).some((value) => value.kind === 'instance' && value.type === 'pandas.DataFrame')
  );
}

function callee(node: CallExpression): Expression | undefined {
  return node.callee.kind === 'attribute' ? node.callee.object : undefined;
}

function holds(parts: Expression | undefined, name: string): boolean {
  return parts?.kind === 'sequence' && parts.elements.length > 1 && parts.elements.some((part) => isName(part, name));
}

function isName(expression: Expression | undefined, name: string): boolean {
  return expression !== undefined && holderName(expression) === name;
}

/** `table`, `self.table`. */
function holderName(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  const isOwn =
    expression.kind === 'attribute' && expression.object.kind === 'name' && expression.object.name === 'self';
  return isOwn ? `self.${expression.name}` : undefined;
}

function reads(value: Expression, name: string): boolean {
  for (const { node } of walkFrom([{ kind: 'expression', node: value }])) {
    if ((node.kind === 'name' || node.kind === 'attribute') && isName(node, name)) return true;
  }
  return false;
}

/** `self.flush()` in the loop may empty what the object holds. */
function mayEmpty(body: readonly Statement[], name: string): boolean {
  if (!name.startsWith('self.')) return false;
  for (const { node } of walk(body)) {
    if (node.kind === 'call' && holderName(node.callee) !== undefined && node.callee.kind === 'attribute') return true;
  }
  return false;
}

/** The loop sets the variable anew before it grows, or cuts it to a window. */
function isReset(statements: readonly Statement[], assign: AssignStatement, name: string, loop: Loop): boolean {
  const outer = statements.find(({ start, end }) => start === loop.start && end === loop.end);
  if (outer?.kind !== 'for' || (outer.target && readNames(outer.target).includes(name))) return true;
  if (mayEmpty(outer.body, name)) return true;
  for (const { node } of walk(outer.body)) {
    if (node.kind !== 'assign' || node === assign || node.value === undefined) continue;
    if (!node.targets.some((target) => isName(target, name))) continue;
    if (reads(node.value, name)) {
      if (shortens(node.value)) return true;
      continue;
    }
    // The first turn begins in another branch: `if table is None: table = part`.
    const isOtherBranch = statements.some(
      (statement) => (statement.kind === 'if' || statement.kind === 'try') && contains(statement, node),
    );
    if (!isOtherBranch) return true;
  }
  return false;
}

/** `table[-100:]`, `table.tail(100)`: a window that slides. */
function shortens(value: Expression): boolean {
  for (const { node } of walkFrom([{ kind: 'expression', node: value }])) {
    if (node.kind === 'attribute' && /^(tail|head|iloc|loc|nlargest|nsmallest|sample|drop\w*)$/.test(node.name))
      return true;
    if (node.kind === 'operation' && node.operator === 'slice') return true;
  }
  return false;
}
