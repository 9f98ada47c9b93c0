import type { AnalysisInput, AnalysisResult } from '../../src/core/engine/analysis.ts';
import { pythonSource } from './pythonSource.ts';
import { typescriptSource } from './typescriptSource.ts';
import { WorkerClient } from './workerClient.ts';

const SIZES = [100, 500, 1_000, 5_000, 20_000];
const EDITED_SIZES = [1_000, 2_000, 10_000];
const EDITS = 60;
/** The first edits of a size still compile code. */
const FIRST_EDITS = 10;
const FRESH_RUNS = 7;
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

/** Milliseconds from handing over the edited text to the findings, through the worker; without the editor's debounce. */
export interface EditRow {
  readonly language: 'python' | 'typescript';
  readonly lines: number;
  readonly median: number;
  readonly p95: number;
  /** Median for a text of the same size that the worker sees for the first time. */
  readonly fresh: number;
}

export interface Bench {
  readonly sizes: readonly SizeRow[];
  readonly edits: readonly EditRow[];
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
    const edits: EditRow[] = [];
    for (const language of ['python', 'typescript'] as const) {
      for (const lines of EDITED_SIZES) edits.push(await editRow(client, language, lines));
    }
    report(`memory over ${ANALYSES} analyses`);
    return { sizes, edits, memory: await memory(client) };
  } finally {
    await client.close();
  }
}

async function sizeRow(client: WorkerClient, language: 'python' | 'typescript', lines: number): Promise<SizeRow> {
  const input = inputOf(language, lines);
  const results: AnalysisResult[] = [];
  const started = performance.now();
  while (results.length < RUNS && (results.length === 0 || performance.now() - started < BUDGET_MS)) {
    // Under a name of its own each time: the worker keeps what it knows of a document for its next edit.
    results.push(await client.analyze({ ...input, path: `run-${results.length}/${input.path}` }));
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

/** Edits as they are typed: a remark here, a digit there, somewhere else each time, so that no two texts are alike. */
async function editRow(client: WorkerClient, language: 'python' | 'typescript', lines: number): Promise<EditRow> {
  const text = sourceOf(language, lines).split('\n');
  const analyse = async (path: string): Promise<number> => {
    const edited = text.join('\n');
    const started = performance.now();
    await client.analyze({ kind: 'file', path, language, text: edited });
    return performance.now() - started;
  };
  const fresh: number[] = [];
  for (let n = 0; n < FRESH_RUNS; n++) fresh.push(await analyse(`src/seen-once-${n}${pathOf(language)}`));
  const times: number[] = [];
  for (let n = 0; n < FIRST_EDITS + EDITS; n++) {
    edit(text, language, n);
    const time = await analyse(pathOf(language));
    if (n >= FIRST_EDITS) times.push(time);
  }
  return { language, lines, median: quantile(times, 0.5), p95: quantile(times, 0.95), fresh: quantile(fresh, 0.5) };
}

function edit(text: string[], language: 'python' | 'typescript', n: number): void {
  const line = 10 + ((n * 3_797) % (text.length - 20));
  if (n % 2 === 0) {
    text.splice(line, 0, `${language === 'python' ? '#' : '//'} edit ${n}`);
    return;
  }
  const numbered = text.findIndex((code, index) => index >= line && /[1-8]/.test(code));
  if (numbered >= 0) text[numbered] = (text[numbered] ?? '').replace(/[1-8]/, (digit) => String(Number(digit) + 1));
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
