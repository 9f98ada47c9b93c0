import type * as vscode from 'vscode';
import type { Finding } from '../core/engine/finding.ts';
import type { Profile } from '../energy/profile.ts';
import type { ImpactState } from './panel/protocol.ts';
import type { ExportFormat, ReportState } from './panel/reportProtocol.ts';

/** What `activate` gives to other extensions and to tests: what the user sees, without the screen. */
export interface GreenAiApi {
  /** Resolves when no analysis is scheduled or running. */
  whenIdle(): Promise<void>;
  /** Fires when the findings of a file or notebook changed. */
  readonly onDidChangeFindings: vscode.Event<vscode.Uri>;
  /** Shown findings of a file or of a notebook's cell. */
  findings(uri: vscode.Uri): readonly Finding[];
  /** Hardware profile in force for the active file. */
  profile(): Profile | undefined;
  /** Text of the language status item. */
  status(): string;
  /** State of the view "Energy impact". */
  impact(): ImpactState;
  /** Runs the workspace report; undefined when it was cancelled. */
  report(): Promise<ReportState | undefined>;
  /** Writes the last report. */
  exportReport(format: ExportFormat, target: vscode.Uri): Promise<vscode.Uri | undefined>;
}
