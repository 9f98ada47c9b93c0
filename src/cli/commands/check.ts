import type { Problem } from '../../core/engine/finding.ts';
import { resolvePath } from '../../host/project/paths.ts';
import { type Analysis, analysisOf, analyzeAll, isNothingRead } from '../analysis/analyzeAll.ts';
import { applyBaselines, DEFAULT_BASELINE, writeBaselines } from '../analysis/baselines.ts';
import { problemText, reportConfigProblems } from '../analysis/configProblems.ts';
import { Session } from '../analysis/session.ts';
import { ANALYSIS_OPTIONS, sessionOptions } from '../analysis/sessionOptions.ts';
import { type CliContext, type ExitCode, UsageError } from '../cliContext.ts';
import type { Command, ParsedArguments } from '../command.ts';
import type { FoundFile } from '../files/collectFiles.ts';
import { jsonOutput } from '../format/jsonOutput.ts';
import { paint } from '../format/paint.ts';
import { type SarifTool, sarifOutput } from '../format/sarifOutput.ts';
import { textOutput } from '../format/textOutput.ts';

export const checkCommand: Command = {
  name: 'check',
  summary: 'Report energy waste in files, folders and notebooks',
  usage: '<path>... [options]   (- reads standard input)',
  options: {
    format: { type: 'string', choices: ['text', 'json', 'sarif'], description: 'Output format (default text)' },
    ...ANALYSIS_OPTIONS,
    baseline: { type: 'string', value: 'FILE', description: 'Findings that this file accepts are not reported' },
    'write-baseline': {
      type: 'boolean',
      description: `Accept all present findings: write the baseline (default ${DEFAULT_BASELINE})`,
    },
    'stdin-filename': {
      type: 'string',
      value: 'PATH',
      description: 'Path of the text on standard input; decides language and settings',
    },
    'exit-zero': { type: 'boolean', description: 'Exit with 0 even if there are findings' },
  },
  positionals: { least: 1, most: Number.POSITIVE_INFINITY, name: 'a path' },

  async run(args, context) {
    const session = await Session.start(context, await sessionOptions(args, context));
    try {
      return await check(session, args, context);
    } finally {
      session.dispose();
    }
  },
};

async function check(session: Session, args: ParsedArguments, context: CliContext): Promise<ExitCode> {
  const analysis = args.positionals.includes('-')
    ? await checkStdin(session, args, context)
    : await checkPaths(session, args, context);
  if (!analysis) return 2;
  const { profile, others } = await session.mainProfile(analysis.analysis.outcomes.map(({ file }) => file));
  const baseline = args.text('baseline');
  if (args.flag('write-baseline')) {
    await writeBaselines(session, analysis.analysis, baseline, context);
    return 0;
  }
  const filtered = await applyBaselines(session, analysis.analysis, baseline, context);
  const format = args.text('format') ?? 'text';
  if (format === 'json') context.stdout(jsonOutput(filtered, { profile, others }, context.version));
  else if (format === 'sarif') context.stdout(sarifOutput(filtered, await sarifTool(context)));
  else context.stdout(textOutput(filtered, [profile.name, ...others].join(', '), paint(context.useColour)));
  if (analysis.isIncomplete) return 2;
  const hasFindings = filtered.findings.some(({ suppression }) => !suppression);
  return hasFindings && !args.flag('exit-zero') ? 1 : 0;
}

async function sarifTool({ rules, ruleDocument, version }: CliContext): Promise<SarifTool> {
  const pages = await Promise.all(
    rules.map(async ({ meta }) => [meta.id, (await ruleDocument(meta.id)) ?? ''] as const),
  );
  return { rules, pages: new Map(pages), version };
}

interface CheckedAnalysis {
  readonly analysis: Analysis;
  /** A path of the command line does not exist, or nothing of what it names could be read. */
  readonly isIncomplete: boolean;
}

/** `undefined` when the configuration cannot be used. */
async function checkPaths(
  session: Session,
  args: ParsedArguments,
  context: CliContext,
): Promise<CheckedAnalysis | undefined> {
  const { files, notes, missing, isUnlisted } = await session.collect(args.positionals);
  for (const { path, reason } of missing) context.stderr(`green-ai: ${reason}: ${path}\n`);
  for (const { path, reason } of notes) context.stderr(`${path}: ${reason}\n`);
  if (await reportConfigProblems(session, files, context)) return undefined;
  const unseen = [...missing, ...notes].map(
    ({ path, reason }): Problem => ({ path, kind: 'unreadable', message: reason }),
  );
  const analysis = await analyzeAll(session, files, context);
  return {
    analysis: { ...analysis, problems: [...unseen, ...analysis.problems] },
    isIncomplete: missing.length > 0 || isNothingRead(analysis.outcomes, isUnlisted),
  };
}

async function checkStdin(
  session: Session,
  args: ParsedArguments,
  context: CliContext,
): Promise<CheckedAnalysis | undefined> {
  if (args.positionals.length > 1) throw new UsageError('- cannot be combined with other paths');
  const file = stdinFile(args, context);
  if (await reportConfigProblems(session, [file], context)) return undefined;
  const outcome = await session.analyzeBytes(file, await context.readStdin());
  const analysis = analysisOf([outcome]);
  for (const problem of analysis.problems) context.stderr(`${problemText(problem)}\n`);
  return { analysis, isIncomplete: isNothingRead(analysis.outcomes, false) };
}

export function stdinFile(args: ParsedArguments, { cwd }: CliContext): FoundFile {
  const path = args.text('stdin-filename');
  if (path === undefined) throw new UsageError('- needs --stdin-filename, which decides the language');
  return { absolute: resolvePath(cwd, path), path: path.replaceAll('\\', '/'), isExplicit: true };
}
