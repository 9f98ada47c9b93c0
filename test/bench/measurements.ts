import type { AnalysisInput, AnalysisResult } from '../../src/core/engine/analysis.ts';
import { pythonSource } from './pythonSource.ts';
import { typescriptSource } from './typescriptSource.ts';
import { WorkerClient } from './workerClient.ts';

const SIZES = [100, 500, 1_000, 5_000, 20_000];
const EDITED_LINES = 1_000;
const EDITS = 60;
const ANALYSES = 2_000;
const ANALYSED_LINES = 100;
const WARM_UP = 50;
const RUNS = 20;
const COLD_RUNS = 3;
/** Milliseconds for one size. */
const BUDGET_MS = 5_000;

export interface SizeRow {
  readonly language: 'python' | 'typescript';
  readonly lines: number;
  /** Milliseconds, medians. */
  readonly parse: number;
  readonly analyse: number;
  readonly findings: number;
}

export interface Bench {
  readonly sizes: readonly SizeRow[];
  /** Milliseconds from handing over the edited text to the findings, through the worker; without the editor's debounce. */
  readonly edit: Readonly<Record<'python' | 'typescript', { readonly median: number; readonly p95: number }>>;
  /** Megabytes of the whole process, worker included. */
  readonly memory: { readonly before: number; readonly after: number };
}

/** Measures the built worker at `workerFile`; `report` is told what is being measured. */
export async function measure(
  workerFile: string,
  grammarsFolder: string,
  report: (text: string) => void,
): Promise<Bench> {
  const client = new WorkerClient(workerFile, { grammarsFolder, purpose: { kind: 'typing' } });
  try {
    report('parse and analyse per file size');
    const sizes: SizeRow[] = [];
    for (const language of ['python', 'typescript'] as const) {
      for (const lines of SIZES) sizes.push(await sizeRow(client, language, lines));
    }
    report('edit to findings');
    const edit = { python: await editTimes(client, 'python'), typescript: await editTimes(client, 'typescript') };
    report(`memory over ${ANALYSES} analyses`);
    return { sizes, edit, memory: await memory(client) };
  } finally {
    await client.close();
  }
}

async function sizeRow(client: WorkerClient, language: 'python' | 'typescript', lines: number): Promise<SizeRow> {
  const input = inputOf(language, lines);
  const results: AnalysisResult[] = [];
  const started = performance.now();
  while (results.length < RUNS && (results.length === 0 || performance.now() - started < BUDGET_MS)) {
    results.push(await client.analyze(input));
  }
  // The first runs of a size still compile code; a file so large that only few runs fit spends its time elsewhere.
  const warm = results.length > 2 * COLD_RUNS ? results.slice(COLD_RUNS) : results;
  const [last] = warm.slice(-1);
  return {
    language,
    lines,
    parse: quantile(
      warm.map(({ milliseconds }) => milliseconds.parse),
      0.5,
    ),
    analyse: quantile(warm.map(totalOf), 0.5),
    findings: last?.findings.length ?? 0,
  };
}

/** Each edit inserts a line somewhere else, so that no two texts are alike. */
async function editTimes(
  client: WorkerClient,
  language: 'python' | 'typescript',
): Promise<{ median: number; p95: number }> {
  const lines = sourceOf(language, EDITED_LINES).split('\n');
  const comment = language === 'python' ? '#' : '//';
  const times: number[] = [];
  for (let n = 0; n < EDITS; n++) {
    lines.splice(10 + ((n * 37) % 900), 0, `${comment} edit ${n}`);
    const text = lines.join('\n');
    const started = performance.now();
    await client.analyze({ kind: 'file', path: pathOf(language), language, text });
    times.push(performance.now() - started);
  }
  return { median: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

async function memory(client: WorkerClient): Promise<Bench['memory']> {
  const inputs = [inputOf('python', ANALYSED_LINES), inputOf('typescript', ANALYSED_LINES)];
  let before = 0;
  for (let n = 0; n < ANALYSES; n++) {
    if (n === WARM_UP) before = residentMegabytes();
    const input = inputs[n % inputs.length];
    if (input) await client.analyze(input);
  }
  return { before, after: residentMegabytes() };
}

function inputOf(language: 'python' | 'typescript', lines: number): AnalysisInput {
  return { kind: 'file', path: pathOf(language), language, text: sourceOf(language, lines) };
}

function pathOf(language: 'python' | 'typescript'): string {
  return language === 'python' ? 'src/train.py' : 'src/service.ts';
}

function sourceOf(language: 'python' | 'typescript', lines: number): string {
  return language === 'python' ? pythonSource(lines) : typescriptSource(lines);
}

function totalOf({ milliseconds: { parse, model, rules } }: AnalysisResult): number {
  return parse + model + rules;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function residentMegabytes(): number {
  return process.memoryUsage().rss / 1e6;
}
