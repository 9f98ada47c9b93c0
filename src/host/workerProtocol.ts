import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { LibraryNames } from '../core/engine/relevance.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import type { PackedRequest } from './packedRequest.ts';

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
  readonly purpose: EnginePurpose;
}

/** What an engine keeps between its answers: open documents for their next edit, or parsed files from their summary to their analysis. */
export type EnginePurpose =
  | { readonly kind: 'typing' }
  /** `keepLowered` in characters of source. */
  | { readonly kind: 'run'; readonly keepLowered: number };

/** The part of a `worker_threads` Worker that the host needs. */
export interface EngineWorker {
  postMessage(request: PackedRequest): void;
  on(event: 'message', listener: (response: WorkerResponse) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}
