import * as vscode from 'vscode';
import type { Finding, Location, Problem } from '../core/engine/finding.ts';
import type { Severity } from '../core/engine/rule.ts';
import type { Range } from '../core/text/position.ts';
import type { Snapshot } from './snapshot.ts';

export const DIAGNOSTIC_SOURCE = 'Green AI';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export function toRange(range: Range): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

export function findingDiagnostic(finding: Finding, snapshot: Snapshot): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(finding.location.range), finding.text, SEVERITIES[finding.severity]);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = { value: finding.ruleId, target: vscode.Uri.parse(finding.docsUrl) };
  diagnostic.relatedInformation = finding.related.map(
    ({ location, message }) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(locationUri(location, snapshot), toRange(location.range)),
        message,
      ),
  );
  return diagnostic;
}

/** A suppression that suppresses nothing is worth a hint; other problems of the analysis go to the status item. */
export function problemDiagnostic(problem: Problem): vscode.Diagnostic | undefined {
  if (problem.kind !== 'unused-suppression' || problem.location === undefined) return undefined;
  const diagnostic = new vscode.Diagnostic(
    toRange(problem.location.range),
    problem.message,
    vscode.DiagnosticSeverity.Hint,
  );
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = problem.kind;
  diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}

/** Document that a finding's location means: a cell of the notebook, the file itself, or another file of the workspace. */
export function locationUri(location: Location, snapshot: Snapshot): vscode.Uri {
  if (location.path === snapshot.input.path) {
    return snapshot.texts[location.cell ?? 0]?.document.uri ?? snapshot.uri;
  }
  const uri = uriOf(location.path, snapshot);
  if (location.cell === undefined) return uri;
  const notebook = vscode.workspace.notebookDocuments.find((open) => open.uri.toString() === uri.toString());
  return notebook && location.cell < notebook.cellCount ? notebook.cellAt(location.cell).document.uri : uri;
}

/** The reverse of `workspacePath`: with several roots the root's name comes first. */
function uriOf(path: string, snapshot: Snapshot): vscode.Uri {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const named = folders.length > 1 ? folders.find(({ name }) => path.startsWith(`${name}/`)) : undefined;
  if (named) return vscode.Uri.joinPath(named.uri, path.slice(named.name.length + 1));
  const folder = vscode.workspace.getWorkspaceFolder(snapshot.uri);
  return folder === undefined ? snapshot.uri : vscode.Uri.joinPath(folder.uri, path);
}
