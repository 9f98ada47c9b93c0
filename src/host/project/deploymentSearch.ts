import { agreedMachine, type MachineEvidence } from '../../core/evidence/machineEvidence.ts';
import { DEPLOYMENT_FOLDERS, isDeploymentFile, readDeployment } from '../../core/evidence/readDeployment.ts';
import type { FileSystem } from '../fileSystem.ts';
import type { FolderListings } from './folderCache.ts';
import { resolvePath } from './paths.ts';

interface DeploymentSearch {
  readonly fileSystem: FileSystem;
  readonly listings: FolderListings;
  readonly display: (path: string) => string;
}

const LARGEST_FILE_BYTES = 500_000;
/** Deployment files that one folder can have; a folder with more holds something else. */
const MOST_FILES = 40;

/**
 * The machine that the deployment files around a folder describe: those of the nearest folder that say anything decide. What cannot
 * be read says nothing.
 */
export async function findMachine(
  folders: readonly string[],
  search: DeploymentSearch,
): Promise<MachineEvidence | undefined> {
  for (const folder of folders) {
    const evidence = await evidenceIn(folder, search);
    if (evidence.length > 0) return agreedMachine(evidence);
  }
  return undefined;
}

async function evidenceIn(folder: string, search: DeploymentSearch): Promise<readonly MachineEvidence[]> {
  const places = [folder, ...DEPLOYMENT_FOLDERS.map((name) => resolvePath(folder, name))];
  const found: MachineEvidence[] = [];
  for (const place of places) {
    const names = [...(await search.listings.files(place))].filter(isDeploymentFile).sort();
    if (names.length > MOST_FILES) continue;
    for (const name of names) found.push(...(await evidenceOf(resolvePath(place, name), search)));
  }
  return found;
}

async function evidenceOf(
  path: string,
  { fileSystem, display }: DeploymentSearch,
): Promise<readonly MachineEvidence[]> {
  const stat = await fileSystem.stat(path);
  if (stat?.kind !== 'file' || stat.size > LARGEST_FILE_BYTES) return [];
  const text = await fileSystem.readText(path).catch(() => undefined);
  return text === undefined ? [] : readDeployment(display(path), text);
}
