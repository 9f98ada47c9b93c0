import type { FunctionDefinition } from '../ir/definition.ts';
import type { Expression } from '../ir/expression.ts';
import type { Span } from '../text/span.ts';
import type { ExternalLoop, ExternalStep } from '../workspace/linkFacts.ts';

/** A loop around a place, innermost first. Comprehensions and callbacks of `map`/`forEach` count as loops. */
export interface Loop extends Span {
  readonly form: 'for' | 'while' | 'comprehension' | 'callback';
  /** Span of the loop's head, for "loop starts here". */
  readonly head: Span;
  readonly target?: Expression;
  readonly iterable?: Expression;
  /** Most turns that it takes, where the text proves it. */
  readonly tripCount?: number;
  /**
   * `messages`: waits for what a broker or queue delivers; `frames`: reads a camera or video; `retry`: breaks or returns after success;
   * `interactive`: reads user input; `singlePass`: leaves in its first turn.
   */
  readonly purpose:
    | 'items'
    | 'epochs'
    | 'batches'
    | 'messages'
    | 'frames'
    | 'retry'
    | 'interactive'
    | 'singlePass'
    | 'unknown';
}

/** What calls the code of a place again and again. */
export interface EntryPoint extends Span {
  readonly kind: 'request' | 'render' | 'rerun' | 'frame' | 'event' | 'message' | 'row';
  /** Framework by its import name: `fastapi`, `flask`, `streamlit`, `express`, `next`, … */
  readonly framework: string;
  /** Functions passed from the entry point down to the place, outermost first; empty when the place is in the handler itself. */
  readonly path: readonly FunctionDefinition[];
  /** The calls of this file that lead from one function to the next. */
  readonly via: readonly Span[];
  /** Where the entry point is in another file: the handler and the calls that lead into this one. */
  readonly steps?: readonly ExternalStep[];
}

export type Phase = 'training' | 'inference' | 'data' | 'unknown';

/** Context of one place in the program. */
export interface Place {
  /** Innermost function around the place; absent at module level. */
  readonly function?: FunctionDefinition;
  /** Loops inside the same function, innermost first. */
  readonly loops: readonly Loop[];
  /** What calls the function around the place once per item, getting it by name: `items.map(embed)`, `df.apply(score)`. */
  readonly perItem?: Loop | undefined;
  /** Loops in other files whose turns run the function around the place. */
  readonly externalLoops: readonly ExternalLoop[];
  /** Reached from a handler in at most four calls, and not memoised on the way. */
  readonly entryPoint?: EntryPoint | undefined;
  /** Value is kept between calls: `lru_cache`, `st.cache_resource`, `??=`, `if x is None`, module singleton, `useMemo(…, [])`. */
  readonly isMemoised: boolean;
  /** Whether gradients are recorded here, as far as decorators, `with` blocks and global switches tell. */
  readonly gradients: 'on' | 'off' | 'unknown';
  readonly phase: Phase;
  /** Whether this module's own calls of the function around the place are all of them: `none` were seen, or `some`. `module` code runs once. */
  readonly callers: 'module' | 'some' | 'none';
}
