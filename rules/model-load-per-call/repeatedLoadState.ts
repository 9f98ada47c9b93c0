import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Call } from '../../src/core/semantics/program.ts';
import type { Repetition } from './repeatedLoad.ts';

export interface RepeatedLoad {
  readonly load: Call;
  readonly repetition: Repetition;
  /** Names of the whole file, for the fixes. */
  readonly names: NameIndex;
}
