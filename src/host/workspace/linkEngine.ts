import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { LibraryNames } from '../../core/engine/relevance.ts';
import type { ModuleSummary } from '../../core/workspace/moduleSummary.ts';

/** What links across files need of the engine. */
export interface LinkEngine {
  libraries(): Promise<LibraryNames>;
  /** `undefined` when the text cannot be read as code. */
  summarize(input: AnalysisInput): Promise<ModuleSummary | undefined>;
}
