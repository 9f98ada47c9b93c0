import type { Config } from '../../core/config/config.ts';
import type { AnalysisInput, AnalysisResult } from '../../core/engine/analysis.ts';
import { Analyzer, type ModelledText } from '../../core/engine/analyzer.ts';
import type { Problem } from '../../core/engine/finding.ts';
import type { Parsers } from '../../core/syntax/parsers.ts';
import { LocalHost } from '../../host/localHost.ts';
import { FolderProjectReader } from '../../host/project/folderProjectReader.ts';
import { resolvePath } from '../../host/project/paths.ts';
import type { ProjectReader, ProjectSettings } from '../../host/project/projectReader.ts';
import { type MainProfile, mainProfile } from '../../report/mainProfile.ts';
import type { CliContext } from '../cliContext.ts';
import { collectFiles, type FoundFile } from '../files/collectFiles.ts';
import type { SourceText } from '../files/sourceText.ts';
import { readInput } from './readInput.ts';
import { SessionLinks } from './sessionLinks.ts';

export interface SessionOptions {
  readonly overrides: Config;
  readonly onlyRules?: readonly string[];
  readonly configPath?: string;
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

/** Characters of source whose lowered form waits for the analysis after the summary: some 100 MB at most; more costs the collector what the parser saves. */
const KEPT_CHARACTERS = 2_000_000;

/** One run of the command line: the engine, and the project around the working directory. */
export class Session {
  private readonly reader: ProjectReader;
  private readonly links: SessionLinks;
  private readonly host: LocalHost;

  private constructor(
    private readonly context: CliContext,
    private readonly options: SessionOptions,
    readonly parsers: Parsers,
    private readonly analyzer: Analyzer,
  ) {
    this.host = new LocalHost(analyzer);
    this.reader = new FolderProjectReader({
      fileSystem: context.fileSystem,
      root: context.cwd,
      profiles: context.profiles,
      knownRules: new Set(context.rules.map(({ meta }) => meta.id)),
      overrides: options.overrides,
      ...(options.configPath === undefined ? {} : { configPath: options.configPath }),
      ...(options.onlyRules === undefined ? {} : { onlyRules: options.onlyRules }),
    });
    this.links = new SessionLinks(context, parsers, this.host);
  }

  static async start(context: CliContext, options: SessionOptions): Promise<Session> {
    const parsers = await context.loadParsers();
    return new Session(
      context,
      options,
      parsers,
      new Analyzer({ parsers, rules: context.rules, keepLowered: KEPT_CHARACTERS }),
    );
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
    const collected = await collectFiles(paths, cwd, fileSystem);
    const files: FoundFile[] = [];
    for (const file of collected.files) {
      if (file.isExplicit || !(await this.settingsFor(file.absolute)).isExcluded) files.push(file);
    }
    return { ...collected, files };
  }

  /** Reads what other files say of these, before they are analysed one by one. */
  link(files: readonly FoundFile[]): Promise<void> {
    return this.links.prepare(files.map(({ absolute }) => absolute));
  }

  async analyzeFile(file: FoundFile): Promise<FileOutcome> {
    const { fileSystem } = this.context;
    const size = (await fileSystem.stat(file.absolute))?.size ?? 0;
    if (size > this.options.maxFileSize) {
      const message = `skipped: ${excessText(size, this.options.maxFileSize)} (see --max-file-size)`;
      return { file, problem: { path: file.path, kind: 'too-large', message } };
    }
    try {
      const read = readInput(await fileSystem.readBytes(file.absolute), file.path);
      if ('message' in read) return { file, problem: { path: file.path, ...read } };
      return { file, ...read, result: await this.analyze(read.input, file.absolute, file.isExplicit) };
    } catch (error) {
      return { file, problem: { path: file.path, kind: 'unreadable', message: `cannot be read: ${reasonOf(error)}` } };
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
    return this.analyzer.model(input, settings, await this.links.factsFor(absolute));
  }

  /** A file that the user named is parsed whatever it holds, so that its syntax errors are told. */
  private async analyze(input: AnalysisInput, absolute: string, checkSyntax = false): Promise<AnalysisResult> {
    const { settings } = await this.settingsFor(absolute);
    await this.parsers.prepare(input.kind === 'file' ? input.language : 'python');
    const inForce = await this.reader.withLocalModels({ ...settings, checkSyntax }, input, absolute);
    return this.host.analyze(input, inForce, await this.links.factsFor(absolute));
  }

  dispose(): void {
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
