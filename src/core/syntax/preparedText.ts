import type { Comment, Language } from '../ir/sourceModule.ts';
import { withoutCommentRuns } from './commentRuns.ts';
import { withoutLooseAmpersands } from './looseAmpersands.ts';

/** What the parser gets in place of a text: as long, with the same lines, without what a grammar cannot read well. */
export interface PreparedText {
  readonly text: string;
  /** Comments that the parser is not shown. */
  readonly comments: readonly Comment[];
}

export function preparedText(language: Language, text: string): PreparedText {
  switch (language) {
    case 'python':
      return withoutCommentRuns(text);
    case 'tsx':
    case 'javascript':
      return { text: withoutLooseAmpersands(text), comments: [] };
    case 'typescript':
      return { text, comments: [] };
  }
}
