import * as vscode from 'vscode';
import type { AnalysisResult } from '../core/engine/analysis.ts';
import type { Finding } from '../core/engine/finding.ts';
import type { ProjectSettings } from '../host/project/projectReader.ts';
import type { Snapshot } from './snapshot.ts';
import { DIAGNOSTIC_SOURCE, findingDiagnostic, problemDiagnostic } from './toDiagnostic.ts';

/** The last answer for a file or notebook, with the texts it speaks about. */
export interface AnalysedTarget {
  readonly snapshot: Snapshot;
  readonly result: AnalysisResult;
  /** In force for the answer: its numbers refer to this profile. */
  readonly project: ProjectSettings;
}

/** A finding as the editor shows it. */
export interface ShownFinding {
  readonly finding: Finding;
  readonly diagnostic: vscode.Diagnostic;
  readonly analysed: AnalysedTarget;
}

/** Findings that no comment and no baseline suppresses. */
export function shownFindings({ result }: AnalysedTarget): readonly Finding[] {
  return result.findings.filter(({ suppression }) => suppression === undefined);
}

/**
 * The only place that publishes diagnostics. Each analysis replaces all of its target's earlier answers, cells that no
 * longer exist included, so nothing stale or double can stay behind.
 */
export class FindingsStore implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(DIAGNOSTIC_SOURCE);
  private readonly targets = new Map<string, AnalysedTarget>();
  private readonly shown = new Map<string, readonly ShownFinding[]>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** Fires with the file's or notebook's URI. */
  readonly onDidChange = this.changed.event;

  publish(analysed: AnalysedTarget): void {
    const { snapshot, result } = analysed;
    // One batch: deleting first and setting then would let the squiggles flicker.
    const batch: [vscode.Uri, vscode.Diagnostic[] | undefined][] = this.forget(snapshot.uri);
    this.targets.set(snapshot.uri.toString(), analysed);
    for (const [index, { document }] of snapshot.texts.entries()) {
      const isHere = (cell: number | undefined): boolean => (cell ?? 0) === index;
      const shown = shownFindings(analysed)
        .filter((finding) => isHere(finding.location.cell))
        .map((finding) => ({ finding, analysed, diagnostic: findingDiagnostic(finding, snapshot) }));
      const problems = result.problems
        .filter((problem) => isHere(problem.location?.cell))
        .map(problemDiagnostic)
        .filter((diagnostic) => diagnostic !== undefined);
      this.shown.set(document.uri.toString(), shown);
      batch.push([document.uri, [...shown.map(({ diagnostic }) => diagnostic), ...problems]]);
    }
    this.collection.set(merged(batch));
    this.changed.fire(snapshot.uri);
  }

  /** Forgets a file or notebook: closed, deleted, renamed, of another language, or no longer to be analysed. */
  clear(uri: vscode.Uri): void {
    if (!this.targets.has(uri.toString())) return;
    this.collection.set(this.forget(uri));
    this.changed.fire(uri);
  }

  clearAll(): void {
    for (const { snapshot } of [...this.targets.values()]) this.clear(snapshot.uri);
  }

  /** All files and notebooks with an answer. */
  all(): readonly AnalysedTarget[] {
    return [...this.targets.values()];
  }

  /** By the URI of a file or notebook. */
  target(uri: vscode.Uri): AnalysedTarget | undefined {
    return this.targets.get(uri.toString());
  }

  targetWithCell(cell: vscode.TextDocument): AnalysedTarget | undefined {
    return [...this.targets.values()].find(({ snapshot }) => snapshot.texts.some(({ document }) => document === cell));
  }

  /** By the URI of a file or a cell. */
  findings(uri: vscode.Uri): readonly ShownFinding[] {
    return this.shown.get(uri.toString()) ?? [];
  }

  dispose(): void {
    this.collection.dispose();
    this.changed.dispose();
  }

  private forget(uri: vscode.Uri): [vscode.Uri, undefined][] {
    const previous = this.targets.get(uri.toString());
    this.targets.delete(uri.toString());
    return (previous?.snapshot.texts ?? []).map(({ document }) => {
      this.shown.delete(document.uri.toString());
      return [document.uri, undefined];
    });
  }
}

/** VS Code joins entries of the same URI, but one `undefined` among them would clear it: the last entry decides here. */
function merged(
  batch: readonly [vscode.Uri, vscode.Diagnostic[] | undefined][],
): [vscode.Uri, vscode.Diagnostic[] | undefined][] {
  return [...new Map(batch.map((entry) => [entry[0].toString(), entry])).values()];
}
