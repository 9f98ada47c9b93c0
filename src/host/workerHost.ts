import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { LibraryNames } from '../core/engine/relevance.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import { type AnalysisHost, EngineStoppedError, type HostState } from './analysisHost.ts';
import { analysedInput, type Job, JobQueue } from './jobQueue.ts';
import { RequestPacker } from './packedRequest.ts';
import { Quarantine } from './quarantine.ts';
import type { EngineWorker, WorkerAnswer, WorkerResponse, WorkerTask } from './workerProtocol.ts';

interface WorkerHostOptions {
  readonly start: () => EngineWorker;
  readonly onState: (state: HostState) => void;
  /** One analysis that takes longer counts as a hang. */
  readonly limitMs?: number;
  /** WebAssembly memory never shrinks: after so many analyses the worker is replaced. */
  readonly recycleAfter?: number;
}

const DEFAULT_LIMIT_MS = 10_000;
const DEFAULT_RECYCLE_AFTER = 500;

/**
 * Runs the engine in a worker, one request at a time. A worker that dies or hangs is restarted and the request tried once
 * more. A text over which that fails as well is left out until it changes, if a fresh worker answers without it; else the
 * host stops, says so, and waits for `restart`.
 */
export class WorkerHost implements AnalysisHost {
  private worker: EngineWorker | undefined;
  private readonly queue = new JobQueue();
  private readonly quarantine = new Quarantine();
  private packer = new RequestPacker();
  private running: Job | undefined;
  private timer: NodeJS.Timeout | undefined;
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
    if (this.quarantine.answerFor(input)) return undefined;
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
    this.quarantine.clear();
    const interrupted = this.running;
    this.discardWorker();
    if (interrupted !== undefined) this.queue.addAgain(interrupted);
    this.options.onState({ kind: 'running' });
    this.pump();
  }

  dispose(): void {
    this.stop('the engine was shut down');
  }

  private ask(task: WorkerTask): Promise<WorkerAnswer> {
    if (this.stoppedBecause !== undefined) return Promise.reject(new EngineStoppedError(this.stoppedBecause));
    return new Promise((resolve, reject) => {
      const path = analysedInput(task)?.path;
      // A document that was left out gets one try per text: whoever goes on typing in it must not keep the others waiting.
      const failures = path !== undefined && this.quarantine.knows(path) ? 1 : 0;
      this.queue.add({ request: { ...task, id: this.nextId++ }, resolve, reject, failures });
      this.pump();
    });
  }

  private pump(): void {
    if (this.running !== undefined || this.stoppedBecause !== undefined) return;
    const job = this.queue.next();
    if (job === undefined) return;
    const input = analysedInput(job.request);
    const known = input && this.quarantine.answerFor(input);
    if (known !== undefined) {
      job.resolve({ result: known });
      this.pump();
      return;
    }
    this.running = job;
    // A question without a text waits for the start of the worker alone, which a busy machine can draw out.
    const limitMs = job.request.kind === 'libraries' ? 3 * this.limitMs : this.limitMs;
    this.timer = setTimeout(() => this.fail(`no answer within ${limitMs / 1000} s`), limitMs);
    try {
      this.worker ??= this.startWorker();
      this.worker.postMessage(this.packer.pack(job.request));
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
    this.packer = new RequestPacker();
    return worker;
  }

  private settle(response: WorkerResponse): void {
    const job = this.running;
    if (job === undefined || job.request.id !== response.id) return;
    this.finishRunning();
    const input = analysedInput(job.request);
    if (input !== undefined) this.quarantine.release(input.path);
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
    if (job !== undefined && ++job.failures > 1) {
      const input = analysedInput(job.request);
      if (input === undefined) this.giveUp(job, subject);
      else this.suspect(job, input, reason);
      return;
    }
    this.options.onState({ kind: 'restarted', reason: subject });
    if (job !== undefined) this.queue.addAgain(job);
    this.pump();
  }

  /** Is it the text or the engine? A fresh worker that answers a question without any text clears the engine. */
  private suspect(job: Job, input: AnalysisInput, reason: string): void {
    this.queue.addAgain({
      request: { kind: 'libraries', id: this.nextId++ },
      // It has had its first failure with the text.
      failures: 1,
      resolve: () => {
        this.quarantine.add(input, reason);
        this.options.onState({ kind: 'restarted', reason: `${reason} (while analysing ${input.path})` });
        const result = this.quarantine.answerFor(input);
        if (result !== undefined) job.resolve({ result });
      },
      reject: job.reject,
    });
    this.pump();
  }

  private giveUp(job: Job, reason: string): void {
    job.reject(new EngineStoppedError(reason));
    this.stop(reason);
    this.options.onState({ kind: 'stopped', reason });
  }

  private stop(reason: string): void {
    this.stoppedBecause = reason;
    const abandoned = [...(this.running === undefined ? [] : [this.running]), ...this.queue.takeAll()];
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
