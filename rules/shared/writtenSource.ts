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
    const source = onlyAssignments(scopeBody(current, current.name, program), program).get(current.name);
    if (!source) return current;
    current = source;
  }
  return current;
}

/** Statements of the innermost function that binds the name, else of the module; none where the name is a parameter. */
function scopeBody(place: Expression, name: string, program: Program): readonly Statement[] {
  const { functions } = enclosing(program.module, place);
  const known = program.once(namesByFunction);
  for (const definition of functions.toReversed()) {
    if (isParameter(definition, name)) return [];
    const bound = known.get(definition) ?? boundNames(definition);
    known.set(definition, bound);
    if (bound.has(name)) return definition.body;
  }
  return program.module.body;
}

function namesByFunction(): Map<FunctionDefinition, ReadonlySet<string>> {
  return new Map();
}

function isParameter({ parameters }: FunctionDefinition, name: string): boolean {
  return parameters.some(({ target }) => target.kind === 'name' && target.name === name);
}

type Assignments = ReadonlyMap<string, Expression | undefined>;

/** What each name of a body holds; `undefined` where more than one assignment, or another than a plain one, gives it. */
function onlyAssignments(body: readonly Statement[], program: Program): Assignments {
  const known = program.once(assignmentsByBody);
  const assignments = known.get(body) ?? findAssignments(body);
  known.set(body, assignments);
  return assignments;
}

function assignmentsByBody(): Map<readonly Statement[], Assignments> {
  return new Map();
}

function findAssignments(body: readonly Statement[]): Assignments {
  const found = new Map<string, Expression | undefined>();
  for (const { node } of walk(body)) {
    if (node.kind === 'assignment' && node.target.kind === 'name') found.set(node.target.name, undefined);
    if (node.kind === 'for' && node.target?.kind === 'name') found.set(node.target.name, undefined);
    if (node.kind !== 'assign') continue;
    const source = node.operator === '=' ? node.value : undefined;
    for (const target of node.targets) {
      if (target.kind === 'name') found.set(target.name, found.has(target.name) ? undefined : source);
    }
  }
  return found;
}
