import { profileOn } from '../../knowledge/hardware/profileOn.ts';
import type { AnalysisInput, AnalysisSettings } from '../engine/analysis.ts';
import type { MachineEvidence } from './machineEvidence.ts';
import { notebookMachine } from './notebookMachine.ts';

/** Code that insists on an accelerator: what it says of itself counts more than a deployment file beside it. */
const INSISTS_ON_GPU =
  /\.cuda\(|\bdevice(?:_map)?\s*=\s*["'](?:cuda(?::\d+)?|auto)["'](?!\s*if\b)|\.to\(\s*["']cuda(?::\d+)?["']\s*\)/;

/**
 * Settings with the machine that the analysed text itself proves: a notebook's metadata and saved outputs stand above the deployment
 * files around it, and code that insists on a GPU contradicts files that give it none. A profile that somebody chose stays.
 */
export function withMachine(input: AnalysisInput, settings: AnalysisSettings): AnalysisSettings {
  const own = input.kind === 'notebook' ? notebookMachine(input.path, input.cells, input.metadata ?? {}) : undefined;
  if (own) return settingsOn(settings, own);
  if (settings.environment.machine?.kind !== 'cpu' || !insistsOnGpu(input)) return settings;
  return settingsOn(settings, undefined);
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

function insistsOnGpu(input: AnalysisInput): boolean {
  if (input.kind === 'file') return input.language === 'python' && INSISTS_ON_GPU.test(input.text);
  return input.cells.some(({ language, text }) => language === 'python' && INSISTS_ON_GPU.test(text));
}
