import * as vscode from 'vscode';
import type { Problem } from '../core/engine/finding.ts';
import type { HostState } from '../host/analysisHost.ts';
import type { AnalysisOutcome } from './documentAnalysis.ts';
import type { AnalysedTarget } from './findingsStore.ts';
import type { StatusReport } from './languageStatus.ts';

export interface StatusSources {
  readonly engine: HostState;
  /** File or notebook that the view and the status speak about: the last active one that can be analysed. */
  readonly subject: vscode.Uri | undefined;
  readonly outcome: AnalysisOutcome | undefined;
  readonly analysed: AnalysedTarget | undefined;
}

/** What the status item says, the worst first. */
export function statusReport({ engine, outcome, analysed }: StatusSources): StatusReport {
  if (engine.kind === 'stopped') return { kind: 'stopped', reason: engine.reason };
  if (outcome === undefined) return { kind: 'idle' };
  if (outcome.kind === 'too-large') return { kind: 'note', message: vscode.l10n.t('larger than 2 MB: not analysed') };
  if (outcome.kind === 'excluded') return { kind: 'note', message: vscode.l10n.t('excluded by the configuration') };
  if (outcome.message !== undefined) return { kind: 'warning', message: outcome.message };
  const failed = outcome.problems.find(({ kind }) => kind !== 'unused-suppression' && kind !== 'syntax-error');
  if (failed !== undefined) return { kind: 'warning', message: failed.message };
  if (analysed === undefined) return { kind: 'idle' };
  const { settings, configPath } = analysed.project;
  const config = configPath === undefined ? {} : { config: vscode.workspace.asRelativePath(configPath) };
  const notes = [...outcome.problems.flatMap(syntaxNote), ...restartNote(engine)];
  return {
    kind: 'analysed',
    milliseconds: outcome.milliseconds ?? 0,
    profile: settings.profile.name,
    ...config,
    notes,
  };
}

/** The language's own extension marks the error; here it says why findings may be missing. */
function syntaxNote({ kind, location }: Problem): readonly string[] {
  if (kind !== 'syntax-error') return [];
  if (location === undefined) return [vscode.l10n.t('syntax error')];
  const line = location.range.start.line + 1;
  return [
    location.cell === undefined
      ? vscode.l10n.t('syntax error in line {0}', line)
      : vscode.l10n.t('syntax error in cell {0}, line {1}', location.cell + 1, line),
  ];
}

function restartNote(engine: HostState): readonly string[] {
  return engine.kind === 'restarted' ? [vscode.l10n.t('the engine was restarted: {0}', engine.reason)] : [];
}
