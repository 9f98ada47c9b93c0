import type { Language } from '../ir/sourceModule.ts';
import type { AnalysisSettings } from './analysis.ts';
import type { RegisteredRule } from './rule.ts';

/** Why a rule does not run on a file: other language, switched off, not among the rules asked for, or strict in a recommended run. */
export type Inactivity = 'language' | 'off' | 'not-selected' | 'strict';

export function isActive(rule: RegisteredRule, language: Language, settings: AnalysisSettings): boolean {
  return inactivity(rule, language, settings) === undefined;
}

/** `undefined` for a rule that runs. */
export function inactivity(
  { meta }: RegisteredRule,
  language: Language,
  settings: AnalysisSettings,
): Inactivity | undefined {
  if (!meta.languages.includes(language === 'python' ? 'python' : 'typescript')) return 'language';
  const setting = settings.rules[meta.id];
  if (setting === 'off') return 'off';
  if (settings.onlyRules) return settings.onlyRules.includes(meta.id) ? undefined : 'not-selected';
  return settings.tier === 'strict' || meta.tier === 'recommended' || setting !== undefined ? undefined : 'strict';
}
