import type { StatedWorkload } from '../../energy/profile.ts';
import type { Severity, Tier } from '../engine/rule.ts';

/**
 * Saving, in kWh a year, that is worth a report unless stated otherwise. One charge of an electric bicycle is about 0.5 kWh: less than a
 * fifth of that in a year is noise to anyone who reads a list of problems.
 */
export const DEFAULT_SMALLEST_SAVING_KWH = 0.1;

/** What a configuration file, the editor's settings or the command line may state. Absent: the layer below decides. */
export interface Config {
  readonly tier?: Tier;
  readonly rules?: Readonly<Record<string, 'off' | Severity>>;
  /** Patterns in .gitignore syntax, relative to the configuration file. */
  readonly exclude?: readonly string[];
  readonly smallestSavingKwh?: number;
  /** Id of a built-in profile, or path of a profile file relative to the configuration file. */
  readonly profile?: string;
  readonly region?: string;
  readonly workload?: Partial<StatedWorkload>;
  /** Path of a baseline file relative to the configuration file. */
  readonly baseline?: string;
}

/** One configuration from layers, the strongest last. Rules and workload are merged key by key. */
export function mergeConfigs(...layers: readonly Config[]): Config {
  let merged: Config = {};
  for (const layer of layers) {
    const rules = { ...merged.rules, ...layer.rules };
    const workload = { ...merged.workload, ...layer.workload };
    merged = { ...merged, ...layer, rules, workload };
  }
  return merged;
}
