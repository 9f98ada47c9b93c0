import type { PackedRequest } from '../packedRequest.ts';
import type { EngineStart } from '../serveEngine.ts';
import type { WorkerResponse } from '../workerProtocol.ts';

/** The first message starts the engine: a browser's worker cannot read files itself. */
export type WebWorkerMessage = EngineStart | PackedRequest;

/** What a browser's worker sends: answers, or that it cannot go on. */
export type WebWorkerReply = WorkerResponse | { readonly ended: string };

/** The part of a dedicated worker's global scope that the engine needs. */
export interface WebWorkerScope {
  onmessage: ((event: { readonly data: WebWorkerMessage }) => void) | null;
  postMessage(reply: WebWorkerReply): void;
  close(): void;
}

/** The part of a browser's `Worker` that the host needs. */
export interface WebWorker {
  onmessage: ((event: { readonly data: WebWorkerReply }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: WebWorkerMessage): void;
  terminate(): void;
}
