import type { Config } from '../../core/config/config.ts';
import type { AnalysisInput, AnalysisResult } from '../../core/engine/analysis.ts';
import { Analyzer, type ModelledText } from '../../core/engine/analyzer.ts';
import type { Problem } from '../../core/engine/finding.ts';
import type { Parsers } from '../../core/syntax/parsers.ts';
import type { AnalysisHost } from '../../host/analysisHost.ts';
import { inOrder } from '../../host/inOrder.ts';
import { FolderProjectReader } from '../../host/project/folderProjectReader.ts';
import { resolvePath } from '../../host/project/paths.ts';
import type { ProjectReader, ProjectSettings } from '../../host/project/projectReader.ts';
import { type MainProfile, mainProfile } from '../../report/mainProfile.ts';
import type { CliContext } from '../cliContext.ts';
import { collectFiles, type FoundFile } from '../files/collectFiles.ts';
import type { SourceText } from '../files/sourceText.ts';
import { createHost, KEPT_CHARACTERS } from './createHost.ts';
import { readInput } from './readInput.ts';
import { SessionLinks } from './sessionLinks.ts';

export interface SessionOptions {
  readonly overrides: Config;
  readonly onlyRules?: readonly string[];
  readonly configPath?: string;
  /** Workers of a long run; 1 for none, absent for as many as the machine feeds. */
  readonly jobs?: number;
  /** Files with more bytes are skipped with a note; infinite for no limit. */
  readonly maxFileSize: number;
}

/** One file, analysed or not. */
export interface FileOutcome {
  readonly file: FoundFile;
  readonly source?: SourceText;
  readonly input?: AnalysisInput;
  readonly result?: AnalysisResult;
  /** Why there is no result. */
  readonly problem?: Problem;
}

/** Files that are read while others are analysed: enough that no worker waits for one. */
const FILES_AT_ONCE = 32;

/** One run of the command line: the engine, and the project around the working directory. */
export class Session {
  private readonly reader: ProjectReader;
  private readonly links: SessionLinks;
  private readonly host: AnalysisHost;
  /** Folders and files that the run was asked for. */
  private named: readonly string[] = [];

  private constructor(
    private readonly context: CliContext,
    private readonly options: SessionOptions,
    readonly parsers: Parsers,
    private readonly analyzer: Analyzer,
  ) {
    this.host = createHost(context, parsers, analyzer, options.jobs);
    const named = (): readonly string[] => this.named;
    this.reader = new FolderProjectReader({
      fileSystem: context.fileSystem,
      root: context.cwd,
      named,
      profiles: context.profiles,
      knownRules: new Set(context.rules.map(({ meta }) => meta.id)),
      overrides: options.overrides,
      ...(options.configPath === undefined ? {} : { configPath: options.configPath }),
      ...(options.onlyRules === undefined ? {} : { onlyRules: options.onlyRules }),
    });
    this.links = new SessionLinks(context, this.host, named);
  }

  static async start(context: CliContext, options: SessionOptions): Promise<Session> {
    const parsers = await context.loadParsers();
    const analyzer = new Analyzer({ parsers, rules: context.rules, keepLowered: KEPT_CHARACTERS });
    return new Session(context, options, parsers, analyzer);
  }

  settingsFor(absolute: string): Promise<ProjectSettings> {
    return this.reader.settingsFor(absolute);
  }

  /** Settings that would be in force for a file in the working directory. */
  rootSettings(): Promise<ProjectSettings> {
    return this.reader.settingsFor(resolvePath(this.context.cwd, 'main.py'));
  }

  /** The hardware that most of the files' estimates refer to; without files that of the working directory. */
  async mainProfile(files: readonly FoundFile[]): Promise<MainProfile> {
    const around = await Promise.all(files.map(({ absolute }) => this.settingsFor(absolute)));
    const main = mainProfile(around.map(({ settings }) => settings.profile));
    return main ?? { profile: (await this.rootSettings()).settings.profile, others: [] };
  }

  /** Files that the paths stand for, without those that a configuration excludes. */
  async collect(paths: readonly string[]) {
    const { cwd, fileSystem } = this.context;
    this.named = paths.map((path) => resolvePath(cwd, path));
    const collected = await collectFiles(paths, cwd, fileSystem);
    const files: FoundFile[] = [];
    for (const file of collected.files) {
      if (file.isExplicit || !(await this.settingsFor(file.absolute)).isExcluded) files.push(file);
    }
    return { ...collected, files };
  }

