import type { Program } from '../../src/core/semantics/program.ts';
import type { ModelFacts } from '../../src/energy/modelFacts.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';

/** What is known of the model that the text calls `id`: by its own folder where the workspace has it, else by the catalogue. */
export function modelFacts({ environment }: Program, id: string): ModelFacts | undefined {
  const local = environment.localModels;
  return local !== undefined && Object.hasOwn(local, id) ? local[id] : findModel(id);
}
