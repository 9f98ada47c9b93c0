import type { Question, RuleFacts, RuleOutcome } from '../../core/explain/explanation.ts';
import type { Paint } from '../format/paint.ts';

const KEPT_BACK = {
  'needs-strict': 'kept back: proved only under an assumption; the strict tier reports it',
  'costs-energy': 'kept back: on this hardware the advice would cost energy',
  negligible: 'kept back: the saving is too small to report (see smallestSaving)',
} as const;

const INACTIVE = {
  strict: 'would report, but belongs to the strict tier, which is off',
  off: 'would report, but is switched off by the settings',
  language: 'is not for this language',
  'not-selected': 'is not among the rules asked for',
} as const;

/** The rules that looked at the line, with what they asked and how it ended. */
export function rulesText(rules: readonly RuleFacts[], paint: Paint): string {
  if (rules.length === 0) return `${paint.bold('rules')}\n  none is concerned with this line`;
  return [paint.bold('rules'), ...rules.map((rule) => ruleText(rule, paint))].join('\n');
}

function ruleText({ ruleId, outcome, questions }: RuleFacts, paint: Paint): string {
  const head = `  ${paint.cyan(ruleId)}: ${outcomeText(outcome)}`;
  return [head, ...questions.map((question, index) => `    ${questionText(question, index, questions)}`)].join('\n');
}

function outcomeText(outcome: RuleOutcome): string {
  switch (outcome.kind) {
    case 'told':
      return `${outcome.severity}${outcome.isSuppressed ? ' (suppressed)' : ''}: ${outcome.what}`;
    case 'kept-back':
      return `${KEPT_BACK[outcome.reason]}: ${outcome.what}`;
    case 'inactive':
      return INACTIVE[outcome.reason];
    case 'failed':
      return `failed: ${outcome.message}`;
    case 'silent':
      return 'nothing to report; the last answer decided';
  }
}

/** What it was asked about is named when it changes. */
function questionText({ about, asked, answer }: Question, index: number, questions: readonly Question[]): string {
  const isNew = about !== '' && questions[index - 1]?.about !== about;
  return `${asked}${isNew ? ` of ${about}` : ''}: ${answer}`;
}
