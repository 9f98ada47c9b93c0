import { type Config, mergeConfigs } from '../../core/config/config.ts';
import type { Problem } from '../../core/engine/finding.ts';
import { nearestName } from '../../core/text/nearestName.ts';
import type { Profile } from '../../energy/profile.ts';
import { LOCAL_PROFILE } from '../../knowledge/hardware/machineProfile.ts';
import type { FileSystem } from '../fileSystem.ts';
import type { FoundConfig } from './configSearch.ts';
import { PathCache } from './folderCache.ts';
import { resolvePath } from './paths.ts';
import type { ProfileCatalogue } from './profileCatalogue.ts';

interface FoundProfile {
  readonly profile: Profile;
  /** Nobody chose it: what the project's own files say of the machine comes first. */
  readonly isAssumed?: boolean;
  readonly problems: readonly Problem[];
}

interface LoadedFile extends FoundProfile {
  /** The profile is the file's, as it is or as it last was. */
  readonly isUsable: boolean;
}

/** Where a folder's own profile stands, relative to it. */
const PROFILE_FILE = '.green-ai/hardware.json';

interface Layers {
  readonly defaults: Config;
  readonly file: FoundConfig | undefined;
  readonly overrides: Config;
  /** The file's folder and those above it up to the root: a workspace may hold several machines' code. */
  readonly folders: readonly string[];
}

/** Finds the hardware profile in force: command line, configuration file, editor, the nearest `.green-ai/hardware.json`, fallback. */
export class ProfileSearch {
  private readonly cache = new PathCache<LoadedFile>();
  private readonly places = new PathCache<string | undefined>();
  /** The last profile that a file gave, which stays in force while the file is broken. */
  private readonly lastGood = new Map<string, Profile>();

  constructor(
    private readonly catalogue: ProfileCatalogue,
    private readonly fileSystem: FileSystem,
    private readonly root: string,
    private readonly display: (path: string) => string,
  ) {}

  async find(layers: Layers): Promise<FoundProfile> {
    const { defaults, file, overrides } = layers;
    const base = await this.chosen(layers);
    const { region, workload } = mergeConfigs(defaults, file?.config ?? {}, overrides);
    const change = { ...(region === undefined ? {} : { region }), ...(workload === undefined ? {} : { workload }) };
    const adapted = this.catalogue.adapt(base.profile, change);
    if (adapted) return { ...base, profile: adapted };
    const message = `unknown region "${region}"`;
    const problem = file?.config.region === region ? file?.problemAt(message, 'region') : settingProblem(message);
    const withoutRegion = this.catalogue.adapt(base.profile, { workload: workload ?? {} }) ?? base.profile;
    return { profile: withoutRegion, problems: [...base.problems, ...(problem ? [problem] : [])] };
  }

  forget(): void {
    this.cache.clear();
    this.places.clear();
  }

  private async chosen(layers: Layers): Promise<FoundProfile> {
    const { defaults, file, overrides, folders } = layers;
    if (overrides.profile !== undefined) return this.onHardware(overrides.profile, layers);
    if (file?.config.profile !== undefined) {
      const place = (message: string): Problem => file.problemAt(message, 'profile');
      const own = file.config.profile;
      return own === LOCAL_PROFILE ? this.onThisMachine(layers, place) : this.named(own, file.folder, place);
    }
    if (defaults.profile !== undefined) return this.onHardware(defaults.profile, layers);
    const own = await this.nearest(folders);
    return own === undefined ? { profile: this.catalogue.fallback, isAssumed: true, problems: [] } : this.loaded(own);
  }

  /**
   * A built-in profile that a person picked is another machine for the same work: site and workload of the project's own file
   * stay. The problems of that file stay with it.
   */
  private async onHardware(name: string, layers: Layers): Promise<FoundProfile> {
    if (name === LOCAL_PROFILE) return this.onThisMachine(layers, settingProblem);
    const builtIn = this.catalogue.byId(name);
    return builtIn ? this.inPlaceOf(builtIn, layers) : this.named(name, this.root, settingProblem);
  }

  private async inPlaceOf(builtIn: Profile, layers: Layers): Promise<FoundProfile> {
    const path = await this.ownFile(layers);
    if (path === undefined) return { profile: builtIn, problems: [] };
    const { profile, problems, isUsable } = await this.loaded(path);
    const adapted = isUsable ? this.catalogue.adapt(profile, { hardware: builtIn }) : undefined;
    return { profile: adapted ?? builtIn, problems };
  }

  /** Where the machine is not known: what the project itself says, or the fallback. */
  private async onThisMachine(layers: Layers, problem: (message: string) => Problem): Promise<FoundProfile> {
    const local = await (this.catalogue.local?.() ?? { failure: 'the hardware is not looked at here' });
    if ('profile' in local) return this.inPlaceOf(local.profile, layers);
    const path = await this.nearest(layers.folders);
    const own = path === undefined ? undefined : await this.loaded(path);
    const message = `profile "${LOCAL_PROFILE}": ${local.failure}`;
    return { profile: own?.profile ?? this.catalogue.fallback, problems: [...(own?.problems ?? []), problem(message)] };
  }

  /** The file that describes the project's machine: the one that the configuration names, else the nearest. */
  private async ownFile({ file, folders }: Layers): Promise<string | undefined> {
    const named = file?.config.profile;
    if (file && named !== undefined && named !== LOCAL_PROFILE && !this.catalogue.byId(named)) {
      const path = resolvePath(file.folder, named);
      if ((await this.fileSystem.stat(path))?.kind === 'file') return path;
    }
    return this.nearest(folders);
  }

  private nearest(folders: readonly string[]): Promise<string | undefined> {
    const [folder, ...above] = folders;
    if (folder === undefined) return Promise.resolve(undefined);
    return this.places.get(folder, async () => {
      const path = resolvePath(folder, PROFILE_FILE);
      return (await this.fileSystem.stat(path))?.kind === 'file' ? path : this.nearest(above);
    });
  }

  private async named(name: string, folder: string, problem: (message: string) => Problem): Promise<FoundProfile> {
    const builtIn = this.catalogue.byId(name);
    if (builtIn) return { profile: builtIn, problems: [] };
    const path = resolvePath(folder, name);
    if ((await this.fileSystem.stat(path))?.kind === 'file') return this.loaded(path);
    const nearest = nearestName(name, this.catalogue.ids);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    return {
      profile: this.catalogue.fallback,
      problems: [problem(`profile "${name}" is neither in the catalogue nor a file${hint}`)],
    };
  }

  private loaded(path: string): Promise<LoadedFile> {
    return this.cache.get(path, async () => {
      const shown = this.display(path);
      const result = await this.fileSystem.readText(path).then(
        (text) => this.catalogue.load(text, shown),
        (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }),
      );
      if ('profile' in result) {
        this.lastGood.set(path, result.profile);
        return { profile: result.profile, problems: [], isUsable: true };
      }
      const problems =
        'failure' in result
          ? [{ path: shown, kind: 'invalid-config' as const, message: `cannot be read: ${result.failure}` }]
          : result.issues.map(({ message, range }) => ({
              path: shown,
              kind: 'invalid-config' as const,
              message,
              location: { path: shown, range },
            }));
      const last = this.lastGood.get(path);
      return { profile: last ?? this.catalogue.fallback, problems, isUsable: last !== undefined };
    });
  }
}

/** A problem of a setting that stands in no file we read: the editor's, or an option. */
function settingProblem(message: string): Problem {
  return { path: '', kind: 'invalid-config', message };
}
