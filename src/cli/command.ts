import type { CliContext, ExitCode } from './cliContext.ts';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** Word for the value in the help text. */
  readonly value?: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** Given again, its values are joined by commas; else the last one counts. */
  readonly isList?: boolean;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** How many words may stand beside the options. */
  readonly positionals: { readonly least: number; readonly most: number; readonly name: string };
  run(args: ParsedArguments, context: CliContext): Promise<ExitCode>;
}

/** What the user gave, checked against the command's options. */
export interface ParsedArguments {
  readonly positionals: readonly string[];
  text(option: string): string | undefined;
  flag(option: string): boolean;
}
