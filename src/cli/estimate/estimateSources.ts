import type { ModelCatalogue, ModelFacts } from '../../energy/modelFacts.ts';
import type { Profile } from '../../energy/profile.ts';
import { findModel } from '../../knowledge/models/findModel.ts';

/** What a request may refer to and what was read from outside: this machine, and the model folder that it names. */
export interface EstimateSources {
  /** For `hardware: "local"`. */
  readonly machine?: Profile;
  /** The profile of the current folder. */
  readonly project?: Profile;
  /** The model that the request's `model` stands for, where that is a folder. */
  readonly model?: ModelFacts;
  /** The work is done on a provider's machines: the request's hardware does not matter. */
  readonly isHosted?: boolean;
}

/** The catalogue, with the folder's model in place of what its path would say. */
export function catalogueOf({ model }: EstimateSources): ModelCatalogue {
  return { find: (id) => (model !== undefined && id === model.id ? model : findModel(id)) };
}

/** `local` and `this machine` are the computer that runs Green AI. */
export function namesThisMachine(hardware: string | undefined): boolean {
  return /^(?:local(?:host)?|this(?: machine)?)$/i.test(hardware?.trim() ?? '');
}
