import type { Finding, Location } from '../core/engine/finding.ts';
import type { Category, Severity } from '../core/engine/rule.ts';
import type { Impact } from '../energy/impact.ts';
import type { Profile } from '../energy/profile.ts';
import type { TotalSaving } from './totalSaving.ts';

/** What a report says, before it is HTML, Markdown or JSON: plain JSON. */
export interface ReportModel {
  readonly format: 'green-ai-report';
  readonly version: 1;
  readonly meta: ReportMeta;
  readonly profile: Profile;
  readonly total: TotalSaving;
  /** How the total was added. */
  readonly method: string;
  readonly severities: Readonly<Record<Severity, number>>;
  /** By saving, largest first; findings without a saving in numbers last, surest first. */
  readonly ranking: readonly ReportEntry[];
  readonly byCategory: readonly ReportGroup[];
  readonly byRule: readonly ReportGroup[];
  readonly byFile: readonly ReportGroup[];
  /** Every assumption behind the numbers, with how many findings rest on it. */
  readonly assumptions: readonly { readonly text: string; readonly findings: number }[];
}

export interface ReportMeta {
  /** What was analysed: a folder's or a workspace's name. */
  readonly label: string;
  /** ISO 8601; given by the host. */
  readonly createdAt: string;
  /** Version of Green AI. */
  readonly toolVersion: string;
  readonly analysedFiles: number;
  readonly suppressedFindings: number;
  /** Names of profiles that hold for some of the files beside the report's own. */
  readonly otherProfiles?: readonly string[];
  readonly skipped: readonly SkippedFile[];
}

export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

export interface ReportEntry {
  readonly rank: number;
  readonly ruleId: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly what: string;
  readonly why: string;
  readonly advice: string;
  readonly condition?: string;
  readonly docsUrl: string;
  readonly location: Location;
  readonly impact?: Impact;
  /** Counts in the total. */
  readonly isCounted: boolean;
  /** The most careful fix on offer. */
  readonly fix?: { readonly title: string; readonly safety: 'safe' | 'suggestion' };
  readonly fingerprint: Finding['fingerprint'];
}

export interface ReportGroup {
  readonly name: string;
  readonly findings: number;
  readonly total: TotalSaving;
}
