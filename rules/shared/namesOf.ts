import { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Program } from '../../src/core/semantics/program.ts';

/** Every occurrence of every name of the file; one index for all rules. */
export function namesOf(program: Program): NameIndex {
  return program.once(indexNames);
}

function indexNames({ module }: Program): NameIndex {
  return new NameIndex(module);
}
