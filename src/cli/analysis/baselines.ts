import { applyBaseline, baselineText, parseBaseline } from '../../core/baseline/baseline.ts';
import type { Finding } from '../../core/engine/finding.ts';
import { displayPath } from '../../host/project/displayPath.ts';
import { parentOf, resolvePath } from '../../host/project/paths.ts';
import { type CliContext, UsageError } from '../cliContext.ts';
import { writeFileAtomically } from '../files/writeFile.ts';
import type { Analysis } from './analyzeAll.ts';
import type { FileOutcome, Session } from './session.ts';
import { requireFile } from './sessionOptions.ts';

export const DEFAULT_BASELINE = 'green-ai-baseline.json';

/**
 * Marks what baselines accept: the file that the user names, else those that the configurations around the files name, so that
 * a run from a parent folder accepts the same. Throws `UsageError` for a file that cannot be used.
 */
export async function applyBaselines(
  session: Session,
  analysis: Analysis,
  given: string | undefined,
  context: CliContext,
): Promise<Analysis> {
  if (given !== undefined) await requireFile(given, '--baseline', context);
  const marked = new Map<Finding, Finding>();
  for (const [path, outcomes] of await outcomesPerBaseline(session, analysis, given, context)) {
    if (path === undefined) continue;
    const shown = displayPath(path, context.cwd);
    if (given === undefined) await requireFile(shown, 'baseline of the configuration', context);
    const baseline = parseBaseline(await context.fileSystem.readText(path));
    if ('failure' in baseline) throw new UsageError(`baseline ${shown} ${baseline.failure}`);
    const pathOf = pathsFrom(path, context);
    const analysed = new Set(outcomes.flatMap(({ file, result }) => (result ? pathOf(file.path) : [])));
    const before = findingsOf(outcomes);
    const { findings, stale } = applyBaseline(before, baseline, analysed, pathOf);
    for (const [index, finding] of before.entries()) marked.set(finding, findings[index] ?? finding);
    if (stale.length > 0) {
      context.stderr(`${shown}: ${stale.length} accepted finding(s) are gone; --write-baseline removes them\n`);
    }
  }
  return { ...analysis, findings: analysis.findings.map((finding) => marked.get(finding) ?? finding) };
}

/** Accepts all present findings, each in the baseline that counts for its file; the default one where none is named. */
export async function writeBaselines(
  session: Session,
  analysis: Analysis,
  given: string | undefined,
  context: CliContext,
): Promise<void> {
  const groups = await outcomesPerBaseline(session, analysis, given, context);
  if (groups.size === 0) {
    const configured = (await session.rootSettings()).baselinePath;
    groups.set(given === undefined ? configured : resolvePath(context.cwd, given), []);
  }
  for (const [named, outcomes] of groups) {
    const path = named ?? resolvePath(context.cwd, DEFAULT_BASELINE);
    const findings = findingsOf(outcomes);
    const accepted = findings.filter(({ suppression }) => suppression?.kind !== 'inline').length;
    await writeFileAtomically(path, Buffer.from(baselineText(findings, pathsFrom(path, context))));
    context.stderr(`${displayPath(path, context.cwd)}: ${accepted} finding(s) accepted\n`);
  }
}

async function outcomesPerBaseline(
  session: Session,
  { outcomes }: Analysis,
  given: string | undefined,
  { cwd }: CliContext,
): Promise<Map<string | undefined, FileOutcome[]>> {
  const groups = new Map<string | undefined, FileOutcome[]>();
  for (const outcome of outcomes) {
    const configured = (await session.settingsFor(outcome.file.absolute)).baselinePath;
    const path = given === undefined ? configured : resolvePath(cwd, given);
    const known = groups.get(path);
    if (known) known.push(outcome);
    else groups.set(path, [outcome]);
  }
  return groups;
}

/** Paths of findings, which are relative to the working directory, as seen from the baseline's folder. */
function pathsFrom(baseline: string, { cwd }: CliContext): (path: string) => string {
  const folder = parentOf(baseline) ?? baseline;
  return (path) => displayPath(resolvePath(cwd, path), folder);
}

function findingsOf(outcomes: readonly FileOutcome[]): readonly Finding[] {
  return outcomes.flatMap(({ result }) => result?.findings ?? []);
}
