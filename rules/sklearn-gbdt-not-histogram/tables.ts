import type { Program } from '../../src/core/semantics/program.ts';

/** True when the file reads its data: a table that is written out or made up says nothing of scale. */
export function readsTable(program: Program): boolean {
  return program.calls.some(
    (call) =>
      call.api?.roles.includes('file-read') === true ||
      call.api?.roles.includes('dataset-load') === true ||
      /^(pandas\.read_\w+|sklearn\.datasets\.(fetch_\w+|load_svmlight_file)|pyarrow\.|polars\.scan_)/.test(
        call.name ?? '',
      ),
  );
}
