import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';

/** The engine as a host sees it: pure, synchronous. */
export interface Engine {
  analyze(input: AnalysisInput, settings: AnalysisSettings): AnalysisResult;
}

/** The port to the engine: in process for tests and command line, in a worker for the editor. */
export interface AnalysisHost {
  /**
   * Rejects with `SupersededError` when a newer request for the same path replaced this one, with `EngineStoppedError`
   * when the engine gave up, and with the engine's own error when one analysis failed.
   */
  analyze(input: AnalysisInput, settings: AnalysisSettings): Promise<AnalysisResult>;
  dispose(): void;
}

/** A newer text of the same document is waiting: the answer to this request would be thrown away. */
export class SupersededError extends Error {
  constructor(path: string) {
    super(`a newer request replaced the analysis of ${path}`);
    this.name = 'SupersededError';
  }
}

/** The engine died twice in a row (or was disposed of) and waits for a restart. */
export class EngineStoppedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'EngineStoppedError';
  }
}
