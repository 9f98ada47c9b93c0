import type { FromWebview } from '../../protocol.ts';
import type { FromReport } from '../../reportProtocol.ts';

export interface WebviewHost {
  postMessage(message: FromWebview | FromReport): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** Given by VS Code to every webview; may be called once. */
  function acquireVsCodeApi(): WebviewHost;
}
