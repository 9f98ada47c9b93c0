import type { Impact } from '../../energy/impact.ts';
import type { WorkloadChange } from '../../energy/workload.ts';
import type { AnalysisSettings } from './analysis.ts';
import { assess } from './assess.ts';
import type { RuleMeta, RuleReport, Severity } from './rule.ts';

/** Whether a rule's report is told, how loud, and what it would save; or why it is kept back. */
export type Judgement =
  | { readonly kind: 'told'; readonly severity: Severity; readonly impact?: Impact }
  | { readonly kind: 'kept-back'; readonly reason: KeptBack };

/** Proved only under an assumption that the strict tier makes; on this hardware the advice costs energy; too small a saving. */
export type KeptBack = 'needs-strict' | 'costs-energy' | 'negligible';

export function judgeReport(
  { id }: RuleMeta,
  report: RuleReport,
  settings: AnalysisSettings,
  impactOf: (change: WorkloadChange) => Impact,
): Judgement {
  if (report.hit.requiresStrict && settings.tier !== 'strict') return { kind: 'kept-back', reason: 'needs-strict' };
  const impact = report.effect && impactOf(report.effect);
  const severity = assess(report.hit.severity, impact, settings.smallestSavingKwh);
  if (!severity)
    return { kind: 'kept-back', reason: impact?.direction === 'increases' ? 'costs-energy' : 'negligible' };
  const override = settings.rules[id];
  return {
    kind: 'told',
    severity: override && override !== 'off' ? override : severity,
    ...(impact ? { impact } : {}),
  };
}
