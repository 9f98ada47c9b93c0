import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { ParsedNotebook } from './parseNotebook.ts';

/** A notebook file as the engine takes it. */
export function notebookInput(path: string, { cells, facts }: ParsedNotebook): AnalysisInput {
  const { accelerator, gpuType } = facts;
  const metadata = {
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(gpuType === undefined ? {} : { gpuType }),
  };
  return { kind: 'notebook', path, cells, ...(Object.keys(metadata).length > 0 ? { metadata } : {}) };
}
