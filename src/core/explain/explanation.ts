import type { KeptBack } from '../engine/judgeReport.ts';
import type { Severity } from '../engine/rule.ts';
import type { Inactivity } from '../engine/ruleActivity.ts';
import type { Range } from '../text/position.ts';

/** What the program model knows of one file, and of one of its lines where one was asked for. Plain JSON; texts are for people. */
export interface Explanation {
  readonly path: string;
  readonly language: string;
  readonly file: FileFacts;
  /** The calls of the whole file whose callee is known; absent where one line was asked for. */
  readonly calls?: readonly CallLine[];
  readonly line?: LineFacts;
}

export interface FileFacts {
  readonly isTestOrBenchmark: boolean;
  readonly hasSyntaxErrors: boolean;
  /** Hardware profile in force. */
  readonly hardware: string;
  /** What the project's files say of the machine, with the line that says it. */
  readonly machine: string;
  readonly runtime: string;
  /** Declared or resolved versions, by distribution. */
  readonly versions: Readonly<Record<string, string>>;
  /** What is called again and again here. */
  readonly entryPoints: readonly string[];
}

export interface CallLine {
  readonly cell?: number;
  readonly range: Range;
  readonly callee: string;
  readonly roles: readonly string[];
}

export interface LineFacts {
  readonly cell?: number;
  /** 0-based, of the file or the cell. */
  readonly line: number;
  readonly text: string;
  readonly calls: readonly CallFacts[];
  /** Names that are read or written there. */
  readonly names: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly rules: readonly RuleFacts[];
}

export interface CallFacts {
  readonly range: Range;
  readonly text: string;
  /** Qualified name; absent where it is unknown. */
  readonly callee?: string;
  readonly roles: readonly string[];
  /** Where the callee's signature was read. */
  readonly source?: string;
  readonly receiver?: readonly string[];
  readonly arguments: readonly ArgumentFacts[];
  /** What else the file does with the result. */
  readonly methods: readonly string[];
  readonly uses: readonly string[];
  readonly place: PlaceFacts;
}

/** The three answers of the program model. */
export interface ArgumentFacts {
  readonly parameter: string;
  readonly answer: 'absent' | 'known' | 'unknown';
  readonly text?: string;
  readonly values?: readonly string[];
}

export interface PlaceFacts {
  readonly function?: string;
  readonly callers: string;
  readonly loops: readonly string[];
  readonly entryPoint?: string;
  readonly isMemoised: boolean;
  readonly gradients: string;
  readonly phase: string;
}

/** How one rule sees the line. */
export interface RuleFacts {
  readonly ruleId: string;
  readonly outcome: RuleOutcome;
  /** What the rule asked about this line and of the file, in order, and the answers. The last one before it went on decided. */
  readonly questions: readonly Question[];
}

export type RuleOutcome =
  | { readonly kind: 'told'; readonly severity: Severity; readonly what: string; readonly isSuppressed: boolean }
  | { readonly kind: 'kept-back'; readonly reason: KeptBack; readonly what: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'inactive'; readonly reason: Inactivity }
  | { readonly kind: 'failed'; readonly message: string };

export interface Question {
  /** Source text of what was asked about; empty for the file. */
  readonly about: string;
  readonly asked: string;
  readonly answer: string;
}
