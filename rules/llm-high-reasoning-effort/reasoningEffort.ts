import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { hostedForm } from '../shared/hostedForm.ts';

/** What a request asks for before the answer, where that is a lot. */
export interface ReasoningEffort {
  /** `high`, or the budget in tokens. */
  readonly level: string;
  readonly written: Expression;
  /** The option as the reader sees it, with its name where that is in reach. */
  readonly entry: Span;
  readonly advice: string;
}

interface EffortOption {
  readonly api: RegExp;
  readonly path: string;
  readonly kind: 'level' | 'budget';
  readonly advice: string;
}

const LOW = 'Set it to `low`, or to `minimal` or `none` where the model has them';
const NO_THINKING = 'Leave `thinking` out';

/** openai 7.57 shared.d.ts, @anthropic-ai/sdk 1.12 and anthropic 1.13 messages, @google/genai 3.1 ThinkingConfig, ai 7.0 and its providers. */
const OPTIONS: readonly EffortOption[] = [
  { api: /^openai\..*chat\.completions\./, path: 'reasoning_effort', kind: 'level', advice: LOW },
  { api: /^litellm\./, path: 'reasoning_effort', kind: 'level', advice: LOW },
  { api: /^openai\..*responses\./, path: 'reasoning.effort', kind: 'level', advice: LOW },
  { api: /nthropic.*messages\./, path: 'thinking.budget_tokens', kind: 'budget', advice: NO_THINKING },
  { api: /nthropic.*messages\./, path: 'output_config.effort', kind: 'level', advice: LOW },
  { api: /^@google\/genai\./, path: 'config.thinkingConfig.thinkingLevel', kind: 'level', advice: LOW },
  {
    api: /^@google\/genai\./,
    path: 'config.thinkingConfig.thinkingBudget',
    kind: 'budget',
    advice: 'Set `thinkingBudget: 0` where the model allows it',
  },
  { api: /^ai\./, path: 'reasoning', kind: 'level', advice: LOW },
  { api: /^ai\./, path: 'providerOptions.openai.reasoningEffort', kind: 'level', advice: LOW },
  { api: /^ai\./, path: 'providerOptions.anthropic.thinking.budgetTokens', kind: 'budget', advice: NO_THINKING },
];

const MUCH = /^(medium|high|xhigh|max)$/i;
/** A budget below this is Anthropic's minimum (1,024 tokens) and the threshold for the others. */
const LARGE_BUDGET = 1024;

export function reasoningEffort(call: Call, program: Program): ReasoningEffort | undefined {
  const found = hostedForm(call, program);
  if (!found) return undefined;
  for (const option of OPTIONS) {
    if (!option.api.test(call.api?.name ?? '')) continue;
    const argument = call.argument(found.at + option.path);
    const value = argument.kind === 'known' ? program.constant(argument.value) : argument;
    if (argument.kind !== 'known' || value.kind !== 'known' || !isMuch(value.value, option)) continue;
    const entry = program.parent(argument.value);
    const holder = entry?.kind === 'mapping' ? entry.entries.find((item) => item.value === argument.value) : undefined;
    return {
      level: String(value.value),
      written: argument.value,
      entry: holder ?? argument.value,
      advice: option.advice,
    };
  }
  return undefined;
}

function isMuch(value: string | number | boolean | null, { kind }: EffortOption): boolean {
  if (kind === 'level') return typeof value === 'string' && MUCH.test(value);
  return typeof value === 'number' && value > LARGE_BUDGET;
}
