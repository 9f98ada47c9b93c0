import type { Call } from '../../src/core/semantics/program.ts';

const READERS =
  /^(pandas\.read_(csv|table|json|parquet|excel|feather|pickle|hdf)|polars\.read_\w+|numpy\.(load|loadtxt|genfromtxt)|geopandas\.read_file|scipy\.io\.loadmat)$/;

/** Reads a whole table or array and gives a value, not a handle. */
export function isTableRead(call: Call): boolean {
  return READERS.test(call.name ?? '');
}
