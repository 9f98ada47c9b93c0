import type { ModelCatalogue } from '../../energy/modelFacts.ts';
import { findModel } from './findModel.ts';

/** The catalogue as the energy model asks for it. */
export const modelCatalogue: ModelCatalogue = { find: findModel };
