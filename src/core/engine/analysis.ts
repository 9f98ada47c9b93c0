import type { LocalModelFacts } from '../../energy/modelFacts.ts';
import type { Profile } from '../../energy/profile.ts';
import type { MachineEvidence } from '../evidence/machineEvidence.ts';
import type { Language } from '../ir/sourceModule.ts';
import type { DeclaredVersions } from '../semantics/declaredVersions.ts';
import type { Environment } from '../semantics/environment.ts';
import type { NamedFiles } from '../semantics/namedFiles.ts';
import type { Finding, Problem } from './finding.ts';
import type { Severity, Tier } from './rule.ts';

/** A text to analyse. A notebook is given as its cells in document order, code and other. */
export type AnalysisInput =
  | { readonly kind: 'file'; readonly path: string; readonly language: Language; readonly text: string }
  | {
      readonly kind: 'notebook';
      readonly path: string;
      readonly cells: readonly NotebookCell[];
      readonly metadata?: NotebookMetadata;
    };

/** What a notebook says of the machine that it asks for. */
export interface NotebookMetadata {
  /** Colab's `accelerator` (`GPU`, `TPU`) or Kaggle's (`nvidiaTeslaT4`). */
  readonly accelerator?: string;
  /** Colab's `gpuType`: `T4`, `A100`, `L4`, … */
  readonly gpuType?: string;
}

export interface NotebookCell {
  /** `other` covers Markdown, raw cells and code in languages we do not analyse; they keep the numbering. */
  readonly language: 'python' | 'other';
  readonly text: string;
  /** Text of the saved outputs, cut where it is long. */
  readonly output?: string;
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
  /** The profile before the project's files spoke, where nobody chose one: what the analysed text says itself counts more. */
  readonly assumedProfile?: Profile;
  /** Plain JSON; the engine turns the versions into the facts that rules ask for and takes the hardware from the profile. */
  readonly environment: {
    readonly versions: DeclaredVersions;
    readonly runtime: Environment['runtime'];
    /** What the deployment files around the text say of the machine. */
    readonly machine?: MachineEvidence;
    /** Models that this text loads from folders of the workspace. */
    readonly localModels?: LocalModelFacts;
    /** Models and data files of the workspace that this text names. */
    readonly files?: NamedFiles;
  };
}

export interface AnalysisResult {
  /** In source order; suppressed ones are included and carry `suppression`. */
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly milliseconds: { readonly parse: number; readonly model: number; readonly rules: number };
}

/** The answer for a text that no rule concerns. */
export const NOTHING_FOUND: AnalysisResult = {
  findings: [],
  problems: [],
  milliseconds: { parse: 0, model: 0, rules: 0 },
};
