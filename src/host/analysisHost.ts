import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { LibraryNames } from '../core/engine/relevance.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import type { LinkEngine } from './workspace/linkEngine.ts';

/** The engine as a host sees it: pure, synchronous. */
export interface Engine {
  readonly libraries: LibraryNames;
  analyze(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): AnalysisResult;
  summarize(input: AnalysisInput): ModuleSummary | undefined;
}

/** The port to the engine: in process for tests and command line, in a worker for the editor. */
export interface AnalysisHost extends LinkEngine {
  /**
   * `link` is what the workspace's other files say of this one.
   * Rejects with `SupersededError` when a newer request for the same path replaced this one, with `EngineStoppedError`
   * when the engine gave up, and with the engine's own error when one analysis failed.
   */
  analyze(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): Promise<AnalysisResult>;
  dispose(): void;
}

/** A host that can be started afresh on the user's command. */
export interface RestartableHost extends AnalysisHost {
  restart(): void;
}

/** How the engine fares, for the log and the status item. */
export type HostState =
  | { readonly kind: 'running' }
  | { readonly kind: 'restarted'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly reason: string };

/** A newer text of the same document is waiting: the answer to this request would be thrown away. */
export class SupersededError extends Error {
  constructor(path: string) {
    super(`a newer request replaced the analysis of ${path}`);
    this.name = 'SupersededError';
  }
}

/** The engine cannot start or died twice whatever it was asked (or was disposed of), and waits for a restart. */
export class EngineStoppedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'EngineStoppedError';
  }
}
