import * as vscode from 'vscode';
import type { JumpTarget } from './protocol.ts';

/** Shows the place of a finding: in an editor, or in the cell of its notebook. */
export async function jumpTo({ uri, line, character }: JumpTarget): Promise<void> {
  const target = vscode.Uri.parse(uri);
  if (!isOfWorkspace(target)) return;
  const selection = new vscode.Range(line, character, line, character);
  const place = await openNotebookWith(target);
  if (place === undefined) {
    // Where the report was made beside the code, the code stays beside it.
    await vscode.window.showTextDocument(target, { selection, viewColumn: columnBesideWebview(), preview: true });
    return;
  }
  const range = new vscode.NotebookRange(place.index, place.index + 1);
  const editor = await vscode.window.showNotebookDocument(place.notebook, { selections: [range] });
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
}

/** A page can only ask for what the user has opened: a file of the workspace, or an open document. */
function isOfWorkspace(target: vscode.Uri): boolean {
  if (vscode.workspace.getWorkspaceFolder(target) !== undefined) return true;
  const [exact, whole] = [target, target.with({ fragment: '' })].map(String);
  const open = [...vscode.workspace.textDocuments, ...vscode.workspace.notebookDocuments].map(({ uri }) => String(uri));
  return open.some((uri) => uri === exact || uri === whole);
}

interface CellPlace {
  readonly notebook: vscode.NotebookDocument;
  readonly index: number;
}

/** `target` is a cell of an open notebook, or `notebook.ipynb#cell=3` for one that may not be open. */
async function openNotebookWith(target: vscode.Uri): Promise<CellPlace | undefined> {
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cell = notebook.getCells().find(({ document }) => document.uri.toString() === target.toString());
    if (cell !== undefined) return { notebook, index: cell.index };
  }
  const index = /^cell=(\d+)$/.exec(target.fragment)?.[1];
  if (index === undefined) return undefined;
  const notebook = await vscode.workspace.openNotebookDocument(target.with({ fragment: '' }));
  return { notebook, index: Math.min(Number(index), notebook.cellCount - 1) };
}

/** Code opens in the first column; a report that fills it keeps the second for itself. */
function columnBesideWebview(): vscode.ViewColumn {
  const active = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(active instanceof vscode.TabInputWebview)) return vscode.ViewColumn.Active;
  return vscode.window.tabGroups.activeTabGroup.viewColumn === vscode.ViewColumn.One
    ? vscode.ViewColumn.Two
    : vscode.ViewColumn.One;
}
