import { explain } from '../../core/explain/explain.ts';
import { modelCatalogue } from '../../knowledge/models/modelCatalogue.ts';
import { problemText, reportConfigProblems } from '../analysis/configProblems.ts';
import { Session } from '../analysis/session.ts';
import { ANALYSIS_OPTIONS, sessionOptions } from '../analysis/sessionOptions.ts';
import { type CliContext, type ExitCode, UsageError } from '../cliContext.ts';
import type { Command, ParsedArguments } from '../command.ts';
import { explanationText } from '../explain/explanationText.ts';
import { sourcePlace } from '../explain/sourcePlace.ts';
import { paint } from '../format/paint.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'Show the facts at a line and why each rule did or did not report there',
  usage: '<file>[:line] [options]   (a notebook: <file>:cell N:line)',
  options: {
    format: { type: 'string', choices: ['text', 'json'], description: 'Output format (default text)' },
    ...ANALYSIS_OPTIONS,
  },
  positionals: { least: 1, most: 1, name: 'a file' },

  async run(args, context) {
    const session = await Session.start(context, await sessionOptions(args, context));
    try {
      return await explainPlace(session, args, context);
    } finally {
      session.dispose();
    }
  },
};

async function explainPlace(session: Session, args: ParsedArguments, context: CliContext): Promise<ExitCode> {
  const argument = args.positionals[0] ?? '';
  const { path, at } = sourcePlace(argument);
  const { files, notes, missing } = await session.collect([path]);
  for (const { path: of, reason } of [...missing, ...notes]) context.stderr(`green-ai: ${reason}: ${of}\n`);
  const [file, second] = files;
  if (second) throw new UsageError(`explain: ${path} is a folder; name a file`);
  if (!file || (await reportConfigProblems(session, files, context))) return 2;
  await session.link([file]);
  const outcome = await session.analyzeFile(file);
  if (outcome.problem) context.stderr(`${problemText(outcome.problem)}\n`);
  if (!outcome.input) return 2;
  const modelled = await session.model(file, outcome.input);
  if (!('program' in modelled)) {
    for (const problem of modelled) context.stderr(`${problemText(problem)}\n`);
    return 2;
  }
  const explanation = explain({
    ...modelled,
    rules: context.rules,
    models: modelCatalogue,
    findings: outcome.result?.findings ?? [],
    ...(at ? { at } : {}),
  });
  if (!explanation) throw new UsageError(`explain: ${path} has no such line: ${argument}`);
  const isJson = args.text('format') === 'json';
  context.stdout(
    isJson ? `${JSON.stringify(explanation, undefined, 2)}\n` : explanationText(explanation, paint(context.useColour)),
  );
  return 0;
}
