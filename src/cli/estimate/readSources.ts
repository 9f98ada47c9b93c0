import { readModelFolder } from '../../host/models/readModelFolder.ts';
import { resolvePath } from '../../host/project/paths.ts';
import type { CliContext } from '../cliContext.ts';
import { type EstimateError, fail } from './checkFields.ts';
import { type EstimateSources, namesThisMachine } from './estimateSources.ts';
import { readProjectProfile } from './readProjectProfile.ts';

/** Reads what the request refers to outside of the catalogue: a model's folder, the hardware of this machine, the folder's profile. */
export async function readSources(
  request: { readonly model?: string; readonly hardware?: string },
  context: Pick<CliContext, 'cwd' | 'fileSystem' | 'profiles'>,
): Promise<EstimateSources | EstimateError> {
  const { cwd, fileSystem, profiles } = context;
  const project = await readProjectProfile(context);
  if (project && 'error' in project) return project;
  const model =
    request.model === undefined
      ? undefined
      : await readModelFolder(resolvePath(cwd, request.model), request.model, fileSystem);
  if (model && 'failure' in model) return fail('model', `"${request.model}": ${model.failure}`);
  const local = namesThisMachine(request.hardware) ? await profiles.local?.() : undefined;
  if (local && 'failure' in local) return fail('hardware', local.failure);
  return { ...(model ? { model } : {}), ...(local ? { machine: local.profile } : {}), ...(project ? { project } : {}) };
}
