import { amountText } from '../../energy/estimateText.ts';
import { nameOf, resolvePath } from '../../host/project/paths.ts';
import { buildReport } from '../../report/buildReport.ts';
import type { ReportModel } from '../../report/reportModel.ts';
import { toHtml } from '../../report/toHtml.ts';
import { toJson } from '../../report/toJson.ts';
import { toMarkdown } from '../../report/toMarkdown.ts';
import { analyzeAll, isNothingRead } from '../analysis/analyzeAll.ts';
import { reportConfigProblems } from '../analysis/configProblems.ts';
import { Session } from '../analysis/session.ts';
import { ANALYSIS_OPTIONS, sessionOptions } from '../analysis/sessionOptions.ts';
import { type CliContext, type ExitCode, UsageError } from '../cliContext.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { writeFileAtomically } from '../files/writeFile.ts';

const RENDERERS: Readonly<Record<string, (report: ReportModel) => string>> = {
  html: toHtml,
  markdown: toMarkdown,
  json: toJson,
};

export const reportCommand: Command = {
  name: 'report',
  summary: 'Write a report on a folder: totals, ranking by saving, assumptions',
  usage: '<folder> [options]',
  options: {
    format: {
      type: 'string',
      choices: Object.keys(RENDERERS),
      description: 'Output format (default: by the output file, else html)',
    },
    output: { type: 'string', value: 'FILE', description: 'Write to this file (default: standard output)' },
    ...ANALYSIS_OPTIONS,
  },
  positionals: { least: 1, most: 1, name: 'a folder' },

  async run(args, context) {
    const session = await Session.start(context, await sessionOptions(args, context));
    try {
      return await report(session, args, context);
    } finally {
      session.dispose();
    }
  },
};

async function report(session: Session, args: ParsedArguments, context: CliContext): Promise<ExitCode> {
  const { files, notes, missing, isUnlisted } = await session.collect(args.positionals);
  const [absent] = missing;
  if (absent) throw new UsageError(`${absent.reason}: ${absent.path}`);
  for (const { path, reason } of notes) context.stderr(`${path}: ${reason}\n`);
  if (await reportConfigProblems(session, files, context)) return 2;
  const { findings, outcomes, problems } = await analyzeAll(session, files, context);
  if (isNothingRead(outcomes, isUnlisted)) throw new UsageError('nothing could be read');
  const { profile, others } = await session.mainProfile(files);
  const model = buildReport(findings, profile, {
    label: nameOf(resolvePath(context.cwd, args.positionals[0] ?? '.')),
    createdAt: context.now().toISOString(),
    toolVersion: context.version,
    analysedFiles: outcomes.filter(({ result }) => result !== undefined).length,
    otherProfiles: others,
    suppressedFindings: findings.filter(({ suppression }) => suppression).length,
    skipped: [
      ...notes,
      ...problems
        .filter(({ kind }) => kind !== 'unused-suppression')
        .map(({ path, message }) => ({ path, reason: message })),
    ],
  });
  const output = args.text('output');
  const text = (RENDERERS[args.text('format') ?? formatOf(output)] ?? toHtml)(model);
  if (output === undefined) {
    context.stdout(text);
    return 0;
  }
  await writeFileAtomically(resolvePath(context.cwd, output), Buffer.from(text));
  context.stderr(`${output}: ${model.ranking.length} finding(s), about ${amountText(model.total.energy)} a year\n`);
  return 0;
}

function formatOf(output: string | undefined): string {
  const extension = /\.(md|markdown|json)$/i.exec(output ?? '')?.[1]?.toLowerCase();
  return extension === undefined ? 'html' : extension === 'json' ? 'json' : 'markdown';
}
