import type { EntryPoint, Loop } from '../semantics/place.ts';
import type { Range } from '../text/position.ts';
import type { ModuleSummary, UnknownValue } from './moduleSummary.ts';

/** What other files say about one file, as plain JSON; given to the engine with the text. */
export interface LinkFacts {
  /** Summaries of the modules that the file imports, directly and through them. */
  readonly summaries: readonly ModuleSummary[];
  /** Path of the workspace's module behind a specifier, by importing path and specifier; libraries are not in it. */
  readonly resolved: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** How functions of the file are reached from other files, by their key in the file: edits elsewhere in it leave that as it is. */
  readonly reach: Readonly<Record<string, ExternalReach>>;
  /** What classes of other files that derive from a class of this one set its members to, by class and member. */
  readonly subclasses?: SubclassMembers;
}

export type SubclassMembers = Readonly<Record<string, Readonly<Record<string, readonly CallerValue[]>>>>;

export interface ExternalReach {
  /** Entry point in another file, with the calls that lead here, outermost first. */
  readonly entry?: {
    readonly kind: EntryPoint['kind'];
    readonly framework: string;
    readonly steps: readonly ExternalStep[];
  };
  /** Gradient states of the calls in other files. */
  readonly gradients: readonly ('on' | 'off' | 'unknown')[];
  /** Loops around the calls in other files, also around the calls that lead to them. */
  readonly loops: readonly ExternalLoop[];
  /** Values that the calls in other files give to each parameter, by its name; through parameters of the calling functions. */
  readonly parameters: Readonly<Record<string, readonly CallerValue[]>>;
}

/** What calls in other files give to a parameter, as far as it means the same in every file. */
export type CallerValue =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'instance'; readonly type: string }
  | UnknownValue;

/** A loop in another file whose turns run the function. */
export interface ExternalLoop {
  readonly purpose: Loop['purpose'];
  readonly tripCount?: number;
  /** The call in the loop. */
  readonly step: ExternalStep;
}

/** One place on the way: the handler first, then each call. */
export interface ExternalStep {
  readonly path: string;
  /** Of a notebook; the range is inside it. */
  readonly cell?: number;
  readonly range: Range;
  readonly name: string;
}
