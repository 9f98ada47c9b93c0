import type { PackedRequest } from '../packedRequest.ts';
import { type EngineStart, serveEngine } from '../serveEngine.ts';
import type { WebWorkerScope } from './webWorkerScope.ts';

// The worker's entry in a browser: the first message brings the grammars, the others are requests.

declare const self: WebWorkerScope;

const listeners: ((request: PackedRequest) => void)[] = [];
const start = new Promise<EngineStart>((resolve) => {
  self.onmessage = ({ data }) => {
    if ('binaries' in data) resolve(data);
    else for (const listener of listeners) listener(data);
  };
});
serveEngine(start, {
  onRequest: (listener) => {
    listeners.push(listener);
  },
  respond: (response) => self.postMessage(response),
  end: (reason) => {
    self.postMessage({ ended: String(reason) });
    self.close();
  },
});
