import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { LibraryNames } from '../core/engine/relevance.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import { type AnalysisHost, EngineStoppedError, SupersededError } from './analysisHost.ts';
import type { WorkerAnswer, WorkerRequest, WorkerResponse, WorkerTask } from './workerProtocol.ts';

/** The part of a `worker_threads` Worker that the host needs. */
export interface EngineWorker {
  postMessage(request: WorkerRequest): void;
  on(event: 'message', listener: (response: WorkerResponse) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}

export type HostState =
  | { readonly kind: 'running' }
  | { readonly kind: 'restarted'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly reason: string };

export interface WorkerHostOptions {
  readonly start: () => EngineWorker;
  readonly onState: (state: HostState) => void;
  /** One analysis that takes longer counts as a hang. */
  readonly limitMs?: number;
  /** WebAssembly memory never shrinks: after so many analyses the worker is replaced. */
  readonly recycleAfter?: number;
}

interface Job {
  readonly request: WorkerRequest;
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: Error) => void;
}

const DEFAULT_LIMIT_MS = 10_000;
const DEFAULT_RECYCLE_AFTER = 500;

/**
 * Runs the engine in a worker, one request at a time. A worker that dies or hangs is restarted and the request tried
 * once more; if that fails as well the host stops, says so, and waits for `restart`.
 */
export class WorkerHost implements AnalysisHost {
  private worker: EngineWorker | undefined;
  private waiting: Job[] = [];
  private running: Job | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private analyses = 0;
  private nextId = 1;
  private stoppedBecause: string | undefined;
  private readonly limitMs: number;
  private readonly recycleAfter: number;

  constructor(private readonly options: WorkerHostOptions) {
    this.limitMs = options.limitMs ?? DEFAULT_LIMIT_MS;
    this.recycleAfter = options.recycleAfter ?? DEFAULT_RECYCLE_AFTER;
  }

  async analyze(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): Promise<AnalysisResult> {
    const answer = await this.ask({ kind: 'analyze', input, settings, ...(link ? { link } : {}) });
    if ('result' in answer) return answer.result;
    throw new Error('the worker answered another question');
  }

  async summarize(input: AnalysisInput): Promise<ModuleSummary | undefined> {
    const answer = await this.ask({ kind: 'summarize', input });
    return 'summary' in answer ? answer.summary : undefined;
  }

  async libraries(): Promise<LibraryNames> {
    const answer = await this.ask({ kind: 'libraries' });
    if ('libraries' in answer) return answer.libraries;
    throw new Error('the worker answered another question');
  }

  /** Starts afresh after `stopped`, or on the user's command. */
  restart(): void {
    this.stoppedBecause = undefined;
    this.failures = 0;
    const interrupted = this.running;
    this.discardWorker();
    if (interrupted !== undefined) this.waiting.unshift(interrupted);
    this.options.onState({ kind: 'running' });
    this.pump();
  }

  dispose(): void {
    this.stop('the engine was shut down');
  }

  private ask(task: WorkerTask): Promise<WorkerAnswer> {
    if (this.stoppedBecause !== undefined) return Promise.reject(new EngineStoppedError(this.stoppedBecause));
    return new Promise((resolve, reject) => {
      const path = analysedPath(task);
      if (path !== undefined) this.dropWaiting(path);
      const job: Job = { request: { ...task, id: this.nextId++ }, resolve, reject };
      // What somebody looks at goes before summaries of other files.
      const place = path === undefined ? -1 : this.waiting.findIndex(({ request }) => request.kind === 'summarize');
      if (place < 0) this.waiting.push(job);
      else this.waiting.splice(place, 0, job);
      this.pump();
    });
  }

  private dropWaiting(path: string): void {
    const stale = this.waiting.filter(({ request }) => analysedPath(request) === path);
    this.waiting = this.waiting.filter(({ request }) => analysedPath(request) !== path);
    for (const job of stale) job.reject(new SupersededError(path));
  }

  private pump(): void {
    if (this.running !== undefined || this.stoppedBecause !== undefined) return;
    const job = this.waiting.shift();
    if (job === undefined) return;
    this.running = job;
    this.timer = setTimeout(() => this.fail(`no answer within ${this.limitMs / 1000} s`), this.limitMs);
    try {
      this.worker ??= this.startWorker();
      this.worker.postMessage(job.request);
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  private startWorker(): EngineWorker {
    const worker = this.options.start();
    const ifCurrent = (action: () => void): void => {
      if (worker === this.worker) action();
    };
    worker.on('message', (response) => ifCurrent(() => this.settle(response)));
    worker.on('error', (error) => ifCurrent(() => this.fail(error.message)));
    worker.on('exit', (code) => ifCurrent(() => this.fail(`the worker ended with code ${code}`)));
    this.analyses = 0;
    return worker;
  }

  private settle(response: WorkerResponse): void {
    const job = this.running;
    if (job === undefined || job.request.id !== response.id) return;
    this.finishRunning();
    this.failures = 0;
    this.analyses++;
    if (this.analyses >= this.recycleAfter) this.discardWorker();
    if ('error' in response) job.reject(new Error(response.error));
    else job.resolve(response);
    this.pump();
  }

  /** The worker died, hung, or could not be started. */
  private fail(reason: string): void {
    const job = this.running;
    const path = job && 'input' in job.request ? job.request.input.path : undefined;
    const subject = path === undefined ? reason : `${reason} (while analysing ${path})`;
    this.discardWorker();
    if (job?.request.kind === 'summarize') {
      // A file that nobody looks at must not stop the engine: it is left out.
      job.reject(new Error(subject));
      this.pump();
      return;
    }
    this.failures++;
    if (this.failures > 1) {
      if (job !== undefined) job.reject(new EngineStoppedError(subject));
      this.stop(subject);
      this.options.onState({ kind: 'stopped', reason: subject });
      return;
    }
    this.options.onState({ kind: 'restarted', reason: subject });
    if (job !== undefined) this.retry(job);
    this.pump();
  }

  private retry(job: Job): void {
    const path = analysedPath(job.request);
    if (path !== undefined && this.waiting.some(({ request }) => analysedPath(request) === path))
      job.reject(new SupersededError(path));
    else this.waiting.unshift(job);
  }

  private stop(reason: string): void {
    this.stoppedBecause = reason;
    const abandoned = this.running === undefined ? this.waiting : [this.running, ...this.waiting];
    this.waiting = [];
    this.discardWorker();
    for (const job of abandoned) job.reject(new EngineStoppedError(reason));
  }

  private finishRunning(): void {
    clearTimeout(this.timer);
    this.running = undefined;
  }

  private discardWorker(): void {
    this.finishRunning();
    const worker = this.worker;
    this.worker = undefined;
    void worker?.terminate();
  }
}

/** Only an analysis is replaced by a newer one of the same path. */
function analysedPath(task: WorkerTask): string | undefined {
  return task.kind === 'analyze' ? task.input.path : undefined;
}
