import type { ModelFacts } from '../../energy/modelFacts.ts';
import { folderModel } from '../../knowledge/models/config/folderModel.ts';
import type { FileSystem } from '../fileSystem.ts';
import { resolvePath } from '../project/paths.ts';

const WEIGHTS = /\.(?:safetensors|bin|pt|pth|h5|msgpack|onnx)$/;
/** Configurations are small; a larger file is something else. */
const MOST_BYTES = 1_000_000;

/** What stands in the way of reading a folder as a model. */
export interface NoModelFolder {
  readonly failure: string;
}

/**
 * Reads the configuration files of a model's folder (absolute path); `id` is the path as the user or the code wrote it.
 * `undefined` where there is no such folder, or none of the files that describe a model in it.
 */
export async function readModelFolder(
  folder: string,
  id: string,
  fileSystem: FileSystem,
): Promise<ModelFacts | NoModelFolder | undefined> {
  if ((await fileSystem.stat(folder))?.kind !== 'folder') return undefined;
  const read = (name: string): Promise<ReadJson> => readJson(resolvePath(folder, name), name, fileSystem);
  const found = await Promise.all(
    (['config.json', 'adapter_config.json', 'modules.json', 'model_index.json'] as const).map(read),
  );
  const failed = found.find((file) => file.failure !== undefined);
  if (failed?.failure !== undefined) return { failure: failed.failure };
  const [config, adapter, modules, pipeline] = found.map((file) => file.json);
  if (config === undefined && adapter === undefined && pipeline === undefined) return undefined;
  const weightBytes = await bytesOfWeights(folder, pipeline !== undefined, fileSystem);
  const model = folderModel(id, {
    ...(config === undefined ? {} : { config }),
    ...(adapter === undefined ? {} : { adapter }),
    ...(modules === undefined ? {} : { modules }),
    ...(pipeline === undefined ? {} : { pipeline }),
    ...(weightBytes === 0 ? {} : { weightBytes }),
  });
  return model ?? { failure: 'its files do not say how large the model is' };
}

interface ReadJson {
  readonly json?: unknown;
  readonly failure?: string;
}

async function readJson(path: string, name: string, fileSystem: FileSystem): Promise<ReadJson> {
  const stat = await fileSystem.stat(path);
  if (stat?.kind !== 'file' || stat.size > MOST_BYTES) return {};
  try {
    return { json: JSON.parse(await fileSystem.readText(path)) };
  } catch (error) {
    return { failure: `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Formats that stand beside each other hold the same weights: the first that is there counts. */
async function bytesOfWeights(folder: string, isPipeline: boolean, fileSystem: FileSystem): Promise<number> {
  const folders = isPipeline ? ['unet', 'transformer', 'prior'].map((name) => resolvePath(folder, name)) : [folder];
  const sizes = new Map<string, number>();
  for (const place of folders) {
    for (const { name, kind } of await fileSystem.list(place)) {
      const extension = WEIGHTS.exec(name)?.[0];
      if (kind !== 'file' || extension === undefined || /^(?:optimizer|training_args|scheduler|rng_state)/.test(name))
        continue;
      const size = (await fileSystem.stat(resolvePath(place, name)))?.size ?? 0;
      sizes.set(extension, (sizes.get(extension) ?? 0) + size);
    }
  }
  return sizes.get('.safetensors') ?? sizes.get('.bin') ?? Math.max(0, ...sizes.values());
}
