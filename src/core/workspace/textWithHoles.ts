import type { Expression } from '../ir/expression.ts';
import type { BoundModule } from '../semantics/binding/boundModule.ts';
import type { Evaluator } from '../semantics/evaluator.ts';

/** Stands for what varies in a text. */
export const HOLE = '\uFFFC';
/** A longer text is no short instruction, and summaries stay small. */
const LONGEST = 600;

/**
 * Constant text of a template, or of the variable that always holds one, with a hole for what varies: what other files can be told
 * of a prompt. `undefined` for anything else and for long texts.
 */
export function textWithHoles(expression: Expression, bound: BoundModule, evaluator: Evaluator): string | undefined {
  const source = sourceOf(expression, bound);
  if (source.kind !== 'template') return undefined;
  const text = source.parts.map((part) => (typeof part === 'string' ? part : constantOf(part, evaluator))).join('');
  return text.length <= LONGEST && text.replaceAll(HOLE, '').trim() !== '' ? text : undefined;
}

function sourceOf(expression: Expression, bound: BoundModule): Expression {
  if (expression.kind !== 'name') return expression;
  const [definition, ...others] = bound.reads.get(expression)?.definitions ?? [];
  const isPlain = definition?.kind === 'assign' && definition.path.length === 0 && others.length === 0;
  return isPlain ? definition.value : expression;
}

function constantOf(part: Expression, evaluator: Evaluator): string {
  const [value, ...others] = evaluator.values(part);
  return value?.kind === 'constant' && others.length === 0 ? String(value.value) : HOLE;
}
