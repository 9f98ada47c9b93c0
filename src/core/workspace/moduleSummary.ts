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
  /** Functions of other files that this one registers as handlers. */
  readonly handlers?: readonly HandlerSummary[];
}

export interface EntryKind {
  readonly kind: EntryPoint['kind'];
  readonly framework: string;
}

/** A function that is handed to a framework, with the place of the registration. */
export interface HandlerSummary extends EntryKind {
  readonly target: SummaryValue;
  readonly cell?: number;
  readonly range: Range;
  /** It counts only if its first parameter is called like a request. */
  readonly isProvenByParameter?: true;
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
  | UnknownValue;

/** `template`: constant text of an argument, with a hole (`textWithHoles`) for what varies. */
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly template?: string;
}

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
  readonly parameters: readonly ParameterSummary[];
  readonly calls: readonly CallEdge[];
}

/** What a function does with what it is given, without the receiver. */
export interface ParameterSummary {
  /** Empty for a destructuring pattern. */
  readonly name: string;
  readonly form: 'plain' | 'keyword-only' | 'rest';
  /** A constant default; others are not told. */
  readonly defaultValue?: string | number | boolean | null;
  /** Methods that it calls on the value. */
  readonly methods?: readonly string[];
  /** Functions to which it hands the value on. */
  readonly handsTo?: readonly { readonly target: SummaryValue; readonly at: number | string }[];
  /** It also returns the value, stores it, gives it another name, or hands it to something that cannot be read. */
  readonly isKept?: true;
}

/** An argument of a call: by keyword, else by its place among the positional ones. A spread ends what can be told. */
export interface ArgumentSummary {
  readonly name?: string;
  readonly isSpread?: true;
  readonly value: ArgumentValue;
}

/** The values, or the parameter of the calling function that holds them. */
export type ArgumentValue = { readonly values: readonly SummaryValue[] } | { readonly parameter: string };

export interface ClassSummary {
  readonly id: number;
  readonly name: string;
  readonly bases: readonly SummaryValue[];
  readonly members: Readonly<Record<string, readonly SummaryValue[]>>;
  /** What the methods call that libraries run, of a class whose elements can be asked for (`libraryCalls`). */
  readonly calls?: Readonly<Record<string, readonly string[]>>;
}

/** A call of a function of the workspace. */
export interface CallEdge {
  readonly target: SummaryValue;
  readonly cell?: number;
  readonly range: Range;
  /** As the code around the call says; absent where only the calling function's own callers can tell. */
  readonly gradients?: 'on' | 'off' | 'unknown';
  /** What is handed over; absent where the callee runs it by another call. */
  readonly args?: readonly ArgumentSummary[];
  /** The result is kept, so that the callee does not run again and again. */
  readonly isMemoised: boolean;
  /** Innermost loop around the call, or the one that the call makes over what it hands to the function; with its most turns. */
  readonly loop?: { readonly purpose: Loop['purpose']; readonly tripCount?: number };
}
