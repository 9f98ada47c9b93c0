import type { Span } from '../text/span.ts';
import type { Statement } from './statement.ts';

export type Language = 'python' | 'typescript' | 'tsx' | 'javascript';

/** A comment with its delimiters, as in the source. */
export interface Comment extends Span {
  readonly text: string;
}

/** One file (or notebook) lowered to the program model's statements. */
export interface SourceModule {
  readonly language: Language;
  readonly text: string;
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  /** Names of functions that the template around the script calls on events: `@click="run"`. */
  readonly handlers?: readonly string[];
  /** True when the parser met text it could not understand; the rest is still analysed. */
  readonly hasSyntaxErrors: boolean;
  /** Place of the first one. */
  readonly syntaxError?: Span;
}
