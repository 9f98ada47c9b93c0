import type { Expression, MappingExpression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { HOLE } from '../../src/core/workspace/textWithHoles.ts';
import { writtenSource } from './writtenSource.ts';

export { HOLE };

/**
 * Constant text of a prompt or of a list of messages, with a hole for what varies. `undefined` where instructions may hide:
 * an unknown list, an unknown system message, or parts other than text (images, audio, files).
 */
export function promptText(expression: Expression, program: Program): string | undefined {
  const constant = program.constant(expression);
  if (constant.kind === 'known') return typeof constant.value === 'string' ? constant.value : undefined;
  if (expression.kind === 'sequence') return joined(expression.elements, program);
  if (expression.kind === 'mapping') return messageText(expression, program);
  if (expression.kind === 'template' || expression.kind === 'operation') return varyingText(expression, program);
  const [value, ...others] = program.values(expression);
  if (value?.kind === 'collection' && others.length === 0 && value.node !== expression) {
    return promptText(value.node, program);
  }
  const source = writtenSource(expression, program);
  return source.kind === 'template' || source.kind === 'operation' ? varyingText(source, program) : undefined;
}

function joined(elements: readonly Expression[], program: Program): string | undefined {
  const texts: string[] = [];
  for (const element of elements) {
    const text = promptText(element, program);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts.join('\n');
}

/** `{ role, content }`, `{ text }`, `{ parts: [{ text }] }`. What the user says may vary; what the system says may not. */
function messageText({ entries }: MappingExpression, program: Program): string | undefined {
  const entryOf = (key: string): Expression | undefined => entries.find((entry) => entry.key === key)?.value;
  if (entries.some(({ isSpread }) => isSpread)) return undefined;
  const content = entryOf('content') ?? entryOf('parts') ?? entryOf('text');
  const type = entryOf('type');
  const kind = type && program.constant(type);
  if (!content || (kind?.kind === 'known' && !/text|message/.test(String(kind.value)))) return undefined;
  const text = promptText(content, program);
  if (text !== undefined) return text;
  const role = entryOf('role');
  const speaker = role && program.constant(role);
  const isUser = speaker?.kind === 'known' && speaker.value === 'user';
  return isUser && content.kind !== 'sequence' ? HOLE : undefined;
}

/** Template or sum: constants as they are, `HOLE` for the rest. */
function varyingText(expression: Expression, program: Program): string | undefined {
  if (expression.kind === 'template') {
    return expression.parts
      .map((part) => (typeof part === 'string' ? part : (constantText(part, program) ?? HOLE)))
      .join('');
  }
  if (expression.kind !== 'operation' || expression.operator !== '+') return undefined;
  return expression.operands.map((part) => constantText(part, program) ?? varyingText(part, program) ?? HOLE).join('');
}

function constantText(expression: Expression, program: Program): string | undefined {
  const constant = program.constant(expression);
  return constant.kind === 'known' && typeof constant.value === 'string' ? constant.value : undefined;
}
