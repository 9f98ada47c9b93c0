import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk, walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { readNames } from '../shared/expressionNames.ts';

/** A tensor that lives longer than the function and is replaced by a longer copy of itself. */
export interface ReplacedTensor {
  readonly call: Call;
  readonly owner: FunctionDefinition;
  /** As it is written: `this.xs`. */
  readonly holder: string;
}

const KEEP = '@tensorflow/tfjs.keep';
const CONCAT = '@tensorflow/tfjs.concat';

/**
 * `this.xs = tf.keep(this.xs.concat(x))`: samples that are collected one by one. The tensor before is neither kept nor disposed of,
 * whatever scope is around, and a copy of a copy grows with every call.
 */
export function replacedTensors(program: Program): readonly ReplacedTensor[] {
  return program.calls.flatMap((call): readonly ReplacedTensor[] => {
    const owner = call.place.function;
    if (!owner || (call.name !== KEEP && call.name !== CONCAT)) return [];
    const statement = program.statement(call.node);
    const [target, ...others] = statement?.kind === 'assign' ? statement.targets : [];
    if (statement?.kind !== 'assign' || statement.value !== call.node || !target || others.length > 0) return [];
    const holder = program.text(target);
    if (!outlives(target, owner) || !appendsTo(call, holder, program) || isFreed(holder, owner, program)) return [];
    return [{ call, owner, holder }];
  });
}

/** A field, or a variable from outside of the function. */
function outlives(target: Expression, owner: FunctionDefinition): boolean {
  if (target.kind === 'attribute') return target.object.kind === 'name' && target.object.name === 'this';
  return target.kind === 'name' && !isDeclaredIn(owner, target.name);
}

function isDeclaredIn({ parameters, body }: FunctionDefinition, name: string): boolean {
  if (parameters.some(({ target }) => readNames(target).includes(name))) return true;
  for (const { node } of walk(body)) {
    if (node.kind !== 'assign' || node.declaration === undefined) continue;
    if (node.targets.some((target) => readNames(target).includes(name))) return true;
  }
  return false;
}

/** `tf.concat([holder, x])` or `holder.concat(x)`, the latter inside `tf.keep`, which takes tensors only. */
function appendsTo(call: Call, holder: string, program: Program): boolean {
  const isHolder = (part: Expression | undefined): boolean => part !== undefined && program.text(part) === holder;
  const [first] = call.node.args;
  if (call.name === CONCAT) return first?.value.kind === 'sequence' && first.value.elements.some(isHolder);
  if (first?.value.kind !== 'call') return false;
  const { callee } = first.value;
  if (callee.kind === 'attribute' && callee.name === 'concat' && isHolder(callee.object)) return true;
  const inner = program.callOf(first.value);
  return inner?.name === CONCAT && appendsTo(inner, holder, program);
}

/** Something in the function disposes of the old tensor, by its name or by that of a copy (`const old = this.xs`). */
function isFreed(holder: string, owner: FunctionDefinition, program: Program): boolean {
  const names = new Set([holder]);
  const freed = new Set<string>();
  for (const { node } of walk(owner.body)) {
    if (node.kind === 'assign' && node.value && program.text(node.value) === holder)
      for (const target of node.targets) names.add(program.text(target));
    if (node.kind !== 'call') continue;
    const { callee, args } = node;
    if (callee.kind === 'attribute' && callee.name === 'dispose') {
      freed.add(program.text(callee.object));
      for (const { node: part } of walkFrom(args.map(({ value }) => ({ kind: 'expression' as const, node: value }))))
        freed.add(program.text(part));
    }
  }
  return [...names].some((name) => freed.has(name));
}
