import type { Span } from '../text/span.ts';

/** One `green-ai: ignore` comment. */
export interface Directive extends Span {
  readonly scope: 'line' | 'file';
  /** Empty: every rule. */
  readonly rules: readonly DirectiveRule[];
  readonly reason?: string;
  /** Lines that it covers, 0-based and inclusive; for `file` all of them. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Stands behind code on its line: also covers a finding that ends there. */
  readonly isTrailing: boolean;
}

export interface DirectiveRule extends Span {
  readonly id: string;
}

/** A comment that means to be a directive and is none. */
export interface MalformedDirective extends Span {
  readonly message: string;
}
