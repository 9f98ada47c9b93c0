import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { AnalysisHost, Engine } from './analysisHost.ts';

/** Runs the engine in this thread. What goes in and out passes through JSON, so that what a worker would lose is lost here too. */
export class LocalHost implements AnalysisHost {
  constructor(private readonly engine: Engine) {}

  async analyze(input: AnalysisInput, settings: AnalysisSettings): Promise<AnalysisResult> {
    return throughJson(this.engine.analyze(throughJson(input), throughJson(settings)));
  }

  dispose(): void {}
}

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
