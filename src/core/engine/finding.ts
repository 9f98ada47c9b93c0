import type { Impact } from '../../energy/impact.ts';
import type { Range } from '../text/position.ts';
import type { Category, FixSafety, Message, Severity } from './rule.ts';

/** One report, as plain JSON: LSP-shaped ranges, no tree nodes. For a notebook, `cell` counts all cells from 0 and ranges are inside the cell. */
export interface Finding {
  readonly ruleId: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly message: Message;
  /** The whole text as the editor shows it, estimate included. */
  readonly text: string;
  readonly docsUrl: string;
  readonly location: Location;
  readonly related: readonly RelatedLocation[];
  readonly fixes: readonly FindingFix[];
  /** Absent where the rule saves no energy or the model cannot say. */
  readonly impact?: Impact;
  /** Stable across edits elsewhere: rule, path, normalised source of the place, occurrence. */
  readonly fingerprint: string;
  readonly suppression?: { readonly kind: 'inline' | 'baseline'; readonly reason?: string };
}

export interface Location {
  /** Workspace-relative path with forward slashes. */
  readonly path: string;
  readonly cell?: number;
  readonly range: Range;
}

export interface RelatedLocation {
  readonly location: Location;
  readonly message: string;
}

export interface FindingFix {
  readonly title: string;
  readonly safety: FixSafety;
  readonly reason?: string;
  readonly edits: readonly TextEdit[];
}

/** LSP text edit; `cell` as in `Location`. */
export interface TextEdit {
  readonly cell?: number;
  readonly range: Range;
  readonly newText: string;
}

/** Something that kept (part of) a file from being analysed, or a defect of a rule. Never thrown. */
export interface Problem {
  readonly path: string;
  readonly kind:
    | 'unreadable'
    | 'too-large'
    | 'invalid-notebook'
    | 'invalid-config'
    | 'rule-failed'
    | 'parse-failed'
    /** The text holds errors; what the parser understood was analysed. The location is that of the first one. */
    | 'syntax-error'
    /** The engine died or hung over the text. */
    | 'engine-failed'
    | 'unused-suppression';
  readonly message: string;
  readonly location?: Location;
}
