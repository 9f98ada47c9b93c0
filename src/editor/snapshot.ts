import * as vscode from 'vscode';
import type { AnalysisInput } from '../core/engine/analysis.ts';
import { componentScript, isComponent } from '../languages/component/componentScript.ts';
import { cellLanguage, documentLanguage, isTooLarge, isUserText } from './documentScope.ts';
import { openCellOutput, openNotebookMetadata } from './notebookFacts.ts';

/** What is analysed together: one file, or all cells of a notebook. */
export type AnalysisTarget =
  | { readonly kind: 'file'; readonly document: vscode.TextDocument }
  | { readonly kind: 'notebook'; readonly notebook: vscode.NotebookDocument };

/** The texts given to the engine with their versions: its answer counts only while they still stand. */
export interface Snapshot {
  readonly target: AnalysisTarget;
  /** Of the file or the notebook, never of a cell. */
  readonly uri: vscode.Uri;
  readonly input: AnalysisInput;
  /** In the notebook's order; one for a file. */
  readonly texts: readonly SnapshotText[];
}

interface SnapshotText {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly languageId: string;
}

/** The file or notebook that a document belongs to, or undefined when it is not ours to analyse. */
export function targetOf(document: vscode.TextDocument): AnalysisTarget | undefined {
  if (document.isClosed || !isUserText(document.uri)) return undefined;
  if (document.uri.scheme === 'vscode-notebook-cell') {
    const notebook = vscode.workspace.notebookDocuments.find((candidate) =>
      candidate.getCells().some((cell) => cell.document === document),
    );
    return notebook === undefined ? undefined : notebookTarget(notebook);
  }
  return documentLanguage(document) === undefined ? undefined : { kind: 'file', document };
}

export function notebookTarget(notebook: vscode.NotebookDocument): AnalysisTarget | undefined {
  if (notebook.isClosed || notebook.notebookType !== 'jupyter-notebook' || !isUserText(notebook.uri)) return undefined;
  return { kind: 'notebook', notebook };
}

export function targetUri(target: AnalysisTarget): vscode.Uri {
  return target.kind === 'file' ? target.document.uri : target.notebook.uri;
}

export function snapshotOf(target: AnalysisTarget): Snapshot | 'too-large' | undefined {
  const uri = targetUri(target);
  const path = workspacePath(uri);
  if (target.kind === 'notebook') {
    const cells = target.notebook.getCells();
    const input = cells.map((cell) => {
      const output = openCellOutput(cell);
      return {
        language: cellLanguage(cell),
        text: cell.document.getText(),
        ...(output === undefined ? {} : { output }),
      };
    });
    if (isTooLarge(input.map((cell) => cell.text).join(''))) return 'too-large';
    return {
      target,
      uri,
      input: { kind: 'notebook', path, cells: input, metadata: openNotebookMetadata(target.notebook) },
      texts: cells.map((cell) => textOf(cell.document)),
    };
  }
  const text = target.document.getText();
  const known = documentLanguage(target.document);
  const language = known && isComponent(path) ? componentScript(text).language : known;
  if (language === undefined) return undefined;
  if (isTooLarge(text)) return 'too-large';
  return { target, uri, input: { kind: 'file', path, language, text }, texts: [textOf(target.document)] };
}

/** True while every text is open, unchanged, in the same language and (for cells) in the same place. */
export function isCurrent(snapshot: Snapshot): boolean {
  const { target, texts } = snapshot;
  const documents =
    target.kind === 'file' ? [target.document] : target.notebook.getCells().map((cell) => cell.document);
  const isOpen = target.kind === 'file' ? !target.document.isClosed : !target.notebook.isClosed;
  return isOpen && documents.length === texts.length && texts.every((text, index) => isSame(text, documents[index]));
}

/** Workspace-relative with forward slashes; with several roots the root's name comes first, so that paths stay distinct. */
export function workspacePath(uri: vscode.Uri): string {
  return uri.scheme === 'untitled' ? uri.path : vscode.workspace.asRelativePath(uri).replaceAll('\\', '/');
}

function textOf(document: vscode.TextDocument): SnapshotText {
  return { document, version: document.version, languageId: document.languageId };
}

function isSame(text: SnapshotText, document: vscode.TextDocument | undefined): boolean {
  return document === text.document && document.version === text.version && document.languageId === text.languageId;
}
