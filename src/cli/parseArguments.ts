import { parseArgs } from 'node:util';
import { nearestName } from '../core/text/nearestName.ts';
import { UsageError } from './cliContext.ts';
import type { Command, ParsedArguments } from './command.ts';

/** Reads the words after a command's name. Throws `UsageError` that names the word and what was most likely meant. */
export function parseArguments(command: Command, words: readonly string[]): ParsedArguments {
  const types = Object.entries(command.options).map(([name, { type }]) => [name, { type }] as const);
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(types),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const texts = new Map<string, string>();
  const flags = new Set<string>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = command.options[token.name];
    if (!spec || !Object.hasOwn(command.options, token.name)) throw unknownOption(command, token.rawName);
    if (spec.type === 'boolean') {
      if (token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
      flags.add(token.name);
      continue;
    }
    if (token.value === undefined || (!token.inlineValue && /^--?[a-z]/.test(token.value))) {
      throw new UsageError(`${token.rawName} needs a value${spec.value ? ` (${spec.value})` : ''}`);
    }
    if (spec.choices && !spec.choices.includes(token.value))
      throw wrongChoice(token.rawName, token.value, spec.choices);
    const before = spec.isList ? texts.get(token.name) : undefined;
    texts.set(token.name, before === undefined ? token.value : `${before},${token.value}`);
  }
  checkPositionals(command, positionals);
  return { positionals, text: (option) => texts.get(option), flag: (option) => flags.has(option) };
}

function unknownOption(command: Command, given: string): UsageError {
  const nearest = nearestName(given.replace(/^-+/, ''), Object.keys(command.options));
  const hint = nearest === undefined ? '' : `; did you mean --${nearest}?`;
  return new UsageError(`unknown option ${given}${hint} (see green-ai ${command.name} --help)`);
}

function wrongChoice(option: string, value: string, choices: readonly string[]): UsageError {
  const nearest = nearestName(value, choices);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return new UsageError(`${option}: "${value}" is none of ${choices.join(', ')}${hint}`);
}

function checkPositionals({ name, positionals: { least, most, name: word } }: Command, given: readonly string[]): void {
  if (given.length < least) throw new UsageError(`${name}: ${word} is missing (see green-ai ${name} --help)`);
  const extra = given[most];
  if (extra !== undefined)
    throw new UsageError(`${name}: unexpected argument "${extra}" (see green-ai ${name} --help)`);
}
