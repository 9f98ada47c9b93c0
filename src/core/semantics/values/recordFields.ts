import type { ClassDefinition } from '../../ir/definition.ts';
import type { CallExpression, Expression } from '../../ir/expression.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Value } from '../value.ts';
import { UNKNOWN_VALUE, UNKNOWN_VALUES } from './unknown.ts';

/** Decorators and bases whose constructor takes the class-level fields, in their order and by keyword. */
const RECORD_DECORATORS =
  /^(dataclasses\.dataclass|pydantic\.dataclasses\.dataclass|attrs?\.(s|define|frozen|mutable|dataclass)|attr\.attrs|chex\.dataclass)$/;
const RECORD_BASES = /^(pydantic(\.main)?\.BaseModel|typing\.NamedTuple|msgspec\.Struct|sqlmodel\.SQLModel)$/;
/** Their fields come from the environment, whatever the constructor is given. */
const SETTINGS_BASES = /^(pydantic|pydantic_settings)(\.\w+)*\.BaseSettings$/;
const FIELD = /^(dataclasses\.field|pydantic(\.fields)?\.Field|attrs?\.(field|ib))$/;

/**
 * Field of a dataclass and the like: what the constructor was given, else the default. `undefined` where the class is no such
 * record or has no such field.
 */
export function recordField(
  evaluator: Evaluator,
  { definition, call }: Value & { kind: 'object' },
  name: string,
): readonly Value[] | undefined {
  const form = recordForm(evaluator, definition);
  if (form === undefined) return undefined;
  const fields = fieldsOf(definition);
  const index = fields.findIndex((field) => field.name === name);
  const field = fields[index];
  if (!field) return undefined;
  const own = field.value ? defaultOf(evaluator, field.value) : UNKNOWN_VALUES;
  // Through `self` nothing tells how the object was made.
  if (form === 'settings' || !call) return [...own, UNKNOWN_VALUE];
  const isInherited = definition.bases.some((base) => evaluator.values(base).some(({ kind }) => kind === 'class'));
  const given = argumentFor(call, name, isInherited ? undefined : index);
  if (given === 'unknown') return [...own, UNKNOWN_VALUE];
  return given ? evaluator.values(given) : own;
}

function recordForm(evaluator: Evaluator, definition: ClassDefinition): 'record' | 'settings' | undefined {
  const decorators = definition.decorators.map(({ expression }) =>
    evaluator.qualifiedName(expression.kind === 'call' ? expression.callee : expression),
  );
  if (decorators.some((name) => name !== undefined && RECORD_DECORATORS.test(name))) return 'record';
  const bases = evaluator.libraryBases(definition);
  if (bases.some((base) => SETTINGS_BASES.test(base))) return 'settings';
  return bases.some((base) => RECORD_BASES.test(base)) ? 'record' : undefined;
}

/** Annotated names of the class body, which are its fields. */
function fieldsOf({ body }: ClassDefinition): readonly { readonly name: string; readonly value?: Expression }[] {
  return body.flatMap((statement) => {
    if (statement.kind !== 'assign' || statement.annotation === undefined) return [];
    const [target] = statement.targets;
    if (target?.kind !== 'name' || /\bClassVar\b/.test(statement.annotation)) return [];
    return [{ name: target.name, ...(statement.value ? { value: statement.value } : {}) }];
  });
}

/** `field(default="m")` and `Field("m")` hold their default. */
function defaultOf(evaluator: Evaluator, value: Expression): readonly Value[] {
  if (value.kind !== 'call' || !FIELD.test(evaluator.calleeName(value) ?? '')) return evaluator.values(value);
  const [first] = value.args;
  const named = value.args.find((argument) => argument.name === 'default');
  const given = named ?? (first?.name === undefined ? first : undefined);
  return given && !given.spread ? evaluator.values(given.value) : UNKNOWN_VALUES;
}

function argumentFor(
  { args }: CallExpression,
  name: string,
  index: number | undefined,
): Expression | 'unknown' | undefined {
  const named = args.find((argument) => argument.name === name);
  if (named) return named.value;
  if (args.some(({ spread }) => spread !== undefined)) return 'unknown';
  const positional = args.filter((argument) => argument.name === undefined);
  if (index === undefined) return positional.length > 0 ? 'unknown' : undefined;
  return positional[index]?.value;
}
