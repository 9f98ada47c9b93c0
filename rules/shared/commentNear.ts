import type { Comment } from '../../src/core/ir/sourceModule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { lineEnd, lineStart, nextLineStart } from '../../src/core/text/layout.ts';
import { contains, type Span } from '../../src/core/text/span.ts';

/** True when a comment on the lines of the place or up to `lines` lines around it matches: the author says why. */
export function hasCommentNear(program: Program, place: Span, lines: number, pattern: RegExp): boolean {
  const { text } = program.module;
  let start = lineStart(text, place.start);
  let end = lineEnd(text, place.end);
  for (let count = 0; count < lines; count++) {
    start = lineStart(text, Math.max(0, text.startsWith('\r\n', start - 2) ? start - 2 : start - 1));
    end = lineEnd(text, nextLineStart(text, end));
  }
  return commentsBetween(program, start, end).some((comment) => pattern.test(comment.text));
}

/** Comments inside a place. */
export function commentsIn(program: Program, place: Span): readonly Comment[] {
  return commentsBetween(program, place.start, place.end).filter((comment) => contains(place, comment));
}

/** Comments that touch a stretch of the text; they are in source order, so that the first is found by bisection. */
function commentsBetween({ module: { comments } }: Program, start: number, end: number): readonly Comment[] {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.end ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Comment[] = [];
  for (let index = low; index < comments.length; index++) {
    const comment = comments[index];
    if (!comment || comment.start > end) break;
    found.push(comment);
  }
  return found;
}
