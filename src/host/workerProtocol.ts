import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';

export interface WorkerRequest {
  readonly id: number;
  readonly input: AnalysisInput;
  readonly settings: AnalysisSettings;
}

export type WorkerResponse =
  | { readonly id: number; readonly result: AnalysisResult }
  | { readonly id: number; readonly error: string };

/** Given to the worker when it starts. */
export interface WorkerStart {
  /** Folder with the grammars' .wasm files. */
  readonly grammarsFolder: string;
}
