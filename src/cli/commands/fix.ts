import type { Problem } from '../../core/engine/finding.ts';
import { count } from '../../report/words.ts';
import { isNothingRead } from '../analysis/analyzeAll.ts';
import { problemText, reportConfigProblems } from '../analysis/configProblems.ts';
import { type FileOutcome, Session } from '../analysis/session.ts';
import { ANALYSIS_OPTIONS, sessionOptions } from '../analysis/sessionOptions.ts';
import { type CliContext, type ExitCode, UsageError } from '../cliContext.ts';
import type { Command, ParsedArguments } from '../command.ts';
import type { FoundFile } from '../files/collectFiles.ts';
import { encodeSource } from '../files/sourceText.ts';
import { writeFileAtomically } from '../files/writeFile.ts';
import { fixFile } from '../fix/fixFile.ts';
import { unifiedDiff } from '../fix/unifiedDiff.ts';
import { stdinFile } from './check.ts';

export const fixCommand: Command = {
  name: 'fix',
  summary: 'Apply the safe fixes',
  usage: '<path>... [options]   (- fixes standard input and writes standard output)',
  options: {
    'dry-run': { type: 'boolean', description: 'Write nothing; show what would change as a unified diff' },
    ...ANALYSIS_OPTIONS,
    'stdin-filename': {
      type: 'string',
      value: 'PATH',
      description: 'Path of the text on standard input; decides language and settings',
    },
    'exit-zero': { type: 'boolean', description: 'Exit with 0 even if findings remain' },
  },
  positionals: { least: 1, most: Number.POSITIVE_INFINITY, name: 'a path' },

  async run(args, context) {
    const session = await Session.start(context, await sessionOptions(args, context));
    try {
      return args.positionals.includes('-')
        ? await fixStdin(session, args, context)
        : await fixPaths(session, args, context);
    } finally {
      session.dispose();
    }
  },
};

async function fixPaths(session: Session, args: ParsedArguments, context: CliContext): Promise<ExitCode> {
  const { files, notes, missing, isUnlisted } = await session.collect(args.positionals);
  for (const { path, reason } of missing) context.stderr(`green-ai: ${reason}: ${path}\n`);
  for (const { path, reason } of notes) context.stderr(`${path}: ${reason}\n`);
  if (await reportConfigProblems(session, files, context)) return 2;
  const isDryRun = args.flag('dry-run');
  let changed = 0;
  let fixed = 0;
  let remaining = 0;
  let failed = missing.length;
  const read: { readonly file: FoundFile; readonly problem: Problem | undefined }[] = [];
  const outcomes: FileOutcome[] = [];
  // All are looked at before the first one is changed: what is found in a file must not depend on which was quicker.
  for await (const outcome of session.analyzeFiles(files)) {
    const { file, problem } = outcome;
    read.push({ file, problem });
    if (problem) context.stderr(`${problemText(problem)}\n`);
    if (outcome.result?.findings.length) outcomes.push(outcome);
  }
  for (const outcome of outcomes) {
    const { file } = outcome;
    const result = await fixFile(session, outcome);
    for (const note of result.notes) context.stderr(`${file.path}: ${note}\n`);
    if (result.fixed.length > 0 && outcome.source) {
      if (isDryRun) context.stdout(unifiedDiff(file.path, outcome.source.text, result.text));
      else if (!(await save(outcome, result.text, context))) {
        failed++;
        remaining += outcome.result?.findings.filter(({ suppression }) => !suppression).length ?? 0;
        continue;
      }
      changed++;
      fixed += result.fixed.length;
    }
    remaining += result.remaining.length;
  }
  const verb = isDryRun ? 'would be fixed' : 'fixed';
  context.stderr(
    `${count(fixed, 'finding')} ${verb} in ${count(changed, 'file')}; ${remaining} ${remaining === 1 ? 'remains' : 'remain'}.\n`,
  );
  if (failed > 0 || isNothingRead(read, isUnlisted)) return 2;
  return remaining + (isDryRun ? fixed : 0) > 0 && !args.flag('exit-zero') ? 1 : 0;
}

/** False when the file could not be written; the reason is said. */
async function save({ file, source }: FileOutcome, text: string, context: CliContext): Promise<boolean> {
  const bytes = source && encodeSource(text, source);
  if (!bytes) {
    context.stderr(`${file.path}: not fixed, since its encoding cannot be written\n`);
    return false;
  }
  try {
    await writeFileAtomically(file.absolute, bytes);
    return true;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    context.stderr(`${file.path}: ${error.message}\n`);
    return false;
  }
}

async function fixStdin(session: Session, args: ParsedArguments, context: CliContext): Promise<ExitCode> {
  if (args.positionals.length > 1) throw new UsageError('- cannot be combined with other paths');
  const file = stdinFile(args, context);
  if (await reportConfigProblems(session, [file], context)) return 2;
  const outcome = await session.analyzeBytes(file, await context.readStdin());
  if (outcome.problem || !outcome.source) throw new UsageError(outcome.problem?.message ?? 'cannot be read');
  const { text, notes, remaining } = await fixFile(session, outcome);
  for (const note of notes) context.stderr(`${file.path}: ${note}\n`);
  context.stdout(args.flag('dry-run') ? unifiedDiff(file.path, outcome.source.text, text) : text);
  return remaining.length > 0 && !args.flag('exit-zero') ? 1 : 0;
}
