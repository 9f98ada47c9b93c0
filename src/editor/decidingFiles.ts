import { CONFIG_FILES } from '../core/config/parseConfig.ts';
import { isDeploymentFile } from '../core/evidence/readDeployment.ts';
import { manifestRank } from '../core/versions/readManifest.ts';

/** Kinds of files among which those stand that decide settings, versions or hardware; `decidesSettings` tells them from data. */
export const WATCHED_FILES =
  '**/{*.json,*.toml,*.txt,*.lock,*.cfg,Pipfile,Procfile,setup.py,*.yml,*.yaml,*Dockerfile*,*.slurm,*.sbatch,*.onnx}';

/** Whether the name alone says that a file decides settings, versions or hardware. Libraries' own files do not. */
export function decidesSettings(path: string): boolean {
  if (/\/(?:node_modules|site-packages)\//.test(path)) return false;
  if (/(?:^|\/)\.green-ai(?:\/[^/]*)?$/.test(path) || /(?:^|\/)requirements\/[^/]*\.txt$/.test(path)) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  // What lies beside a model decides which one a rule names.
  if (Object.hasOwn(CONFIG_FILES, name) || name.endsWith('.onnx')) return true;
  return (
    manifestRank(name, 'python') !== undefined || manifestRank(name, 'npm') !== undefined || isDeploymentFile(name)
  );
}
