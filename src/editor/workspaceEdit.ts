import * as vscode from 'vscode';
import type { TextEdit } from '../core/engine/finding.ts';
import type { Snapshot } from './snapshot.ts';
import { toRange } from './toDiagnostic.ts';

/** Edits of a file, or of several cells of a notebook, as one step of undo. */
export function workspaceEdit(snapshot: Snapshot, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { cell, range, newText } of edits) {
    const document = snapshot.texts[cell ?? 0]?.document;
    if (document !== undefined) edit.replace(document.uri, toRange(range), newText);
  }
  return edit;
}
