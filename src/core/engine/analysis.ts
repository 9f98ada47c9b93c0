import type { Profile } from '../../energy/profile.ts';
import type { Language } from '../ir/sourceModule.ts';
import type { DeclaredVersions } from '../semantics/declaredVersions.ts';
import type { Environment } from '../semantics/environment.ts';
import type { Finding, Problem } from './finding.ts';
import type { Severity, Tier } from './rule.ts';

/** A text to analyse. A notebook is given as its cells in document order, code and other. */
export type AnalysisInput =
  | { readonly kind: 'file'; readonly path: string; readonly language: Language; readonly text: string }
  | { readonly kind: 'notebook'; readonly path: string; readonly cells: readonly NotebookCell[] };

export interface NotebookCell {
  /** `other` covers Markdown, raw cells and code in languages we do not analyse; they keep the numbering. */
  readonly language: 'python' | 'other';
  readonly text: string;
}

/** Everything that decides the result beside the text: the same settings give the same findings in editor and command line. */
export interface AnalysisSettings {
  readonly tier: Tier;
  /** Only these rules, where given. */
  readonly onlyRules?: readonly string[];
  /** Per rule: off, or a severity that replaces the rule's own. */
  readonly rules: Readonly<Record<string, 'off' | Severity>>;
  /** Findings whose high estimate of saving stays below this many kWh a year are dropped. */
  readonly smallestSavingKwh: number;
  /** Parse a text also where no rule can find anything, to tell its syntax errors. */
  readonly checkSyntax?: boolean;
  readonly profile: Profile;
  /** Plain JSON; the engine turns the versions into the facts that rules ask for and takes the hardware from the profile. */
  readonly environment: { readonly versions: DeclaredVersions; readonly runtime: Environment['runtime'] };
}

export interface AnalysisResult {
  /** In source order; suppressed ones are included and carry `suppression`. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly milliseconds: { readonly parse: number; readonly model: number; readonly rules: number };
}
