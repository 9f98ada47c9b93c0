import ignore from 'ignore';
import { type Config, DEFAULT_SMALLEST_SAVING_KWH, mergeConfigs } from '../../core/config/config.ts';
import type { AnalysisInput, AnalysisSettings } from '../../core/engine/analysis.ts';
import type { Problem } from '../../core/engine/finding.ts';
import type { MachineEvidence } from '../../core/evidence/machineEvidence.ts';
import type { DeclaredVersions } from '../../core/semantics/declaredVersions.ts';
import { UNKNOWN } from '../../core/semantics/fact.ts';
import { isTable } from '../../core/versions/manifests/readValue.ts';
import type { Ecosystem } from '../../core/versions/readManifest.ts';
import { resolveVersions } from '../../core/versions/resolveVersions.ts';
import { runtimeOf } from '../../core/versions/runtimeOf.ts';
import type { FileSystem } from '../fileSystem.ts';
import { LocalModels } from '../models/localModels.ts';
import { WorkspaceFiles } from '../namedFiles/workspaceFiles.ts';
import { type ConfigSearch, configIn, type FoundConfig, readConfig } from './configSearch.ts';
import { findMachine } from './deploymentSearch.ts';
import { FolderListings, PathCache } from './folderCache.ts';
import { findManifests, holdsManifests } from './manifestSearch.ts';
import { foldersUpTo, isInside, parentOf, relativeTo, resolvePath } from './paths.ts';
import type { ProfileCatalogue } from './profileCatalogue.ts';
import { ProfileSearch } from './profileSearch.ts';
import type { ProjectReader, ProjectSettings } from './projectReader.ts';
import { repositoryAround } from './repositoryAround.ts';

export interface ProjectOptions {
  readonly fileSystem: FileSystem;
  /** Absolute path of the workspace folder; on the command line the working directory. */
  readonly root: string;
  /** Folders that were asked for by name. */
  readonly named?: () => readonly string[];
  readonly profiles: ProfileCatalogue;
  readonly knownRules: ReadonlySet<string>;
  /** The editor's settings, asked anew each time; the configuration file stands above them. */
  readonly defaults?: () => Config;
  /** The command line's options, above everything. */
  readonly overrides?: Config;
  /** A configuration file that the user named; no other is searched. */
  readonly configPath?: string;
  readonly onlyRules?: readonly string[];
}

/** Reads through the `FileSystem` port and remembers per folder. */
export class FolderProjectReader implements ProjectReader {
  private readonly listings: FolderListings;
  private readonly configs = new PathCache<FoundConfig | undefined>();
  private readonly manifests = new PathCache<FoundVersions>();
  private readonly machines = new PathCache<MachineEvidence | undefined>();
  private readonly packages = new PathCache<NearestPackage | undefined>();
  private readonly tops = new PathCache<string>();
  private readonly profiles: ProfileSearch;
  private readonly search: ConfigSearch;
  private readonly models: LocalModels;
  private readonly files: WorkspaceFiles;

  constructor(private readonly options: ProjectOptions) {
    const { fileSystem, knownRules, profiles, root } = options;
    const display = (path: string): string => relativeTo(path, root);
    this.listings = new FolderListings(fileSystem);
    this.models = new LocalModels(fileSystem, root);
    this.files = new WorkspaceFiles(fileSystem, root);
    this.search = { fileSystem, listings: this.listings, knownRules, display };
    this.profiles = new ProfileSearch(profiles, fileSystem, root, display);
  }

  async settingsFor(path: string): Promise<ProjectSettings> {
    const folder = parentOf(path) ?? path;
    const folders = foldersUpTo(folder, await this.top(folder));
    const isPython = /\.(?:pyi?|ipynb)$/i.test(path);
    const [file, found, runtime] = await Promise.all([
      this.configFor(folders),
      this.versionsFor(folders, isPython ? 'python' : 'npm'),
      isPython ? UNKNOWN : this.runtimeFor(path, folders),
    ]);
    const defaults = this.options.defaults?.() ?? {};
    const overrides = this.options.overrides ?? {};
    const config = mergeConfigs(defaults, file?.config ?? {}, overrides);
    const { profile, isAssumed, problems } = await this.profiles.find({
      defaults,
      file,
      overrides,
      folders: foldersUpTo(folder, this.options.root),
    });
    // A file that is both is named once: as the configuration.
    const isNamed = (path: string): boolean => file?.problems.some((problem) => problem.path === path) ?? false;
    const machine = await this.machines.get(folder, () => findMachine(folders, this.search));
    return {
      settings: {
        tier: config.tier ?? 'recommended',
        rules: config.rules ?? {},
        ...(this.options.onlyRules ? { onlyRules: this.options.onlyRules } : {}),
        smallestSavingKwh: config.smallestSavingKwh ?? DEFAULT_SMALLEST_SAVING_KWH,
        profile: isAssumed && machine ? this.options.profiles.onMachine(profile, machine) : profile,
        ...(isAssumed ? { assumedProfile: profile } : {}),
        environment: {
          versions: found.versions,
          runtime,
          ...(machine ? { machine } : {}),
        },
      },
      problems: [...(file?.problems ?? []), ...found.problems.filter(({ path }) => !isNamed(path)), ...problems],
      isExcluded: excludes(file, path),
      ...(file ? { configPath: file.path } : {}),
      ...(file?.config.baseline === undefined ? {} : { baselinePath: resolvePath(file.folder, file.config.baseline) }),
    };
  }

