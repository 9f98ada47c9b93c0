import type { LineIndex } from '../text/lineIndex.ts';
import { nearestName } from '../text/nearestName.ts';
import type { Span } from '../text/span.ts';
import type { Directive, DirectiveRule } from './directive.ts';

export interface Suppressible {
  readonly ruleId: string;
  readonly span: Span;
}

export interface SuppressionRequest<F extends Suppressible> {
  readonly findings: readonly F[];
  readonly directives: readonly Directive[];
  readonly lines: LineIndex;
  /** Ids of every rule that exists. */
  readonly knownRules: ReadonlySet<string>;
  /** Ids of the rules that ran: what the others would have found is not known, so their suppressions are not called unused. */
  readonly activeRules: ReadonlySet<string>;
  /** True when the user asked for some rules only: a directive for all rules may then serve the others. */
  readonly isFiltered: boolean;
}

export interface SuppressionResult<F extends Suppressible> {
  /** The directive that covers a finding. */
  readonly suppressed: ReadonlyMap<F, Directive>;
  /** Suppressions that suppress nothing or name no rule, to be shown as problems. */
  readonly notices: readonly SuppressionNotice[];
}

export interface SuppressionNotice extends Span {
  readonly kind: 'unused' | 'unknown-rule';
  readonly message: string;
}

/** Matches findings with directives: a line before the file, a named rule before all rules. */
export function applySuppressions<F extends Suppressible>(request: SuppressionRequest<F>): SuppressionResult<F> {
  const suppressed = new Map<F, Directive>();
  const used = new Set<Directive | DirectiveRule>();
  const ordered = [...request.directives].sort((a, b) => rank(a) - rank(b));
  for (const finding of request.findings) {
    const directive = ordered.find((candidate) => covers(candidate, finding, request.lines));
    if (!directive) continue;
    suppressed.set(finding, directive);
    used.add(directive.rules.find(({ id }) => id === finding.ruleId) ?? directive);
  }
  return { suppressed, notices: request.directives.flatMap((directive) => noticesOf(directive, used, request)) };
}

function rank(directive: Directive): number {
  return (directive.scope === 'line' ? 0 : 2) + (directive.rules.length > 0 ? 0 : 1);
}

function covers(directive: Directive, { ruleId, span }: Suppressible, lines: LineIndex): boolean {
  if (directive.rules.length > 0 && directive.rules.every(({ id }) => id !== ruleId)) return false;
  const line = lines.lineOf(span.start);
  if (directive.firstLine <= line && line <= directive.lastLine) return true;
  return directive.isTrailing && lines.lineOf(Math.max(span.start, span.end - 1)) === directive.lastLine;
}

function noticesOf(
  directive: Directive,
  used: ReadonlySet<Directive | DirectiveRule>,
  { knownRules, activeRules, isFiltered }: Omit<SuppressionRequest<Suppressible>, 'findings'>,
): readonly SuppressionNotice[] {
  if (directive.rules.length === 0) {
    if (used.has(directive) || isFiltered) return [];
    return [{ kind: 'unused', ...spanOf(directive), message: 'Unused suppression: no rule reports anything here' }];
  }
  return directive.rules.flatMap((rule): readonly SuppressionNotice[] => {
    if (!knownRules.has(rule.id)) {
      const nearest = nearestName(rule.id, knownRules);
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      return [{ kind: 'unknown-rule', ...spanOf(rule), message: `Unknown rule ${rule.id} in suppression${hint}` }];
    }
    if (used.has(rule) || !activeRules.has(rule.id)) return [];
    return [{ kind: 'unused', ...spanOf(rule), message: `Unused suppression: ${rule.id} reports nothing here` }];
  });
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
