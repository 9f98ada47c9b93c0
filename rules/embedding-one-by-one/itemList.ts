import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { CollectingLoop } from './collectingLoop.ts';
import type { ListProof } from './listProof.ts';

/**
 * The list of all items in source text: `texts` where that is proved to be a list, `list(texts)`, `[d.text for d in docs]`;
 * `docs.map((d) => d.text)`, `Array.from(docs, (d) => d.text)`. `undefined` where the item cannot move.
 */
export function itemList(
  loop: CollectingLoop,
  item: Expression,
  proof: ListProof,
  program: Program,
): string | undefined {
  const target = program.text(loop.target);
  const text = program.text(item);
  if (/[\r\n]/.test(text)) return undefined;
  const source = operand(loop.iterable, program);
  if (program.module.language === 'python') {
    if (text !== target) return `[${text} for ${target} in ${source}]`;
    return proof === 'none'
      ? `list${source.startsWith('(') && source !== program.text(loop.iterable) ? source : `(${source})`}`
      : source;
  }
  // What has a `map` already is mapped the same way again.
  const isArray = proof !== 'none' || loop.output === undefined;
  if (text === target) return isArray ? source : `Array.from(${source})`;
  const parameter = `(${target}) => ${item.kind === 'mapping' ? `(${text})` : text}`;
  return isArray ? `${source}.map(${parameter})` : `Array.from(${source}, ${parameter})`;
}

/** In parentheses unless it binds tighter than anything around it. */
function operand(expression: Expression, program: Program): string {
  const text = program.text(expression);
  const isTight =
    ['name', 'attribute', 'call', 'subscript'].includes(expression.kind) ||
    (expression.kind === 'sequence' && expression.form === 'list') ||
    (expression.kind === 'comprehension' && /^[([{]/.test(text));
  return isTight ? text : `(${text})`;
}
