import type { AnalysisInput } from '../core/engine/analysis.ts';
import { SupersededError } from './analysisHost.ts';
import type { WorkerAnswer, WorkerRequest, WorkerTask } from './workerProtocol.ts';

/** A request to the worker and who waits for the answer. */
export interface Job {
  readonly request: WorkerRequest;
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: Error) => void;
  /** How often the worker died or hung over it. */
  failures: number;
}

/** Jobs in the order in which they run: a newer text of a document replaces the one that waits, and summaries come last. */
export class JobQueue {
  private waiting: Job[] = [];

  add(job: Job): void {
    const path = analysedInput(job.request)?.path;
    if (path !== undefined) this.supersede(path);
    // What somebody looks at goes before summaries of other files.
    const place = path === undefined ? -1 : this.waiting.findIndex(({ request }) => request.kind === 'summarize');
    if (place < 0) this.waiting.push(job);
    else this.waiting.splice(place, 0, job);
  }

  /** Puts a job that was interrupted in front, unless a newer text of its document waits. */
  addAgain(job: Job): void {
    const path = analysedInput(job.request)?.path;
    if (path !== undefined && this.waiting.some(({ request }) => analysedInput(request)?.path === path)) {
      job.reject(new SupersededError(path));
      return;
    }
    this.waiting.unshift(job);
  }

  next(): Job | undefined {
    return this.waiting.shift();
  }

  takeAll(): readonly Job[] {
    const jobs = this.waiting;
    this.waiting = [];
    return jobs;
  }

  private supersede(path: string): void {
    const isStale = ({ request }: Job): boolean => analysedInput(request)?.path === path;
    const stale = this.waiting.filter(isStale);
    this.waiting = this.waiting.filter((job) => !isStale(job));
    for (const job of stale) job.reject(new SupersededError(path));
  }
}

/** Only an analysis is replaced by a newer one of the same path. */
export function analysedInput(task: WorkerTask): AnalysisInput | undefined {
  return task.kind === 'analyze' ? task.input : undefined;
}