  /** Reads what other files say of these. */
  link(files: readonly FoundFile[]): Promise<void> {
    return this.links.prepare(files.map(({ absolute }) => absolute));
  }

  /** Outcomes in the order of the files, whichever is ready first. What other files say of these is read before. */
  async *analyzeFiles(files: readonly FoundFile[]): AsyncGenerator<FileOutcome> {
    await this.link(files);
    yield* inOrder(files, FILES_AT_ONCE, (file) => this.analyzeFile(file));
  }

  async analyzeFile(file: FoundFile): Promise<FileOutcome> {
    const { fileSystem } = this.context;
    const size = (await fileSystem.stat(file.absolute))?.size ?? 0;
    if (size > this.options.maxFileSize) {
      const message = `skipped: ${excessText(size, this.options.maxFileSize)} (see --max-file-size)`;
      return { file, problem: { path: file.path, kind: 'too-large', message } };
    }
    let bytes: Uint8Array;
    try {
      bytes = await fileSystem.readBytes(file.absolute);
    } catch (error) {
      return { file, problem: { path: file.path, kind: 'unreadable', message: `cannot be read: ${reasonOf(error)}` } };
    }
    const read = readInput(bytes, file.path);
    if ('message' in read) return { file, problem: { path: file.path, ...read } };
    try {
      return { file, ...read, result: await this.analyze(read.input, file.absolute, file.isExplicit) };
    } catch (error) {
      const message = `could not be analysed: ${reasonOf(error)}`;
      return { file, problem: { path: file.path, kind: 'engine-failed', message } };
    }
  }

  /** A text that comes from elsewhere and stands for the file. */
  async analyzeBytes(file: FoundFile, bytes: Uint8Array): Promise<FileOutcome> {
    const read = readInput(bytes, file.path);
    if ('message' in read) return { file, problem: { path: file.path, ...read } };
    await this.links.setText(file.absolute, read.input);
    return { file, ...read, result: await this.analyze(read.input, file.absolute, file.isExplicit) };
  }

  /** `absolute` is where the text stands or would stand: it decides the settings and what other files say of it. */
  async analyzeInput(input: AnalysisInput, absolute: string): Promise<AnalysisResult> {
    await this.links.setText(absolute, input);
    return this.analyze(input, absolute);
  }

  /** The program model that the rules see, for an outcome that has an input. */
  async model({ absolute }: FoundFile, input: AnalysisInput): Promise<ModelledText | readonly Problem[]> {
    const { settings } = await this.settingsFor(absolute);
    await this.parsers.prepare(input.kind === 'file' ? input.language : 'python');
    const inForce = await this.reader.withNamedFiles(settings, input, absolute);
    return this.analyzer.model(input, inForce, await this.links.factsFor(absolute));
  }

  /** A file that the user named is parsed whatever it holds, so that its syntax errors are told. */
  private async analyze(input: AnalysisInput, absolute: string, checkSyntax = false): Promise<AnalysisResult> {
    const { settings } = await this.settingsFor(absolute);
    const inForce = await this.reader.withNamedFiles({ ...settings, checkSyntax }, input, absolute);
    const result = await this.host.analyze(input, inForce, await this.links.factsFor(absolute));
    const defect = this.links.takeDefect();
    if (defect === undefined) return result;
    const message = `looked at alone, what other files say of it could not be found: ${reasonOf(defect)}`;
    return { ...result, problems: [...result.problems, { path: input.path, kind: 'engine-failed', message }] };
  }

  dispose(): void {
    this.host.dispose();
    this.parsers.dispose();
  }
}

/** `3.1 MB is more than 2 MB`; in bytes where both would read the same. */
function excessText(size: number, limit: number): string {
  const [shown, most] = [sizeText(size), sizeText(limit)];
  return shown === most ? `${size} bytes are more than ${limit} bytes` : `${shown} is more than ${most}`;
}

function sizeText(bytes: number): string {
  return bytes >= 1e6 ? `${Number((bytes / 1e6).toFixed(1))} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

/** `EACCES: permission denied, open '/a/b'` → `permission denied`. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z]+: ([^,]+),/.exec(message)?.[1] ?? message;
}
