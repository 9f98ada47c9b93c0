import { type CliContext, type ExitCode, UsageError } from '../cliContext.ts';
import type { ParsedArguments } from '../command.ts';
import { type EstimateError, fail } from './checkFields.ts';

/** Answers the JSON lines of standard input in order, one line each; a bad line gets an `error`. */
export async function answerLines(
  fields: Readonly<Record<string, string>>,
  args: ParsedArguments,
  context: CliContext,
  answerTo: (json: unknown, context: CliContext) => Promise<object>,
): Promise<ExitCode> {
  const { readStdin, stdout } = context;
  const given = Object.keys(fields).find((option) => args.text(option) !== undefined);
  if (given !== undefined) throw new UsageError(`--stdin takes its requests from standard input, not from --${given}`);
  const text = new TextDecoder().decode(await readStdin());
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    if (line.trim() === '') continue;
    const json = parsed(line);
    stdout(`${JSON.stringify('error' in json ? json : await answerTo(json.value, context))}\n`);
  }
  return 0;
}

function parsed(line: string): { readonly value: unknown } | EstimateError {
  try {
    return { value: JSON.parse(line) };
  } catch (error) {
    return fail('request', `is not valid JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** The request's fields that the options fill, as texts. */
export function fieldsOf(fields: Readonly<Record<string, string>>, args: ParsedArguments): object {
  return Object.fromEntries(Object.entries(fields).map(([option, field]) => [field, args.text(option)]));
}
