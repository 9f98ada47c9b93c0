import type { Severity } from '../../core/engine/rule.ts';

/** What the energy view shows, ready to print: numbers are formatted by the extension, so that every surface says the same. */
export interface ImpactState {
  readonly profile: { readonly name: string; readonly detail: string } | undefined;
  readonly file: ScopeTotals | undefined;
  /** Absent until a report has been run. */
  readonly workspace: ScopeTotals | undefined;
  /** Findings of the open file, largest saving first. */
  readonly ranking: readonly RankedFinding[];
}

export interface ScopeTotals {
  readonly label: string;
  readonly findings: number;
  /** Absent when no finding has an estimate that counts. */
  readonly totals: readonly Total[];
}

export interface Total {
  readonly name: string;
  readonly amount: string;
  readonly interval: string;
}

export interface RankedFinding {
  readonly ruleId: string;
  readonly what: string;
  readonly severity: Severity;
  /** 1-based, with the cell's number in a notebook: `cell 3, line 12`. */
  readonly place: string;
  readonly amount: string;
  readonly interval: string;
  /** Share of the largest saving of the file, 0 to 1. */
  readonly weight: number;
  readonly target: JumpTarget;
}

export interface JumpTarget {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

export type ToWebview = { readonly type: 'state'; readonly state: ImpactState };

export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'selectProfile' }
  | { readonly type: 'report' }
  | { readonly type: 'jump'; readonly target: JumpTarget };

/** Messages come from a page: their shape is checked, not believed. */
export function isFromWebview(message: unknown): message is FromWebview {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  if (message.type === 'jump') return 'target' in message && isJumpTarget(message.target);
  return message.type === 'ready' || message.type === 'selectProfile' || message.type === 'report';
}

export function isJumpTarget(target: unknown): target is JumpTarget {
  if (typeof target !== 'object' || target === null) return false;
  const { uri, line, character } = target as Partial<Record<keyof JumpTarget, unknown>>;
  return typeof uri === 'string' && isPosition(line) && isPosition(character);
}

function isPosition(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
