import data from './constants.json';

/** Constants of the energy model with their provenance; see constants.json. */
export type Constants = typeof data;
export type GenerateConstants = Constants['generate'];

export const constants: Constants = data;
