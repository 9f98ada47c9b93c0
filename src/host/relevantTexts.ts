import {
  type AnalysisInput,
  type AnalysisResult,
  type AnalysisSettings,
  NOTHING_FOUND,
} from '../core/engine/analysis.ts';
import { documentOf } from '../core/engine/document.ts';
import { type LibraryNames, Relevance } from '../core/engine/relevance.ts';
import type { LinkFacts } from '../core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../core/workspace/moduleSummary.ts';
import type { AnalysisHost } from './analysisHost.ts';

/** Answers for texts that no rule concerns, so that they cost a text search and no worker is sent them. */
export class RelevantTexts implements AnalysisHost {
  private relevance: Promise<Relevance> | undefined;

  constructor(private readonly host: AnalysisHost) {}

  async analyze(input: AnalysisInput, settings: AnalysisSettings, link?: LinkFacts): Promise<AnalysisResult> {
    const { language, text } = input.kind === 'file' ? input : documentOf(input);
    this.relevance ??= this.libraries().then((libraries) => new Relevance(libraries));
    const isConcerned = settings.checkSyntax === true || (await this.relevance).concerns(language, text, link);
    return isConcerned ? this.host.analyze(input, settings, link) : NOTHING_FOUND;
  }

  summarize(input: AnalysisInput): Promise<ModuleSummary | undefined> {
    return this.host.summarize(input);
  }

  libraries(): Promise<LibraryNames> {
    return this.host.libraries();
  }

  dispose(): void {
    this.host.dispose();
  }
}
