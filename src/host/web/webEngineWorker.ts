import type { ParserBinaries } from '../../core/syntax/parsers.ts';
import type { PackedRequest } from '../packedRequest.ts';
import type { EnginePurpose, EngineWorker, WorkerResponse } from '../workerProtocol.ts';
import type { WebWorker } from './webWorkerScope.ts';

/** What a browser's worker is started from. */
export interface WebWorkerParts {
  readonly worker: WebWorker;
  readonly binaries: ParserBinaries;
}

/** A browser's worker as the host knows workers: messages wait until script and grammars have been read. */
export class WebEngineWorker implements EngineWorker {
  private readonly messages: ((response: WorkerResponse) => void)[] = [];
  private readonly errors: ((error: Error) => void)[] = [];
  private readonly exits: ((code: number) => void)[] = [];
  private readonly started: Promise<WebWorker | undefined>;
  private isTerminated = false;

  constructor(load: () => Promise<WebWorkerParts>, purpose: EnginePurpose) {
    this.started = load().then(
      (parts) => this.begin(parts, purpose),
      (reason) => this.fail(reason instanceof Error ? reason : new Error(String(reason))),
    );
  }

  postMessage(request: PackedRequest): void {
    void this.started.then((worker) => worker?.postMessage(request));
  }

  on(event: 'message', listener: (response: WorkerResponse) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'exit', listener: (code: number) => void): void;
  on(
    ...[event, listener]:
      | ['message', (response: WorkerResponse) => void]
      | ['error', (error: Error) => void]
      | ['exit', (code: number) => void]
  ): void {
    if (event === 'message') this.messages.push(listener);
    else if (event === 'error') this.errors.push(listener);
    else this.exits.push(listener);
  }

  async terminate(): Promise<number> {
    this.isTerminated = true;
    (await this.started)?.terminate();
    return 0;
  }

  private begin({ worker, binaries }: WebWorkerParts, purpose: EnginePurpose): WebWorker | undefined {
    if (this.isTerminated) {
      worker.terminate();
      return undefined;
    }
    worker.onmessage = ({ data }) => {
      if ('ended' in data) this.fail(new Error(data.ended));
      else for (const listener of this.messages) listener(data);
    };
    worker.onerror = ({ message }) => this.fail(new Error(message ?? 'the worker failed'));
    worker.postMessage({ binaries, purpose });
    return worker;
  }

  /** As a thread of Node does: the error first, then the end. */
  private fail(error: Error): undefined {
    if (this.isTerminated) return;
    for (const listener of this.errors) listener(error);
    for (const listener of this.exits) listener(1);
  }
}
