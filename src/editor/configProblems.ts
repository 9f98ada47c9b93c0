import * as vscode from 'vscode';
import type { Problem } from '../core/engine/finding.ts';
import { DIAGNOSTIC_SOURCE, toRange } from './toDiagnostic.ts';

interface ConfigProblem {
  readonly uri: vscode.Uri;
  readonly problem: Problem;
}

/** Mistakes in configuration and profile files, at their place. Several open files may report the same one; it is shown once. */
export class ConfigProblems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(`${DIAGNOSTIC_SOURCE} configuration`);
  private readonly reported = new Map<string, readonly ConfigProblem[]>();

  /** Replaces what the analysis of one file or notebook reported. */
  update(reporter: vscode.Uri, problems: readonly ConfigProblem[]): void {
    const previous = this.reported.get(reporter.toString()) ?? [];
    if (problems.length === 0) this.reported.delete(reporter.toString());
    else this.reported.set(reporter.toString(), problems);
    const touched = new Map([...previous, ...problems].map(({ uri }) => [uri.toString(), uri]));
    for (const uri of touched.values()) this.collection.set(uri, this.diagnostics(uri));
  }

  clear(reporter: vscode.Uri): void {
    this.update(reporter, []);
  }

  dispose(): void {
    this.collection.dispose();
  }

  private diagnostics(uri: vscode.Uri): vscode.Diagnostic[] {
    const here = [...this.reported.values()].flat().filter((entry) => entry.uri.toString() === uri.toString());
    const distinct = new Map(
      here.map(({ problem }) => [JSON.stringify([problem.location?.range, problem.message]), problem]),
    );
    return [...distinct.values()].map(({ location, message }) => {
      const range = location === undefined ? new vscode.Range(0, 0, 0, 1) : toRange(location.range);
      const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
      diagnostic.source = DIAGNOSTIC_SOURCE;
      return diagnostic;
    });
  }
}
