import * as vscode from 'vscode';
import { DEFAULT_SMALLEST_SAVING_KWH } from '../core/config/config.ts';
import type { Severity, Tier } from '../core/engine/rule.ts';
import type { StatedWorkload } from '../energy/profile.ts';

export const SECTION = 'greenAi';

/** The user's settings for one file or notebook, read anew each time: nothing may remember yesterday's. */
export interface EditorSettings {
  readonly enable: boolean;
  readonly tier: Tier;
  readonly rules: Readonly<Record<string, 'off' | Severity>>;
  /** Undefined: the workspace's own profile, or the default. */
  readonly hardwareProfile: string | undefined;
  readonly region: string | undefined;
  readonly workload: Partial<StatedWorkload>;
  readonly smallestSavingKwh: number;
}

const LEVELS: readonly string[] = ['off', 'warning', 'information', 'hint'];
const WORKLOAD_KEYS = ['requestsPerYear', 'itemsPerYear', 'runsPerYear', 'rendersPerYear', 'concurrency'] as const;

/** VS Code hands out whatever stands in settings.json: values of the wrong kind count as not set. */
export function readSettings(resource: vscode.Uri | undefined): EditorSettings {
  const configuration = vscode.workspace.getConfiguration(SECTION, resource ?? null);
  const value = (key: string): unknown => configuration.get<unknown>(key);
  const smallest = value('smallestSaving');
  return {
    enable: value('enable') !== false,
    tier: value('tier') === 'strict' ? 'strict' : 'recommended',
    rules: ruleLevels(value('rules')),
    hardwareProfile: nonEmpty(value('hardwareProfile')),
    region: nonEmpty(value('region')),
    workload: statedWorkload(value('workload')),
    smallestSavingKwh: isAmount(smallest) ? smallest : DEFAULT_SMALLEST_SAVING_KWH,
  };
}

export function debounceMs(): number {
  const value = vscode.workspace.getConfiguration(SECTION).get<unknown>('debounce');
  return isAmount(value) ? Math.min(value, 5000) : 200;
}

export function showsStatusBar(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<unknown>('statusBar') !== false;
}

function ruleLevels(value: unknown): EditorSettings['rules'] {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, 'off' | Severity] => isLevel(entry[1])),
  );
}

function statedWorkload(value: unknown): Partial<StatedWorkload> {
  if (typeof value !== 'object' || value === null) return {};
  const given = new Map<string, unknown>(Object.entries(value));
  const known = WORKLOAD_KEYS.flatMap((key) => {
    const amount = given.get(key);
    return isAmount(amount) && amount > 0 ? [[key, amount] as const] : [];
  });
  return Object.fromEntries(known);
}

function isLevel(value: unknown): value is 'off' | Severity {
  return typeof value === 'string' && LEVELS.includes(value);
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
