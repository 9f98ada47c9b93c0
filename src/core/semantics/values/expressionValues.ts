import type { AttributeExpression, Expression, LogicalExpression, NameExpression } from '../../ir/expression.ts';
import type { NameRead } from '../binding/boundModule.ts';
import { PYTHON_BUILTINS } from '../builtins.ts';
import { foldOperation } from '../constantFolding.ts';
import { enclosingClass } from '../context.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import { callValues } from './callValues.ts';
import { definitionValues } from './definitionValues.ts';
import { memberValues } from './memberValues.ts';
import { NothingAtEnd } from './nothing.ts';
import { partValues } from './parts.ts';
import { starValues } from './starValues.ts';
import { UNKNOWN_VALUES } from './unknown.ts';

/** What an expression can be, by the values of its parts. */
export function expressionValues(evaluator: Evaluator, node: Expression): readonly Value[] {
  switch (node.kind) {
    case 'literal':
      return [{ kind: 'constant', value: node.value, node }];
    case 'name':
      return nameValues(evaluator, node);
    case 'attribute':
      return attributeValues(evaluator, node);
    case 'subscript':
      return subscriptValues(evaluator, node.object, node.indices);
    case 'call':
      return callValues(evaluator, node);
    case 'await':
      return evaluator.values(node.value);
    case 'conditional':
      return [...evaluator.values(node.consequent), ...evaluator.values(node.alternate)];
    case 'logical':
      return logicalValues(evaluator, node);
    case 'assignment':
      return node.operator === '=' || node.operator === ':='
        ? evaluator.values(node.value)
        : [...evaluator.values(node.target), ...evaluator.values(node.value)];
    case 'function':
      return [{ kind: 'function', definition: node.definition }];
    case 'class':
      return [{ kind: 'class', definition: node.definition }];
    case 'sequence':
    case 'mapping':
    case 'comprehension':
      return [{ kind: 'collection', node }];
    case 'operation':
    case 'template':
      return [foldOperation(node, (part) => evaluator.values(part))];
    default:
      return UNKNOWN_VALUES;
  }
}

/** The left side where it decides, the right side where it does not, both where it may. */
function logicalValues(evaluator: Evaluator, node: LogicalExpression): readonly Value[] {
  const left = evaluator.values(node.left);
  const [value] = left;
  const constant = left.length === 1 && value?.kind === 'constant' ? value.value : undefined;
  if (constant === undefined)
    return [...(node.operator === 'and' ? UNKNOWN_VALUES : left), ...evaluator.values(node.right)];
  const goesOn =
    node.operator === 'nullish' ? constant === null : node.operator === 'and' ? Boolean(constant) : !constant;
  return goesOn ? evaluator.values(node.right) : left;
}

function nameValues(evaluator: Evaluator, node: NameExpression): readonly Value[] {
  if (node.name === 'this' && evaluator.bound.module.language !== 'python') return receiver(evaluator, node);
  const read = evaluator.bound.reads.get(node);
  if (!read) return UNKNOWN_VALUES;
  if (!read.binding) return unboundValues(evaluator, node.name);
  if (read.definitions.length === 0) return UNKNOWN_VALUES;
  return read.definitions.flatMap((definition) =>
    definition.kind === 'declared' && isUnset(evaluator, read)
      ? [{ kind: 'constant' as const, value: null, node: new NothingAtEnd(definition.span) }]
      : definitionValues(evaluator, definition),
  );
}

/** `let x; if (ready) x = …;`: a declaration that reaches the place leaves the variable undefined. */
function isUnset(evaluator: Evaluator, { isClosure, definitions }: NameRead): boolean {
  return !evaluator.isPython && !isClosure && definitions.length > 1;
}

function unboundValues(evaluator: Evaluator, name: string): readonly Value[] {
  if (!evaluator.isPython) return [{ kind: 'symbol', name: evaluator.apis.globals.get(name) ?? `globalThis.${name}` }];
  return PYTHON_BUILTINS.has(name) ? [{ kind: 'symbol', name: `builtins.${name}` }] : starValues(evaluator, name);
}

function receiver(evaluator: Evaluator, node: NameExpression): readonly Value[] {
  const info = evaluator.bound.infos.get(node);
  const definition = info && enclosingClass(info.context);
  return definition ? [{ kind: 'object', definition }] : UNKNOWN_VALUES;
}

function attributeValues(evaluator: Evaluator, node: AttributeExpression): readonly Value[] {
  return evaluator
    .values(node.object)
    .flatMap((value) =>
      hasMembers(evaluator, value) && isChanged(evaluator, node.object, value, node.name)
        ? UNKNOWN_VALUES
        : memberValues(evaluator, value, node.name),
    );
}

function subscriptValues(evaluator: Evaluator, object: Expression, indices: readonly Expression[]): readonly Value[] {
  const index = indices.length === 1 && indices[0] ? evaluator.values(indices[0]) : [];
  const key = index.length === 1 && index[0]?.kind === 'constant' ? index[0].value : undefined;
  if (typeof key !== 'string' && typeof key !== 'number') return UNKNOWN_VALUES;
  return evaluator.values(object).flatMap((value) => {
    if (value.kind !== 'collection' || isChanged(evaluator, object, value, String(key))) return UNKNOWN_VALUES;
    return partValues(evaluator, [value], [key]);
  });
}

/** Members of other collections are methods, which no code changes. */
function hasMembers(evaluator: Evaluator, value: Value): boolean {
  return value.kind === 'collection' && value.node.kind === 'mapping' && !evaluator.isPython;
}

/** An entry of a written-out mapping that code has changed since. */
function isChanged(evaluator: Evaluator, object: Expression, value: Value, key: string): boolean {
  return value.kind === 'collection' && evaluator.mutations.mayChange(object, key);
}
