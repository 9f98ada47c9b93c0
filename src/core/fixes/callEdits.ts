import type { Edit } from '../engine/rule.ts';
import type { Argument, CallExpression, MappingExpression } from '../ir/expression.ts';
import type { Language } from '../ir/sourceModule.ts';
import type { Span } from '../text/span.ts';
import { insertElement } from './insertElement.ts';
import { listTail } from './listTail.ts';

/** Edits that append an argument, written out (`torch_dtype="auto"`), to a call. `source` is the module's text. */
export function insertArgument(call: CallExpression, argument: string, source: string): readonly Edit[] {
  if (call.argsSpan.end <= call.argsSpan.start) {
    return [{ span: { start: call.end, end: call.end }, text: `(${argument})` }];
  }
  const last = call.args.at(-1);
  if (call.args.length === 1 && last && isBareGenerator(call, last, source)) {
    const close = call.argsSpan.end - 1;
    return [
      { span: { start: call.argsSpan.start + 1, end: call.argsSpan.start + 1 }, text: '(' },
      { span: { start: close, end: close }, text: `), ${argument}` },
    ];
  }
  return insertElement(source, call.argsSpan, last, argument);
}

/** Edits that append an entry, written out, to a dict display or object literal. */
export function insertProperty(
  mapping: MappingExpression,
  entry: string,
  source: string,
  language: Language,
): readonly Edit[] {
  const isEmpty = mapping.entries.length === 0;
  const padded = isEmpty && language !== 'python' ? ` ${entry} ` : entry;
  return insertElement(source, mapping, mapping.entries.at(-1), padded);
}

/** Replaces the value of an argument and keeps its keyword. */
export function replaceArgument(argument: Argument, value: string): Edit {
  return { span: { start: argument.value.start, end: argument.value.end }, text: value };
}

/** Removes an argument together with one of the commas around it; `undefined` where a comment would go with it. */
export function removeArgument(call: CallExpression, argument: Argument, source: string): Edit | undefined {
  const span = removedSpan(call, argument, source);
  // A string that looks like a comment only keeps the argument.
  return span && !/#|\/\/|\/\*/.test(source.slice(span.start, span.end)) ? { span, text: '' } : undefined;
}

function removedSpan(call: CallExpression, argument: Argument, source: string): Span | undefined {
  const index = call.args.indexOf(argument);
  const next = call.args[index + 1];
  const previous = call.args[index - 1];
  if (index < 0) return undefined;
  if (next) return { start: argument.start, end: next.start };
  const tail = listTail(source, argument.end, call.argsSpan.end - 1);
  if (!previous) return { start: argument.start, end: tail.afterComma ?? tail.end };
  const before = listTail(source, previous.end, argument.start);
  return { start: before.end, end: tail.end };
}

/** `f(x for x in y)`: a second argument is allowed only after the generator got parentheses of its own. */
function isBareGenerator(call: CallExpression, argument: Argument, source: string): boolean {
  if (argument.value.kind !== 'comprehension' || argument.value.form !== 'generator' || argument.name) return false;
  const sharesParentheses = argument.value.start <= call.argsSpan.start;
  if (sharesParentheses) return true;
  return (
    source[argument.value.start] !== '(' && !listTail(source, argument.value.end, call.argsSpan.end - 1).isParenthesised
  );
}
