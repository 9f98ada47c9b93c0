import * as vscode from 'vscode';
import type { AnalysisInput } from '../core/engine/analysis.ts';
import type { Problem } from '../core/engine/finding.ts';
import { decodeText } from '../host/decodeText.ts';
import { fileInput } from '../languages/fileInput.ts';
import { notebookInput } from '../languages/notebook/notebookInput.ts';
import { parseNotebook } from '../languages/notebook/parseNotebook.ts';
import { isTooLarge, MAX_BYTES } from './documentScope.ts';
import { notebookTarget, snapshotOf, workspacePath } from './snapshot.ts';

/** Text of one workspace file as the user sees it: an open document's unsaved text, else the file's. A file that cannot be read is a problem. */
export async function reportInput(uri: vscode.Uri): Promise<AnalysisInput | Problem> {
  const path = workspacePath(uri);
  const notebook = vscode.workspace.notebookDocuments.find((open) => open.uri.toString() === uri.toString());
  const target = notebook && notebookTarget(notebook);
  const snapshot = target && snapshotOf(target);
  if (snapshot === 'too-large') return tooLarge(path);
  if (snapshot !== undefined) return snapshot.input;
  try {
    const text = openText(uri) ?? (await fileText(uri));
    if (text === undefined || isTooLarge(text)) return tooLarge(path);
    return path.toLowerCase().endsWith('.ipynb') ? readNotebook(path, text) : readFile(path, text);
  } catch (error) {
    return { path, kind: 'unreadable', message: error instanceof Error ? error.message : String(error) };
  }
}

function openText(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString())?.getText();
}

async function fileText(uri: vscode.Uri): Promise<string | undefined> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_BYTES) return undefined;
  return decodeText(await vscode.workspace.fs.readFile(uri));
}

function readFile(path: string, text: string): AnalysisInput | Problem {
  return fileInput(path, text) ?? { path, kind: 'unreadable', message: 'not a file in a language that is analysed' };
}

function readNotebook(path: string, text: string): AnalysisInput | Problem {
  const parsed = parseNotebook(text);
  if (parsed.kind === 'notebook-failure') return { path, kind: 'invalid-notebook', message: parsed.reason };
  return notebookInput(path, parsed);
}

function tooLarge(path: string): Problem {
  return { path, kind: 'too-large', message: 'larger than 2 MB: not analysed' };
}
