import { nearestName } from '../core/text/nearestName.ts';
import { type CliContext, type ExitCode, UsageError } from './cliContext.ts';
import type { Command } from './command.ts';
import { checkCommand } from './commands/check.ts';
import { estimateCommand } from './commands/estimate.ts';
import { estimateTrainingCommand } from './commands/estimateTraining.ts';
import { explainCommand } from './commands/explain.ts';
import { fixCommand } from './commands/fix.ts';
import { reportCommand } from './commands/report.ts';
import { rulesCommand } from './commands/rules.ts';
import { commandHelp, programHelp } from './helpText.ts';
import { parseArguments } from './parseArguments.ts';

const COMMANDS: readonly Command[] = [
  checkCommand,
  fixCommand,
  reportCommand,
  rulesCommand,
  explainCommand,
  estimateCommand,
  estimateTrainingCommand,
];

/** Runs one command line; everything outside comes through the context. */
export async function run(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-V' || first === 'version') {
    context.stdout(`${context.version}\n`);
    return 0;
  }
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    context.stdout(programHelp(COMMANDS, context.version));
    return 0;
  }
  if (first === undefined) {
    context.stderr(programHelp(COMMANDS, context.version));
    return 2;
  }
  const name = first === 'help' ? rest[0] : first;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  try {
    if (!command) throw unknownCommand(name ?? '');
    const isHelp = first === 'help' || words(rest).some((word) => word === '--help' || word === '-h');
    if (isHelp) {
      context.stdout(commandHelp(command));
      return 0;
    }
    return await command.run(parseArguments(command, rest), context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    context.stderr(`green-ai: ${error.message}\n`);
    return 2;
  }
}

/** Words before `--`, which ends the options. */
function words(rest: readonly string[]): readonly string[] {
  const end = rest.indexOf('--');
  return end < 0 ? rest : rest.slice(0, end);
}

function unknownCommand(name: string): UsageError {
  const nearest = nearestName(
    name,
    COMMANDS.map((command) => command.name),
  );
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return new UsageError(`unknown command "${name}"${hint} (see green-ai --help)`);
}
