import type { Comment } from '../ir/sourceModule.ts';
import { nonCodeRegions } from '../text/nonCodeRegions.ts';
import type { PreparedText } from './preparedText.ts';

/** Runs of fewer comment lines cost the parser nothing that anyone notices. */
const SHORTEST_RUN = 30;
const COMMENT_RUN = new RegExp(`(?:^[ \\t]*#[^\\r\\n]*(?:\\r\\n?|\\n)){${SHORTEST_RUN}}`, 'm');

/**
 * Blanks long runs of comment lines in Python. The grammar's scanner looks past all comment lines that follow to find the next
 * indentation, and does so again at each of them: 4,000 commented-out lines take it many seconds, as many blank ones a millisecond.
 */
export function withoutCommentRuns(text: string): PreparedText {
  if (!COMMENT_RUN.test(text)) return { text, comments: [] };
  const comments: Comment[] = [];
  const pieces: string[] = [];
  let kept = 0;
  for (const region of nonCodeRegions(text, 'python')) {
    if (region.kind !== 'comment' || !isAlone(text, region.start)) continue;
    comments.push({ start: region.start, end: region.end, text: text.slice(region.start, region.end) });
    pieces.push(text.slice(kept, region.start), ' '.repeat(region.end - region.start));
    kept = region.end;
  }
  pieces.push(text.slice(kept));
  return { text: pieces.join(''), comments };
}

function isAlone(text: string, start: number): boolean {
  let before = start - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before--;
  return before < 0 || text[before] === '\n' || text[before] === '\r';
}
