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
