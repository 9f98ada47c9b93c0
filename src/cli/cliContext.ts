import type { RegisteredRule } from '../core/engine/rule.ts';
import type { Parsers } from '../core/syntax/parsers.ts';
import type { FileSystem } from '../host/fileSystem.ts';
import type { ProfileCatalogue } from '../host/project/profileCatalogue.ts';
import type { EngineWorker } from '../host/workerProtocol.ts';

export interface CliWorkers {
  /** How many of them this machine can feed. */
  readonly most: number;
  /** `keepLowered` as in `EnginePurpose`. */
  readonly start: (keepLowered: number) => EngineWorker;
}

/** Everything that the commands take from outside, so that tests run them in process. */
export interface CliContext {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly readStdin: () => Promise<Uint8Array>;
  /** Absolute, with forward slashes. The workspace root of everything that is read. */
  readonly cwd: string;
  readonly useColour: boolean;
  /** Called at most once, by commands that analyse. */
  readonly loadParsers: () => Promise<Parsers>;
  readonly rules: readonly RegisteredRule[];
  /** Workers for long runs, where there are any; their rules are the shipped ones. */
  readonly workers?: CliWorkers;
  /** Documentation of a rule in Markdown, where it is at hand. */
  readonly ruleDocument: (id: string) => Promise<string | undefined>;
  readonly profiles: ProfileCatalogue;
  readonly fileSystem: FileSystem;
  readonly version: string;
  readonly now: () => Date;
}

/** 0 clean, 1 findings, 2 usage or configuration error. */
export type ExitCode = 0 | 1 | 2;

/** The user asked for something that cannot be done; said on standard error, exit 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
