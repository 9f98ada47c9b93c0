import { isJumpTarget, type JumpTarget, type RankedFinding, type Total } from './protocol.ts';

/** What the report's page shows, ready to print. */
export interface ReportState {
  readonly label: string;
  readonly summary: string;
  readonly profile: { readonly name: string; readonly detail: string };
  readonly totals: readonly Total[];
  /** How the totals were added. */
  readonly method: string;
  /** What the report does not cover: skipped files, the cap, configuration problems. */
  readonly notes: readonly string[];
  readonly ranking: readonly RankedFinding[];
  readonly tables: readonly ReportTable[];
}

export interface ReportTable {
  readonly caption: string;
  readonly rows: readonly ReportRow[];
}

export interface ReportRow {
  readonly name: string;
  readonly findings: number;
  readonly amount: string;
  readonly interval: string;
  readonly target?: JumpTarget;
}

const EXPORT_FORMATS = ['html', 'markdown', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ToReport = { readonly type: 'report'; readonly state: ReportState };

export type FromReport =
  | { readonly type: 'ready' }
  | { readonly type: 'rerun' }
  | { readonly type: 'export'; readonly format: ExportFormat }
  | { readonly type: 'jump'; readonly target: JumpTarget };

/** Messages come from a page: their shape is checked, not believed. */
export function isFromReport(message: unknown): message is FromReport {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  if (message.type === 'jump') return 'target' in message && isJumpTarget(message.target);
  if (message.type === 'export')
    return 'format' in message && EXPORT_FORMATS.some((format) => format === message.format);
  return message.type === 'ready' || message.type === 'rerun';
}
