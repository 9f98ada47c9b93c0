import type { WorkloadChange } from '../../energy/workload.ts';
import type { Program } from '../semantics/program.ts';
import type { Span } from '../text/span.ts';
import type { Location } from './finding.ts';

export type Category =
  | 'oversized-model'
  | 'missing-quantisation'
  | 'full-precision'
  | 'redundant-data-loading'
  | 'redundant-compute'
  | 'batching'
  | 'hardware-match'
  | 'training-efficiency'
  | 'hosted-llm'
  | 'carbon-awareness';

export type Tier = 'recommended' | 'strict';

/** How sure the benefit is. `warning`: waste and scale proved; `information`: waste proved, scale not; `hint`: small or conditional. */
export type Severity = 'warning' | 'information' | 'hint';

export type FixSafety = 'safe' | 'suggestion';

export interface RuleMeta {
  /** Stable kebab-case slug that names the bad pattern; equals the folder's name. */
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly languages: readonly ('python' | 'typescript')[];
  readonly tier: Tier;
  /** Kinds of fix the rule can offer, most careful last; empty for guidance only. */
  readonly fixes: readonly FixSafety[];
  /** Entries of the research catalogue that the rule implements. */
  readonly catalogue: readonly string[];
  /** Distributions whose presence makes the rule relevant, by import name. */
  readonly libraries: readonly string[];
  /** Words that make the rule relevant to a text that names none of the libraries: what it is about needs none. */
  readonly words?: readonly string[];
  readonly since: string;
}

/** Text of a report: each part one sentence, no numbers of energy (the engine adds the estimate). */
export interface Message {
  /** What is wasteful here. */
  readonly what: string;
  readonly why: string;
  /** What to do, with concrete names. */
  readonly advice: string;
  /** For `information` and `hint`: what the benefit depends on. */
  readonly condition?: string;
}

export interface Hit<State> {
  readonly span: Span;
  readonly severity: Severity;
  readonly message: Message;
  readonly related: readonly RelatedSpan[];
  /** The place is proved only under an assumption (an unknown library version): reported in the strict tier alone. */
  readonly requiresStrict?: boolean;
  readonly state: State;
}

/** A place that explains the report: in this file, or in another one that leads here. */
export type RelatedSpan = { readonly message: string } & ({ readonly span: Span } | { readonly location: Location });

/** Replaces the text of `span` by `text`. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly Edit[];
  /** Why a suggestion is not safe: what changes or what is needed. */
  readonly reason?: string;
}

/** A rule: detection, effect and fix are three functions joined by a typed state (Biome's contract). */
export interface Rule<State> {
  readonly meta: RuleMeta;
  detect(program: Program): Iterable<Hit<State>>;
  /** What the advice changes in the workload; absent when the rule saves no energy (memory, money, correctness). */
  effect?(hit: Hit<State>, program: Program): WorkloadChange | undefined;
  fixes?(hit: Hit<State>, program: Program): readonly Fix[];
}

/** A rule whose state type only the rule itself knows: detection closes over effect and fixes. */
export interface RegisteredRule {
  readonly meta: RuleMeta;
  run(program: Program): Iterable<RuleReport>;
}

export interface RuleReport {
  readonly hit: Hit<unknown>;
  readonly effect: WorkloadChange | undefined;
  readonly fixes: readonly Fix[];
}

/** Seals a rule so that the engine can run it without knowing its state. */
export function defineRule<State>(rule: Rule<State>): RegisteredRule {
  return {
    meta: rule.meta,
    *run(program) {
      for (const hit of rule.detect(program)) {
        yield { hit, effect: rule.effect?.(hit, program), fixes: rule.fixes?.(hit, program) ?? [] };
      }
    },
  };
}
