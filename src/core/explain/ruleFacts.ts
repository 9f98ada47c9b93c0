import { impactOf } from '../../energy/impactOf.ts';
import type { ModelCatalogue } from '../../energy/modelFacts.ts';
import type { AnalysisSettings } from '../engine/analysis.ts';
import { judgeReport } from '../engine/judgeReport.ts';
import type { RegisteredRule, RuleReport } from '../engine/rule.ts';
import { inactivity } from '../engine/ruleActivity.ts';
import type { Program } from '../semantics/program.ts';
import type { Span } from '../text/span.ts';
import type { RuleFacts, RuleOutcome } from './explanation.ts';
import { QuestionLog } from './questionLog.ts';
import { codeText } from './valueText.ts';
import { WatchedProgram } from './watchedProgram.ts';

export interface RuleFactsInput {
  readonly program: Program;
  readonly rules: readonly RegisteredRule[];
  readonly settings: AnalysisSettings;
  readonly models: ModelCatalogue;
  readonly isWatched: (span: Span) => boolean;
  readonly isSuppressed: (ruleId: string) => boolean;
}

/** Every rule asks these of every call; a rule that asked no more is not concerned with the place. */
const FIRST_QUESTIONS: ReadonlySet<string> = new Set(['callee', 'API data', 'qualified name']);

/** How the rules see the watched places: those that told something or looked closer, in the registry's order. */
export function ruleFacts(input: RuleFactsInput): readonly RuleFacts[] {
  return input.rules.flatMap((rule) => {
    const reason = inactivity(rule, input.program.module.language, input.settings);
    if (reason === 'language' || reason === 'not-selected') return [];
    const { log, outcome } = observe(rule, input);
    if (reason !== undefined)
      return outcome.kind === 'told' || outcome.kind === 'kept-back'
        ? [{ ruleId: rule.meta.id, outcome: { kind: 'inactive', reason }, questions: log.questions }]
        : [];
    const looked = log.questions.some(({ about, asked }) => about !== '' && !FIRST_QUESTIONS.has(asked));
    return outcome.kind !== 'silent' || looked ? [{ ruleId: rule.meta.id, outcome, questions: log.questions }] : [];
  });
}

function observe(
  rule: RegisteredRule,
  input: RuleFactsInput,
): { readonly log: QuestionLog; readonly outcome: RuleOutcome } {
  const log = new QuestionLog(input.isWatched, (span) => codeText(input.program, span));
  try {
    const program = new WatchedProgram(input.program, log);
    for (const report of rule.run(program)) {
      if (input.isWatched(report.hit.span)) return { log, outcome: outcomeOf(rule, report, input) };
    }
    return { log, outcome: { kind: 'silent' } };
  } catch (error) {
    return { log, outcome: { kind: 'failed', message: error instanceof Error ? error.message : String(error) } };
  }
}

function outcomeOf({ meta }: RegisteredRule, report: RuleReport, input: RuleFactsInput): RuleOutcome {
  const { what } = report.hit.message;
  const judgement = judgeReport(meta, report, input.settings, (change) =>
    impactOf(change, input.settings.profile, input.models),
  );
  if (judgement.kind === 'kept-back') return { ...judgement, what };
  return { kind: 'told', severity: judgement.severity, what, isSuppressed: input.isSuppressed(meta.id) };
}
