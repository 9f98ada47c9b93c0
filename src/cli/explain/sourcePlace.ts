import type { LineAddress } from '../../core/explain/watchedLine.ts';
import { UsageError } from '../cliContext.ts';

/** A file, and the line that is meant where one is named. */
export interface SourcePlace {
  readonly path: string;
  readonly at?: LineAddress;
}

/** Reads `file`, `file:LINE`, `file:LINE:COLUMN` and `notebook:cell N:LINE`, as `check` prints places. Numbers count from 1. */
export function sourcePlace(argument: string): SourcePlace {
  const match = /^(?<path>.+?)(?::cell ?(?<cell>\d+))?(?::(?<line>\d+))?(?::\d+)?$/.exec(argument);
  const { path = argument, cell, line } = match?.groups ?? {};
  if (line === undefined && cell === undefined) return { path };
  const isNotebook = path.toLowerCase().endsWith('.ipynb');
  if (isNotebook !== (cell !== undefined) || line === undefined) {
    throw new UsageError(
      isNotebook
        ? `explain: a line of a notebook is written ${path}:cell N:LINE`
        : `explain: "${argument}": a line is written FILE:LINE`,
    );
  }
  return {
    path,
    at: { line: index(line, argument), ...(cell === undefined ? {} : { cell: index(cell, argument) }) },
  };
}

function index(number: string, argument: string): number {
  if (Number(number) < 1) throw new UsageError(`explain: "${argument}": lines and cells count from 1`);
  return Number(number) - 1;
}
