import type { LocalModelFacts, ModelCatalogue } from '../../energy/modelFacts.ts';
import { findModel } from './findModel.ts';

/** The catalogue as the energy model asks for it. */
export const modelCatalogue: ModelCatalogue = { find: findModel };

/** The catalogue, in which models of the workspace go before what their paths would say. */
export function modelCatalogueWith(local: LocalModelFacts | undefined): ModelCatalogue {
  if (local === undefined) return modelCatalogue;
  return { find: (id) => (Object.hasOwn(local, id) ? local[id] : findModel(id)) };
}
