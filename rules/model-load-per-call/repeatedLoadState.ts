import type { Call } from '../../src/core/semantics/program.ts';
import type { Repetition } from './repeatedLoad.ts';

export interface RepeatedLoad {
  readonly load: Call;
  readonly repetition: Repetition;
}
