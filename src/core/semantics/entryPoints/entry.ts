import type { FunctionDefinition } from '../../ir/definition.ts';
import type { EntryPoint } from '../place.ts';

/** A function that a framework calls again and again; `definition` is absent for a module that is re-run as a whole. */
export interface Entry {
  readonly definition?: FunctionDefinition;
  readonly kind: EntryPoint['kind'];
  readonly framework: string;
}
