import type { CallExpression, Expression, MappingExpression } from '../ir/expression.ts';
import type { ApiEntry } from './apiEntry.ts';
import type { Evaluator } from './evaluator.ts';
import { ABSENT, type Fact, known, UNKNOWN } from './fact.ts';

/**
 * Finds the argument that a parameter receives. A dotted parameter (`options.dtype`) is a property of the mapping that the first
 * part receives. Anything that may carry the argument unseen, such as an unreadable spread, makes the answer `unknown`.
 */
export function bindArgument(
  call: CallExpression,
  parameter: string,
  api: ApiEntry | undefined,
  evaluator: Evaluator,
): Fact<Expression> {
  const [head = parameter, ...path] = parameter.split('.');
  let found = directArgument(call, head, api, evaluator);
  for (const key of path) {
    if (found.kind !== 'known') return found;
    found = property(found.value, key, evaluator);
  }
  return found;
}

function directArgument(
  call: CallExpression,
  name: string,
  api: ApiEntry | undefined,
  evaluator: Evaluator,
): Fact<Expression> {
  const named = call.args.find((argument) => argument.name === name);
  if (named) return known(named.value);
  const byPosition = positional(call, name, api);
  if (byPosition.kind === 'known') return byPosition;
  for (const argument of call.args) {
    if (argument.spread !== 'keyword') continue;
    const inSpread = property(argument.value, name, evaluator);
    if (inSpread.kind !== 'absent') return inSpread;
  }
  return byPosition;
}

function positional(call: CallExpression, name: string, api: ApiEntry | undefined): Fact<Expression> {
  const keywordOnly = api?.parameters.indexOf('*') ?? -1;
  const index = api?.parameters.indexOf(name) ?? -1;
  if (index < 0 || (keywordOnly >= 0 && index > keywordOnly)) return ABSENT;
  let position = 0;
  for (const argument of call.args) {
    // What a spread holds may fill any place from here on.
    if (argument.spread === 'positional') return UNKNOWN;
    if (argument.name !== undefined || argument.spread !== undefined) continue;
    if (position === index) return known(argument.value);
    position++;
  }
  return ABSENT;
}

/** `dict(base, key=…)`: keywords win over the mapping that it copies. */
function dictEntry(call: CallExpression, key: string, evaluator: Evaluator): Fact<Expression> {
  const own = directArgument(call, key, undefined, evaluator);
  if (own.kind !== 'absent') return own;
  const [base] = call.args.filter((argument) => argument.name === undefined && argument.spread === undefined);
  return base ? property(base.value, key, evaluator) : ABSENT;
}

/** A property of an expression that should hold a mapping: a literal, a variable that always holds one, or nothing. */
function property(expression: Expression, key: string, evaluator: Evaluator): Fact<Expression> {
  if (evaluator.mutations.mayChange(expression, key)) return UNKNOWN;
  const values = evaluator.values(expression);
  const [value] = values;
  if (values.length !== 1 || !value) return UNKNOWN;
  if (value.kind === 'constant') return value.value === null ? ABSENT : UNKNOWN;
  if (value.kind === 'instance' && value.type === 'builtins.dict()' && value.call)
    return dictEntry(value.call, key, evaluator);
  if (value.kind !== 'collection' || value.node.kind !== 'mapping') return UNKNOWN;
  // A function may have filled in what it returns.
  if (evaluator.mutations.mayChangeIn(value.node, key)) return UNKNOWN;
  return entry(value.node, key, evaluator);
}

function entry(mapping: MappingExpression, key: string, evaluator: Evaluator): Fact<Expression> {
  for (const candidate of mapping.entries.toReversed()) {
    if (candidate.key === key) return known(candidate.value);
    if (candidate.isSpread) {
      const inSpread = property(candidate.value, key, evaluator);
      if (inSpread.kind !== 'absent') return inSpread;
      continue;
    }
    if (candidate.key === undefined) return UNKNOWN;
  }
  return ABSENT;
}
