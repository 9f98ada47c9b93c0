import type { Command } from './command.ts';

/** Help of the whole program. */
export function programHelp(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  return [
    `Green AI ${version}: finds energy waste in Python and TypeScript machine-learning code.`,
    '',
    'Usage: green-ai <command> [options]',
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    'Options:',
    '  --help     Show this text, or the help of a command',
    '  --version  Show the version',
    '',
    'Exit status: 0 nothing found, 1 findings, 2 usage or configuration error.',
    '',
  ].join('\n');
}

export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, spec]) => ({
    head: `--${name}${spec.type === 'string' ? ` <${spec.choices?.join('|') ?? spec.value ?? 'VALUE'}>` : ''}`,
    description: spec.description,
  }));
  const all = [...options, { head: '--help', description: 'Show this text' }];
  const width = Math.min(34, Math.max(...all.map(({ head }) => head.length)) + 2);
  return [
    `${command.summary}.`,
    '',
    `Usage: green-ai ${command.name} ${command.usage}`,
    '',
    'Options:',
    ...all.map(({ head, description }) =>
      head.length < width ? `  ${head.padEnd(width)}${description}` : `  ${head}\n  ${' '.repeat(width)}${description}`,
    ),
    '',
  ].join('\n');
}
