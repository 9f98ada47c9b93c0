import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { flagDefault, type Scalar } from './flagDefault.ts';

/** Declarations of request parameters whose first argument is the default: `steps: int = Query(50)`. */
const DECLARES = /^(fastapi\.(\w+\.)*(Query|Form|Body)|pydantic\.(\w+\.)*Field)$/;

/**
 * What an expression holds where nobody says otherwise: the default of a parameter, of a flag of the command line, of a field
 * of a request, or of `options.get("steps", 50)`. `undefined` where the text gives none.
 */
export function writtenDefault(program: Program, expression: Expression): Scalar | undefined {
  const source =
    parameterDefault(program, expression) ?? fieldDefault(program, expression) ?? lookUpDefault(expression);
  if (!source) return flagDefault(program, expression);
  const call = source.kind === 'call' ? program.callOf(source) : undefined;
  const declared = call && DECLARES.test(call.name ?? '') ? declaredDefault(source) : source;
  const constant = declared && program.constant(declared);
  return constant?.kind === 'known' ? constant.value : undefined;
}

function parameterDefault(program: Program, expression: Expression): Expression | undefined {
  if (expression.kind !== 'name') return undefined;
  const owner = program.place(expression).function;
  return owner?.parameters.find(({ target }) => target.kind === 'name' && target.name === expression.name)
    ?.defaultValue;
}

/** `request.steps` where `request` is a parameter of a class of this file with `steps: int = 50`. */
function fieldDefault(program: Program, expression: Expression): Expression | undefined {
  if (expression.kind !== 'attribute' || expression.object.kind !== 'name') return undefined;
  const { name } = expression.object;
  const owner = program.place(expression).function;
  const parameter = owner?.parameters.find(({ target }) => target.kind === 'name' && target.name === name);
  const definition = program.classes.find((candidate) => candidate.name === parameter?.annotation?.trim());
  for (const statement of definition?.body ?? []) {
    const [target] = statement.kind === 'assign' ? statement.targets : [];
    if (statement.kind === 'assign' && target?.kind === 'name' && target.name === expression.name)
      return statement.value;
  }
  return undefined;
}

/** `data.get("steps", 50)`. */
function lookUpDefault(expression: Expression): Expression | undefined {
  if (expression.kind !== 'call' || expression.callee.kind !== 'attribute' || expression.callee.name !== 'get')
    return undefined;
  return expression.args.length === 2 ? expression.args[1]?.value : undefined;
}

function declaredDefault(source: Expression): Expression | undefined {
  if (source.kind !== 'call') return undefined;
  const [first] = source.args;
  return (
    source.args.find(({ name }) => name === 'default')?.value ?? (first?.name === undefined ? first?.value : undefined)
  );
}
