import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { enclosing } from './enclosing.ts';
import { boundNames } from './expressionNames.ts';

const LONGEST_WAY = 4;

/** The expression that a variable holds, where exactly one assignment in its scope gives it; anything else as it is. */
export function writtenSource(expression: Expression, program: Program): Expression {
  let current = expression;
  for (let step = 0; step < LONGEST_WAY; step++) {
    if (current.kind === 'await') current = current.value;
    if (current.kind !== 'name') return current;
    const source = onlyAssignment(current.name, scopeBody(current, current.name, program));
    if (!source) return current;
    current = source;
  }
  return current;
}

/** Statements of the innermost function that binds the name, else of the module; none where the name is a parameter. */
function scopeBody(place: Expression, name: string, { module }: Program): readonly Statement[] {
  const { functions } = enclosing(module, place);
  for (const definition of functions.toReversed()) {
    if (isParameter(definition, name)) return [];
    if (boundNames(definition).has(name)) return definition.body;
  }
  return module.body;
}

function isParameter({ parameters }: FunctionDefinition, name: string): boolean {
  return parameters.some(({ target }) => target.kind === 'name' && target.name === name);
}

function onlyAssignment(name: string, body: readonly Statement[]): Expression | undefined {
  let found: Expression | undefined;
  for (const { node } of walk(body)) {
    if (node.kind === 'assignment' && node.target.kind === 'name' && node.target.name === name) return undefined;
    if (node.kind === 'for' && node.target?.kind === 'name' && node.target.name === name) return undefined;
    if (node.kind !== 'assign' || !node.targets.some((target) => target.kind === 'name' && target.name === name))
      continue;
    if (found || node.operator !== '=' || !node.value) return undefined;
    found = node.value;
  }
  return found;
}
