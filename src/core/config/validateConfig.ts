import type { StatedWorkload } from '../../energy/profile.ts';
import type { Severity, Tier } from '../engine/rule.ts';
import { nearestName } from '../text/nearestName.ts';
import { isTable } from '../versions/manifests/readValue.ts';
import type { Config } from './config.ts';

/** What is wrong with a value, and where: the keys that lead to it. */
export interface ConfigIssue {
  readonly path: readonly string[];
  readonly message: string;
}

export interface ValidConfig {
  /** What is right of it. */
  readonly config: Config;
  readonly issues: readonly ConfigIssue[];
}

const TIERS: readonly Tier[] = ['recommended', 'strict'];
const LEVELS: readonly ('off' | Severity)[] = ['off', 'hint', 'information', 'warning'];
const WORKLOAD_KEYS: Readonly<Record<string, keyof StatedWorkload>> = {
  'requests-per-year': 'requestsPerYear',
  'items-per-year': 'itemsPerYear',
  'runs-per-year': 'runsPerYear',
  'renders-per-year': 'rendersPerYear',
  concurrency: 'concurrency',
};
const KEYS = ['tier', 'rules', 'exclude', 'smallest-saving-kwh', 'profile', 'region', 'workload', 'baseline'];

type Draft = { -readonly [Key in keyof Config]: Config[Key] };

/** Checks a parsed configuration. Keys are kebab-case; camelCase is understood, as JSON files are used to it. */
export function validateConfig(value: unknown, knownRules: ReadonlySet<string>): ValidConfig {
  const issues: ConfigIssue[] = [];
  const config: Draft = {};
  const issue = (path: readonly string[], message: string): void => void issues.push({ path, message });
  if (!isTable(value)) {
    issue([], 'expected a table of settings');
    return { config, issues };
  }
  for (const [key, setting] of Object.entries(value)) {
    if (key !== '$schema') read(key, setting);
  }
  return { config, issues };

  function read(key: string, setting: unknown): void {
    switch (kebab(key)) {
      case 'tier':
        assign('tier', oneOf(TIERS, [key], setting));
        break;
      case 'rules':
        config.rules = rules(key, setting);
        break;
      case 'exclude':
        if (Array.isArray(setting) && setting.every((item) => typeof item === 'string')) config.exclude = setting;
        else issue([key], 'expected a list of patterns');
        break;
      case 'smallest-saving-kwh':
        assign('smallestSavingKwh', amount([key], setting));
        break;
      case 'profile':
        assign('profile', name([key], setting));
        break;
      case 'region':
        assign('region', name([key], setting));
        break;
      case 'baseline':
        assign('baseline', name([key], setting));
        break;
      case 'workload':
        config.workload = workload(key, setting);
        break;
      default:
        issue([key], `unknown setting "${key}"${didYouMean(kebab(key), KEYS)}`);
    }
  }

  function assign<Key extends keyof Config>(key: Key, value: Config[Key] | undefined): void {
    if (value !== undefined) config[key] = value;
  }

  function name(path: readonly string[], setting: unknown): string | undefined {
    if (typeof setting === 'string' && setting !== '') return setting;
    issue(path, 'expected a text');
    return undefined;
  }

  function rules(key: string, setting: unknown): Record<string, 'off' | Severity> {
    const found: Record<string, 'off' | Severity> = {};
    if (!isTable(setting)) issue([key], 'expected a table of rule ids');
    for (const [id, level] of Object.entries(isTable(setting) ? setting : {})) {
      if (!knownRules.has(id)) issue([key, id], `unknown rule "${id}"${didYouMean(id, knownRules)}`);
      const valid = oneOf(LEVELS, [key, id], level);
      if (valid !== undefined) found[id] = valid;
    }
    return found;
  }

  function workload(key: string, setting: unknown): Partial<StatedWorkload> {
    const found: { -readonly [Key in keyof StatedWorkload]?: number } = {};
    if (!isTable(setting)) issue([key], 'expected a table of amounts');
    for (const [name, value] of Object.entries(isTable(setting) ? setting : {})) {
      const field = WORKLOAD_KEYS[kebab(name)];
      const least = field === 'concurrency' ? 1 : 0;
      const valid = field === undefined ? undefined : amount([key, name], value, least);
      if (field === undefined)
        issue([key, name], `unknown setting "${name}"${didYouMean(kebab(name), Object.keys(WORKLOAD_KEYS))}`);
      else if (valid !== undefined) found[field] = valid;
    }
    return found;
  }

  function oneOf<T extends string>(allowed: readonly T[], path: readonly string[], setting: unknown): T | undefined {
    const found = allowed.find((item) => item === setting);
    if (found === undefined)
      issue(
        path,
        `expected ${allowed
          .map((item) => `"${item}"`)
          .join(', ')
          .replace(/, ([^,]*)$/, ' or $1')}`,
      );
    return found;
  }

  function amount(path: readonly string[], setting: unknown, least = 0): number | undefined {
    if (typeof setting === 'number' && Number.isFinite(setting) && setting >= least) return setting;
    issue(path, `expected a number of ${least} or more`);
    return undefined;
  }
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-');
}

function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
