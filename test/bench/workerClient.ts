import { Worker } from 'node:worker_threads';
import type { AnalysisInput, AnalysisResult } from '../../src/core/engine/analysis.ts';
import { RequestPacker } from '../../src/host/packedRequest.ts';
import type { WorkerRequest, WorkerResponse, WorkerStart } from '../../src/host/workerProtocol.ts';
import { benchSettings } from './benchSettings.ts';

/** Talks to the built engine worker as the editor does, without restarts: a failure ends the measurement. */
export class WorkerClient {
  private readonly worker: Worker;
  private readonly packer = new RequestPacker();
  private nextId = 1;

  constructor(workerFile: string, start: WorkerStart) {
    this.worker = new Worker(workerFile, { workerData: start });
  }

  analyze(input: AnalysisInput): Promise<AnalysisResult> {
    const request: WorkerRequest = { id: this.nextId++, kind: 'analyze', input, settings: benchSettings };
    return new Promise((resolve, reject) => {
      this.worker.once('error', reject);
      this.worker.once('message', (response: WorkerResponse) => {
        this.worker.off('error', reject);
        if ('error' in response) reject(new Error(response.error));
        else if ('result' in response) resolve(response.result);
      });
      this.worker.postMessage(this.packer.pack(request));
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
