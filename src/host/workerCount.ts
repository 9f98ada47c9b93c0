/** An engine with the parsed files that it keeps. */
const BYTES_PER_WORKER = 400e6;
/** More find nothing to do: reading and linking in the main thread feed no more than this. */
const MOST_WORKERS = 8;

/** How many workers a run over many files is given; 1 says that they would not help. `free` in bytes. */
export function workerCount({ cores, free }: { readonly cores: number; readonly free: number }): number {
  return Math.max(1, Math.min(cores, MOST_WORKERS, Math.floor(free / BYTES_PER_WORKER)));
}
