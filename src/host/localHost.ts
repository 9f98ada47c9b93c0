import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { LibraryNames } from '../core/engine/relevance.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import type { AnalysisHost, Engine } from './analysisHost.ts';

/** Runs the engine in this thread. What goes in and out passes through JSON, so that what a worker would lose is lost here too. */
export class LocalHost implements AnalysisHost {
  constructor(private readonly engine: Engine) {}

  async analyze(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): Promise<AnalysisResult> {
    // The facts consist of summaries, which have passed through JSON already.
    return throughJson(this.engine.analyze(throughJson(input), throughJson(settings), link));
  }

  async summarize(input: AnalysisInput): Promise<ModuleSummary | undefined> {
    const summary = this.engine.summarize(throughJson(input));
    return summary && throughJson(summary);
  }

  async libraries(): Promise<LibraryNames> {
    return this.engine.libraries;
  }

  dispose(): void {}
}

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
