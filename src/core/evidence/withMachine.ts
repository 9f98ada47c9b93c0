import { profileOn } from '../../knowledge/hardware/profileOn.ts';
import type { AnalysisInput, AnalysisSettings } from '../engine/analysis.ts';
import type { MachineEvidence } from './machineEvidence.ts';
import { notebookMachine } from './notebookMachine.ts';

/** Code that insists on an accelerator: what it says of itself counts more than a deployment file beside it. */
const INSISTS_ON_GPU =
  /\.cuda\(|\bdevice(?:_map)?\s*=\s*["'](?:cuda(?::\d+)?|auto)["'](?!\s*if\b)|\.to\(\s*["']cuda(?::\d+)?["']\s*\)/;

const TRAINS = /\.backward\(|\bTrainer\(|\.fit\(|\boptim\.\w+\(/;
const WEB_PLATFORM = /^(vercel\.json|netlify\.toml|wrangler\.)/;

/**
 * Settings with the machine that the analysed text itself proves: a notebook's metadata and saved outputs stand above the deployment
 * files around it, and code that insists on a GPU contradicts files that give it none. A profile that somebody chose stays.
 */
export function withMachine(input: AnalysisInput, settings: AnalysisSettings): AnalysisSettings {
  const own = input.kind === 'notebook' ? notebookMachine(input.path, input.cells, input.metadata ?? {}) : undefined;
  if (own) return settingsOn(settings, own);
  const { machine } = settings.environment;
  if (machine?.kind !== 'cpu') return settings;
  return insistsOnGpu(input) || !isDeployed(input, machine) ? settingsOn(settings, undefined) : settings;
}

function settingsOn(settings: AnalysisSettings, machine: MachineEvidence | undefined): AnalysisSettings {
  const { machine: _deployed, ...environment } = settings.environment;
  const { assumedProfile } = settings;
  return {
    ...settings,
    ...(assumedProfile ? { profile: machine ? profileOn(assumedProfile, machine) : assumedProfile } : {}),
    environment: machine ? { ...environment, machine } : environment,
  };
}

/**
 * A container or a platform without a GPU says where the project is served, not where a notebook or a training script runs; a
 * platform for web pages says nothing of Python outside its functions. Requirements and images hold for everything beside them.
 */
function isDeployed(input: AnalysisInput, { from }: MachineEvidence): boolean {
  const name = from.path.slice(from.path.lastIndexOf('/') + 1);
  if (/requirements.*\.txt$|^pyproject\.toml$|dockerfile|^containerfile$/i.test(name)) return true;
  if (input.kind === 'notebook') return false;
  if (input.language !== 'python') return true;
  if (TRAINS.test(input.text)) return false;
  return !WEB_PLATFORM.test(name) || /(^|\/)api\//.test(input.path);
}

function insistsOnGpu(input: AnalysisInput): boolean {
  if (input.kind === 'file') return input.language === 'python' && INSISTS_ON_GPU.test(input.text);
  return input.cells.some(({ language, text }) => language === 'python' && INSISTS_ON_GPU.test(text));
}
