import type { Language } from '../ir/sourceModule.ts';
import type { EntryPoint, Loop } from '../semantics/place.ts';
import type { Range } from '../text/position.ts';

/**
 * What the rest of a workspace needs to know of one file, as plain JSON: what its names hold and which functions call which.
 * A summary is small, depends on nothing but its own file's text, and is kept instead of the program model.
 */
export interface ModuleSummary {
  readonly path: string;
  readonly language: Language;
  /** Module-level names of Python, exports of TypeScript and JavaScript, with the values they can have. */
  readonly exports: Readonly<Record<string, readonly SummaryValue[]>>;
  /** Modules all of whose names are handed on: `from x import *`, `export * from 'x'`. */
  readonly handsOn: readonly string[];
  readonly functions: readonly FunctionSummary[];
  readonly classes: readonly ClassSummary[];
  /** Calls of module-level code. */
  readonly calls: readonly CallEdge[];
  /** Module specifiers as written (`.utils`, `app.models`, `./embed`), for finding the neighbours. */
  readonly imports: readonly string[];
  /** The file runs again from the top: a Streamlit script. */
  readonly entry?: EntryKind;
}

export interface EntryKind {
  readonly kind: EntryPoint['kind'];
  readonly framework: string;
}

/** `id`s count the functions and classes of the same file. */
export type SummaryValue =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'instance'; readonly type: string }
  | ImportedValue
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'class'; readonly id: number }
  | { readonly kind: 'object'; readonly id: number }
  | { readonly kind: 'unknown' };

/** Something of another module: `member` is a dotted path in it (`Service.get`, `load()`); empty for the module itself. */
interface ImportedValue {
  readonly kind: 'import';
  readonly module: string;
  readonly member: string;
}

export interface FunctionSummary {
  readonly id: number;
  readonly name: string;
  /** Of a notebook; the range is inside it. */
  readonly cell?: number;
  readonly range: Range;
  /** By which the file's own analysis finds it again (`functionKeys`). */
  readonly key: string;
  readonly isMemoised: boolean;
  readonly entry?: EntryKind;
  readonly returns: readonly SummaryValue[];
  readonly calls: readonly CallEdge[];
}

export interface ClassSummary {
  readonly id: number;
  readonly name: string;
  readonly bases: readonly SummaryValue[];
  readonly members: Readonly<Record<string, readonly SummaryValue[]>>;
}

/** A call of a function of the workspace. */
export interface CallEdge {
  readonly target: SummaryValue;
  readonly cell?: number;
  readonly range: Range;
  /** As the code around the call says; absent where only the calling function's own callers can tell. */
  readonly gradients?: 'on' | 'off' | 'unknown';
  /** The result is kept, so that the callee does not run again and again. */
  readonly isMemoised: boolean;
  /** Innermost loop around the call, where there is one. */
  readonly loop?: Loop['purpose'];
}
