import { type ProgramInput, programParts } from '../semantics/programParts.ts';
import type { ModuleSummary } from './moduleSummary.ts';
import { summarize } from './summarize.ts';

/** Summary of one lowered module, without the parts of the program model that only rules ask for. */
export function summarizeModule(input: Omit<ProgramInput, 'environment' | 'link'>): ModuleSummary {
  const { path, place } = input;
  return summarize({ ...programParts(input), path, ...(place ? { place } : {}) });
}
