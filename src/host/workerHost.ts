import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import { type AnalysisHost, EngineStoppedError, SupersededError } from './analysisHost.ts';
import type { WorkerRequest, WorkerResponse } from './workerProtocol.ts';

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
  readonly resolve: (result: AnalysisResult) => void;
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

  analyze(input: AnalysisInput, settings: AnalysisSettings): Promise<AnalysisResult> {
    if (this.stoppedBecause !== undefined) return Promise.reject(new EngineStoppedError(this.stoppedBecause));
    return new Promise((resolve, reject) => {
      this.dropWaiting(input.path);
      this.waiting.push({ request: { id: this.nextId++, input, settings }, resolve, reject });
      this.pump();
    });
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

  private dropWaiting(path: string): void {
    const stale = this.waiting.filter((job) => job.request.input.path === path);
    this.waiting = this.waiting.filter((job) => job.request.input.path !== path);
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
    if ('result' in response) job.resolve(response.result);
    else job.reject(new Error(response.error));
    this.pump();
  }

  /** The worker died, hung, or could not be started. */
  private fail(reason: string): void {
    const job = this.running;
    const subject = job === undefined ? reason : `${reason} (while analysing ${job.request.input.path})`;
    this.discardWorker();
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
    const path = job.request.input.path;
    if (this.waiting.some((later) => later.request.input.path === path)) job.reject(new SupersededError(path));
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
