import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { LibraryNames } from '../core/engine/relevance.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';

/** What is asked of the worker; see `AnalysisHost`. */
export type WorkerTask =
  | {
      readonly kind: 'analyze';
      readonly input: AnalysisInput;
      readonly settings: AnalysisSettings;
      readonly link?: LinkFacts;
    }
  | { readonly kind: 'summarize'; readonly input: AnalysisInput }
  | { readonly kind: 'libraries' };

export type WorkerRequest = WorkerTask & { readonly id: number };

export type WorkerAnswer =
  | { readonly result: AnalysisResult }
  | { readonly summary: ModuleSummary | undefined }
  | { readonly libraries: LibraryNames };

export type WorkerResponse = { readonly id: number } & (WorkerAnswer | { readonly error: string });

/** Given to the worker when it starts. */
export interface WorkerStart {
  /** Folder with the grammars' .wasm files. */
  readonly grammarsFolder: string;
}

/** The part of a `worker_threads` Worker that the host needs. */
export interface EngineWorker {
  postMessage(request: WorkerRequest): void;
  on(event: 'message', listener: (response: WorkerResponse) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}
