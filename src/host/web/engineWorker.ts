import type { ParserBinaries } from '../../core/syntax/parsers.ts';
import { serveEngine } from '../serveEngine.ts';
import type { WorkerRequest } from '../workerProtocol.ts';
import type { WebWorkerScope } from './webWorkerScope.ts';

// The worker's entry in a browser: the first message brings the grammars, the others are requests.

declare const self: WebWorkerScope;

const listeners: ((request: WorkerRequest) => void)[] = [];
const binaries = new Promise<ParserBinaries>((resolve) => {
  self.onmessage = ({ data }) => {
    if ('binaries' in data) resolve(data.binaries);
    else for (const listener of listeners) listener(data);
  };
});
serveEngine(binaries, {
  onRequest: (listener) => {
    listeners.push(listener);
  },
  respond: (response) => self.postMessage(response),
  end: (reason) => {
    self.postMessage({ ended: String(reason) });
    self.close();
  },
});
