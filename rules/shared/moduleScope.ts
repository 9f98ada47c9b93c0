import { bindsName } from '../../src/core/fixes/bindsName.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { SourceModule } from '../../src/core/ir/sourceModule.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import { indentationAt, lineStart } from '../../src/core/text/layout.ts';
import type { Span } from '../../src/core/text/span.ts';
import { enclosing } from './enclosing.ts';
import { boundNames, readNames } from './expressionNames.ts';

/** Offset at the start of the line where the top-level statement around a place begins, decorators included. */
export function topLevelOffset(module: SourceModule, place: Span): number | undefined {
  const [statement] = enclosing(module, place).statements;
  if (!statement) return undefined;
  const first = decoratorsStart(statement);
  // `export` is lowered to a statement of its own before the declaration that it exports.
  const start = lineStart(module.text, first);
  return indentationAt(module.text, first) === '' ? start : undefined;
}

function decoratorsStart(statement: Statement): number {
  if (statement.kind !== 'function' && statement.kind !== 'class') return statement.start;
  return Math.min(statement.start, ...statement.definition.decorators.map(({ start }) => start));
}

/** True when every name that the expression reads has the same meaning at module level, before the place. */
export function isReadableAtModuleLevel(module: SourceModule, expression: Expression): boolean {
  const { functions } = enclosing(module, expression);
  const local = new Set(functions.flatMap((definition) => [...boundNames(definition)]));
  return readNames(expression).every(
    (name) => !local.has(name) && name !== 'this' && name !== 'self' && name !== 'arguments',
  );
}

/** The first of the names, then numbered ones, that nothing in the file binds. */
export function freeName(module: SourceModule, wanted: string): string {
  const isTaken = (name: string): boolean => bindsName(module, name, () => false);
  if (!isTaken(wanted)) return wanted;
  let number = 2;
  while (isTaken(`${wanted}${number}`)) number++;
  return `${wanted}${number}`;
}
