import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../core/engine/analysis.ts';
import type { LibraryNames } from '../core/engine/relevance.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import type { AnalysisHost } from './analysisHost.ts';
import { inputLength } from './inputLength.ts';

interface ScalingHostOptions {
  readonly local: AnalysisHost;
  /** Called at most once. */
  readonly startWorkers: () => AnalysisHost;
  /** Characters of source that this thread works on before workers are worth their start. */
  readonly localCharacters: number;
}

/** Runs a small job in this thread, and what goes beyond that in workers. */
export class ScalingHost implements AnalysisHost {
  private readonly summarisedHere = new Set<string>();
  private workers: AnalysisHost | undefined;
  private characters = 0;

  constructor(private readonly options: ScalingHostOptions) {}

  analyze(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): Promise<AnalysisResult> {
    // What was summarised here is parsed here already.
    const host = this.summarisedHere.delete(input.path) ? this.options.local : this.next(input);
    return host.analyze(input, settings, link);
  }

  summarize(input: AnalysisInput): Promise<ModuleSummary | undefined> {
    const host = this.next(input);
    if (host === this.options.local) this.summarisedHere.add(input.path);
    return host.summarize(input);
  }

  libraries(): Promise<LibraryNames> {
    return this.options.local.libraries();
  }

  dispose(): void {
    this.workers?.dispose();
    this.options.local.dispose();
  }

  private next(input: AnalysisInput): AnalysisHost {
    this.characters += inputLength(input);
    if (this.characters <= this.options.localCharacters) return this.options.local;
    this.workers ??= this.options.startWorkers();
    return this.workers;
  }
}
