import { readModelFolder } from '../../host/models/readModelFolder.ts';
import { resolvePath } from '../../host/project/paths.ts';
import type { CliContext } from '../cliContext.ts';
import { type EstimateError, fail } from './checkFields.ts';
import { type EstimateSources, namesThisMachine } from './estimateSources.ts';

/** Reads what the request refers to outside of the catalogue: a model's folder, and the hardware of this machine. */
export async function readSources(
  request: { readonly model?: string; readonly hardware?: string },
  { cwd, fileSystem, profiles }: Pick<CliContext, 'cwd' | 'fileSystem' | 'profiles'>,
): Promise<EstimateSources | EstimateError> {
  const model =
    request.model === undefined
      ? undefined
      : await readModelFolder(resolvePath(cwd, request.model), request.model, fileSystem);
  if (model && 'failure' in model) return fail('model', `"${request.model}": ${model.failure}`);
  const local = namesThisMachine(request.hardware) ? await profiles.local?.() : undefined;
  if (local && 'failure' in local) return fail('hardware', local.failure);
  return { ...(model ? { model } : {}), ...(local ? { machine: local.profile } : {}) };
}
