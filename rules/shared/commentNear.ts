import type { Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';

/** True when a comment on the lines of the place or up to `lines` lines around it matches: the author says why. */
export function hasCommentNear(program: Program, place: Span, lines: number, pattern: RegExp): boolean {
  const { text, comments } = program.module;
  return comments.some((comment) => {
    const between =
      comment.end <= place.start ? text.slice(comment.end, place.start) : text.slice(place.end, comment.start);
    return countLines(between) <= lines && pattern.test(comment.text);
  });
}

function countLines(text: string): number {
  return text.split(/\r\n|\n|\r/).length - 1;
}
