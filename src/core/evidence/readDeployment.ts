import { compose } from './deployment/compose.ts';
import { dockerfile } from './deployment/dockerfile.ts';
import { kubernetes } from './deployment/kubernetes.ts';
import { type Found, placeIn } from './deployment/place.ts';
import {
  appEngine,
  cloudTask,
  cog,
  cpuPlatform,
  fly,
  requirements,
  samTemplate,
  serverlessFramework,
  slurm,
} from './deployment/platforms.ts';
import type { MachineEvidence } from './machineEvidence.ts';

const READERS: readonly (readonly [RegExp, (text: string) => readonly Found[]])[] = [
  [/^(.*\.)?dockerfile(\..*)?$|^containerfile$/i, dockerfile],
  [/^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/i, compose],
  [/^serverless\.ya?ml$/, serverlessFramework],
  [/^(template|sam)\.ya?ml$/, samTemplate],
  [/^(vercel\.json|netlify\.toml|procfile|wrangler\.(toml|jsonc?)|render\.yaml)$/i, cpuPlatform],
  [/^app\.ya?ml$/, appEngine],
  [/^fly\.toml$/, fly],
  [/^cog\.yaml$/, cog],
  [/^(sky|skypilot|task|\.dstack)([.-]\w+)*\.ya?ml$/, cloudTask],
  [/\.(slurm|sbatch)$/, slurm],
  [/^(.*[-_.])?requirements.*\.txt$/i, requirements],
  [/^pyproject\.toml$/, requirements],
  [/\.ya?ml$/, kubernetes],
];

/** Folders in which deployment files of the project around them stand. */
export const DEPLOYMENT_FOLDERS: readonly string[] = [
  'deploy',
  'deployment',
  'deployments',
  'docker',
  'docker-compose',
  '.docker',
  'k8s',
  'kubernetes',
  'manifests',
  'infra',
  'requirements',
];

/** True when the name says that a file may describe the machine that the project runs on. */
export function isDeploymentFile(name: string): boolean {
  return READERS.some(([pattern]) => pattern.test(name));
}

/** What a deployment file says of the machine; nothing where it says nothing or cannot be read. `path` is what messages show. */
export function readDeployment(path: string, text: string): readonly MachineEvidence[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const read = READERS.find(([pattern]) => pattern.test(name))?.[1];
  if (!read) return [];
  let found: readonly Found[];
  try {
    found = read(text);
  } catch {
    // Templates (Helm, Jinja) and broken files say nothing that can be relied on.
    return [];
  }
  return found.map(({ span, ...evidence }) => ({ ...evidence, from: placeIn(path, text, span) }));
}
