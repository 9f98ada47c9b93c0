import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { LibraryNames } from '../core/engine/relevance.ts';
import type { Language } from '../core/ir/sourceModule.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import type { AnalysisHost, Engine } from './analysisHost.ts';

/** Runs the engine in this thread. What goes in and out passes through JSON, so that what a worker would lose is lost here too. */
export class LocalHost implements AnalysisHost {
  /** `prepare` loads what the engine needs for a language, where that is not loaded already. */
  constructor(
    private readonly engine: Engine,
    private readonly prepare: (language: Language) => Promise<void> = async () => {},
  ) {}

  async analyze(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): Promise<AnalysisResult> {
    await this.prepare(languageIn(input));
    // Settings and facts are JSON by their making, and many files share them: a copy for each would cost more than the analysis.
    return throughJson(this.engine.analyze(throughJson(input), settings, link));
  }

  async summarize(input: AnalysisInput): Promise<ModuleSummary | undefined> {
    await this.prepare(languageIn(input));
    const summary = this.engine.summarize(throughJson(input));
    return summary && throughJson(summary);
  }

  async libraries(): Promise<LibraryNames> {
    return this.engine.libraries;
  }

  dispose(): void {}
}

function languageIn(input: AnalysisInput): Language {
  return input.kind === 'file' ? input.language : 'python';
}

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
