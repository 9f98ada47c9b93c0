import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { methodName } from '../shared/devices.ts';

interface State {
  readonly read: Call;
  readonly write: Call;
  readonly path: string;
}

/** Results for people or for other programs. */
const FINAL =
  /submission|submit|\bsub_|\biris|titanic|result|report|summary|metrics|leaderboard|predictions?\b|output\.csv|sample/i;

const UPLOADS = /upload_data|upload_file|upload_from_filename|S3Uploader|put_object|files\.download/;

export default defineRule<State>({
  meta: {
    id: 'pandas-csv-instead-of-parquet',
    title: 'Intermediate table passed on as CSV',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'strict',
    fixes: [],
    catalogue: ['pandas-csv-instead-of-parquet'],
    libraries: ['pandas'],
    since: '0.1.0',
  },

  *detect(program) {
    // A service takes the file as it is.
    if (program.isTestOrBenchmark || UPLOADS.test(program.module.text)) return;
    for (const write of program.calls) {
      const path = methodName(write) === 'to_csv' ? pathOf(program, write) : undefined;
      if (path === undefined || FINAL.test(path) || appends(write)) continue;
      const read = program.calls.find((call) => call.node.start > write.node.end && readsBack(program, call, path));
      if (read) yield report({ read, write, path });
    }
  },

  effect(): WorkloadChange {
    return {
      // Reading Parquet took 1/12.9 of the time of CSV; a byte of CSV stands for a byte of text.
      before: { kind: 'read-data', unit: 'run', device: 'cpu', readsPerUnit: 1 },
      after: { readsPerUnit: 1 / 12.9 },
      alsoSaves: ['latency'],
    };
  },
});

function readsBack(program: Program, call: Call, path: string): boolean {
  if (call.name !== 'pandas.read_csv' || pathOf(program, call) !== path) return false;
  // A few rows to look at, or parts of a file that has no part of its own in the other format.
  return !call.node.args.some(
    ({ name }) => name === 'nrows' || name === 'chunksize' || name === 'iterator' || name === 'skiprows',
  );
}

function pathOf(program: Program, call: Call): string | undefined {
  const written = call.node.args.find(({ name }) => name === 'path_or_buf' || name === 'filepath_or_buffer');
  const first = written ?? call.node.args[0];
  if (first === undefined || first.spread !== undefined || (first !== written && first.name !== undefined))
    return undefined;
  const constant = program.constant(first.value);
  return constant.kind === 'known' && typeof constant.value === 'string' && /\.csv(\.\w+)?$/.test(constant.value)
    ? constant.value
    : undefined;
}

function appends(write: Call): boolean {
  return write.node.args.some(({ name }) => name === 'mode' || name === 'sep');
}

function report(state: State): Hit<State> {
  const { read, write, path } = state;
  return {
    span: { start: read.node.start, end: read.node.end },
    severity: 'information',
    message: {
      what: `\`${path}\` is written and read back as CSV by the same program.`,
      why: 'CSV turns every number into text and parses it again; Parquet keeps the types and is read many times as fast.',
      advice: 'Use `to_parquet` and `read_parquet` for tables that only this program reads.',
      condition: 'The saving depends on the size of the table and on how often it is read.',
    },
    related: [{ span: write.node, message: 'written here' }],
    state,
  };
}
