import type { Finding } from '../engine/finding.ts';
import { movedFingerprint } from '../engine/fingerprint.ts';

/** Findings that are accepted for now. Keyed by fingerprint (rule, path, normalised source), so that moved lines stay accepted. Paths are as seen from the baseline file's folder. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
}

/** A finding's path as seen from the baseline file's folder. */
type PathOf = (path: string) => string;

export interface BaselineFailure {
  readonly failure: string;
}

const FORMAT = 'green-ai-baseline';

/** Reads a baseline file. */
export function parseBaseline(text: string): Baseline | BaselineFailure {
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { failure: `is not valid JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!isRecord(root) || root['format'] !== FORMAT) return { failure: `is no baseline ("format" is not "${FORMAT}")` };
  if (root['version'] !== 1)
    return { failure: `has version ${String(root['version'])}; this Green AI reads version 1` };
  const findings = root['findings'];
  if (!Array.isArray(findings)) return { failure: 'has no list of findings' };
  const entries = findings.flatMap((entry: unknown) => entryOf(entry) ?? []);
  if (entries.length < findings.length) return { failure: 'has an entry without fingerprint, rule and path' };
  return { entries };
}

/** The baseline that accepts these findings; suppressed ones need no acceptance. Stable order, so that its diff is readable. */
export function baselineText(findings: readonly Finding[], pathOf: PathOf = (path) => path): string {
  const entries = findings
    .filter(({ suppression }) => suppression?.kind !== 'inline')
    .map((finding): BaselineEntry => entryFor(finding, pathOf))
    .sort((a, b) => compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint));
  return `${JSON.stringify({ format: FORMAT, version: 1, findings: entries }, undefined, 2)}\n`;
}

export interface BaselineResult {
  readonly findings: readonly Finding[];
  /** Entries for files that were analysed and no longer have the finding. */
  readonly stale: readonly BaselineEntry[];
}

/** Marks the findings that the baseline accepts. `analysed` are the paths, as the baseline names them, that a missing finding is gone from. */
export function applyBaseline(
  findings: readonly Finding[],
  { entries }: Baseline,
  analysed: ReadonlySet<string>,
  pathOf: PathOf = (path) => path,
): BaselineResult {
  const accepted = new Set(entries.map(({ fingerprint }) => fingerprint));
  const present = new Set(findings.map((finding) => entryFor(finding, pathOf).fingerprint));
  return {
    findings: findings.map((finding) =>
      finding.suppression || !accepted.has(entryFor(finding, pathOf).fingerprint)
        ? finding
        : { ...finding, suppression: { kind: 'baseline' } },
    ),
    stale: entries.filter(({ fingerprint, path }) => analysed.has(path) && !present.has(fingerprint)),
  };
}

function entryFor({ fingerprint, ruleId, location: { path } }: Finding, pathOf: PathOf): BaselineEntry {
  const own = pathOf(path);
  return { fingerprint: movedFingerprint(fingerprint, path, own), rule: ruleId, path: own };
}

function entryOf(entry: unknown): BaselineEntry | undefined {
  if (!isRecord(entry)) return undefined;
  const { fingerprint, rule, path } = entry;
  if (typeof fingerprint !== 'string' || typeof rule !== 'string' || typeof path !== 'string') return undefined;
  return { fingerprint, rule, path };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
