import type { Edit } from '../engine/rule.ts';
import { indentationAt, isFirstOnLine, lineBreakOf, lineEnd } from '../text/layout.ts';
import type { Span } from '../text/span.ts';
import { listTail } from './listTail.ts';

/**
 * Edits that append an element to a bracketed, comma-separated list in the layout it has: on the same line, or on a line
 * of its own with the indentation of the last element, with a trailing comma where there was one. `list` includes the brackets.
 */
export function insertElement(text: string, list: Span, last: Span | undefined, element: string): readonly Edit[] {
  const close = list.end - 1;
  if (last === undefined) return [firstElement(text, list, element)];
  const tail = listTail(text, last.end, close);
  const ownLine = isFirstOnLine(text, last.start) && text.slice(list.start, last.start).trim() !== '';
  if (!ownLine) {
    if (tail.afterComma === undefined) return [insertion(tail.end, `, ${element}`)];
    return [insertion(tail.afterComma, ` ${element}`)];
  }
  const newLine = lineBreakOf(text.slice(list.start)) + indentationAt(text, last.start);
  const closesOnSameLine = lineEnd(text, tail.afterComma ?? tail.end) >= close;
  if (closesOnSameLine) {
    return [insertion(tail.afterComma ?? tail.end, `${tail.afterComma === undefined ? ',' : ''}${newLine}${element}`)];
  }
  // A comment after the last element stays with it.
  const lineOfLast = insertion(
    lineEnd(text, tail.afterComma ?? tail.end),
    `${newLine}${element}${tail.afterComma === undefined ? '' : ','}`,
  );
  return tail.afterComma === undefined ? [insertion(tail.end, ','), lineOfLast] : [lineOfLast];
}

function firstElement(text: string, list: Span, element: string): Edit {
  const inside = { start: list.start + 1, end: list.end - 1 };
  const isEmpty = text.slice(inside.start, inside.end).trim() === '';
  return isEmpty ? { span: inside, text: element } : insertion(inside.start, element);
}

function insertion(offset: number, text: string): Edit {
  return { span: { start: offset, end: offset }, text };
}
