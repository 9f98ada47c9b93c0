import type { AnalysisInput, AnalysisSettings } from '../../core/engine/analysis.ts';
import type { Problem } from '../../core/engine/finding.ts';

/** Reads what surrounds a file: configuration, manifests, hardware profile. One reader per workspace folder. */
export interface ProjectReader {
  /** Settings in force for a file, by absolute path. Cached per folder; never rejects on user input. */
  settingsFor(path: string): Promise<ProjectSettings>;
  /** The same, with the models and data files of the workspace that this text names. */
  withNamedFiles(settings: AnalysisSettings, input: AnalysisInput, path: string): Promise<AnalysisSettings>;
  /** Forgets everything that the file or folder at this path decided. */
  invalidate(path: string): void;
}

export interface ProjectSettings {
  readonly settings: AnalysisSettings;
  /** Configuration, manifests or profile that could not be used, each with its place. */
  readonly problems: readonly Problem[];
  /** Absolute path of the configuration file in force. */
  readonly configPath?: string;
  /** True when the configuration excludes the file. */
  readonly isExcluded: boolean;
  /** Absolute path of the baseline file that the configuration names. */
  readonly baselinePath?: string;
}