  async withNamedFiles(settings: AnalysisSettings, input: AnalysisInput, path: string): Promise<AnalysisSettings> {
    const [localModels, files] = await Promise.all([this.models.namedIn(input, path), this.files.namedIn(input, path)]);
    const found = {
      ...(Object.keys(localModels).length > 0 ? { localModels } : {}),
      ...(Object.keys(files).length > 0 ? { files } : {}),
    };
    return { ...settings, environment: { ...settings.environment, ...found } };
  }

  invalidate(path: string): void {
    const folder = parentOf(path) ?? path;
    this.listings.forget(path);
    // A requirements folder or an included file decides for the folders beside it.
    const decided = parentOf(folder) ?? folder;
    this.configs.forgetInside(folder);
    this.manifests.forgetInside(`python:${decided}`);
    this.manifests.forgetInside(`npm:${decided}`);
    this.packages.forgetInside(folder);
    this.machines.clear();
    this.profiles.forget();
    this.models.forget();
    this.files.forget();
  }

  /**
   * The repository may be larger than what is open: its manifests and configuration count up to the folder of `.git`. Files outside the
   * root have a repository of their own, or the folder that was asked for.
   */
  private top(from: string): Promise<string> {
    const { fileSystem, root, named } = this.options;
    const start = isInside(from, root) ? root : from;
    return this.tops.get(start, async () => {
      const repository = await repositoryAround(start, fileSystem);
      return repository ?? (start === root ? root : (named?.().find((folder) => isInside(from, folder)) ?? from));
    });
  }

  private configFor(folders: readonly string[]): Promise<FoundConfig | undefined> {
    const [folder = this.options.root, ...above] = folders;
    const { configPath } = this.options;
    if (configPath !== undefined) return this.configs.get(configPath, () => readConfig(configPath, this.search));
    return this.configs.get(folder, async () => {
      return (await configIn(folder, this.search)) ?? (above.length > 0 ? this.configFor(above) : undefined);
    });
  }

  /** Folders without a manifest share the answer of the folder above: lock files are long, and so is what they say. */
  private versionsFor(folders: readonly string[], ecosystem: Ecosystem): Promise<FoundVersions> {
    const [folder = this.options.root, ...above] = folders;
    return this.manifests.get(`${ecosystem}:${folder}`, async () => {
      if (above.length > 0 && !(await holdsManifests(folder, ecosystem, this.search)))
        return this.versionsFor(above, ecosystem);
      const { manifests, problems } = await findManifests(folders, ecosystem, this.search);
      return { versions: resolveVersions(manifests, problems.length === 0), problems };
    });
  }

  private async runtimeFor(path: string, folders: readonly string[]) {
    const nearest = await this.packages.get(folders[0] ?? path, () => this.nearestPackage(folders));
    return runtimeOf(relativeTo(path, nearest?.folder ?? this.options.root), nearest?.manifest);
  }

  private async nearestPackage(folders: readonly string[]): Promise<NearestPackage | undefined> {
    for (const folder of folders) {
      if (!(await this.listings.files(folder)).has('package.json')) continue;
      const manifest = await this.options.fileSystem
        .readText(resolvePath(folder, 'package.json'))
        .then((text): unknown => JSON.parse(text))
        .catch(() => undefined);
      // A broken manifest is named where the versions are read.
      return { folder, manifest: isTable(manifest) ? manifest : undefined };
    }
    return undefined;
  }
}

interface FoundVersions {
  readonly versions: DeclaredVersions;
  readonly problems: readonly Problem[];
}

interface NearestPackage {
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>> | undefined;
}

function excludes(file: FoundConfig | undefined, path: string): boolean {
  const patterns = file?.config.exclude ?? [];
  const relative = file ? relativeTo(path, file.folder) : path;
  // Only paths below the configuration file can match its patterns.
  if (patterns.length === 0 || relative === path || relative === '') return false;
  return ignore()
    .add([...patterns])
    .ignores(relative);
}
