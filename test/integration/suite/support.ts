import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GreenAiApi } from '../../../src/editor/api.ts';

/** A handler that loads its model for every request: one warning with a suggestion as its fix. */
export const SERVICE = `from fastapi import FastAPI
from transformers import pipeline

app = FastAPI()


@app.post("/classify")
def classify(text: str):
    classifier = pipeline("sentiment-analysis", model="distilbert-base-uncased-finetuned-sst-2-english")
    return classifier(text)
`;

/** Two loops that load their model in every turn and only run it: each with a safe fix. */
export const SAFE_LOOPS = `from sentence_transformers import SentenceTransformer

vectors = []
for text in ["one", "two"]:
    model = SentenceTransformer("all-MiniLM-L6-v2")
    vectors.append(model.encode(text))

others = []
for name in ["three", "four"]:
    encoder = SentenceTransformer("all-MiniLM-L6-v2")
    others.append(encoder.encode(name))
`;

/** A loop that loads its model in every turn: a warning with a suggestion, since the loop may have no turns. */
export const LOOP = `import { pipeline } from '@huggingface/transformers';

export async function embed(texts: string[]): Promise<unknown[]> {
  const out: unknown[] = [];
  for (const text of texts) {
    const extractor = await pipeline('feature-extraction', 'Xenova/all-MiniLM-L6-v2', { dtype: 'q8' });
    out.push(await extractor(text));
  }
  return out;
}
`;

export const LOAD_RULE = 'model-load-per-call';

export async function greenAi(): Promise<GreenAiApi> {
  const extension = vscode.extensions.getExtension<GreenAiApi>('green-ai.green-ai');
  assert.ok(extension, 'the extension is not installed');
  return extension.activate();
}

export function workspaceUri(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'the suite needs a workspace folder');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function write(path: string, content: string): Promise<vscode.Uri> {
  const uri = workspaceUri(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}

/** Writes a file and opens it as a user does, so that closing the tab closes the document. */
export async function openFile(path: string, content: string): Promise<vscode.TextDocument> {
  const uri = await write(path, content);
  await vscode.commands.executeCommand('vscode.open', uri);
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.toString(), uri.toString(), `${path} is not the active editor`);
  assert.ok(document);
  return document;
}

export async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Our diagnostics of a document. */
export function diagnosticsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Green AI');
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Resolves as soon as our diagnostics of a document are as wanted; mocha's limit is the only clock. */
export function diagnosticsWhen(
  uri: vscode.Uri,
  isWanted: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const check = (): boolean => {
      const diagnostics = diagnosticsOf(uri);
      if (isWanted(diagnostics)) resolve(diagnostics);
      return isWanted(diagnostics);
    };
    if (check()) return;
    const subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((changed) => changed.toString() === uri.toString()) && check()) subscription.dispose();
    });
  });
}

export function hasRule(rule: string): (diagnostics: readonly vscode.Diagnostic[]) => boolean {
  return (diagnostics) => diagnostics.some((diagnostic) => ruleOf(diagnostic) === rule);
}

export function hasNo(rule: string): (diagnostics: readonly vscode.Diagnostic[]) => boolean {
  return (diagnostics) => diagnostics.every((diagnostic) => ruleOf(diagnostic) !== rule);
}

export const isEmpty = (diagnostics: readonly vscode.Diagnostic[]): boolean => diagnostics.length === 0;

/** The first diagnostic of a rule once it is there. */
export async function diagnosticOf(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  const found = (await diagnosticsWhen(uri, hasRule(rule))).find((diagnostic) => ruleOf(diagnostic) === rule);
  assert.ok(found);
  return found;
}

/** What the light bulb offers for a range, or the actions of another kind. */
export async function codeActions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind: vscode.CodeActionKind = vscode.CodeActionKind.QuickFix,
): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
  );
}

/** Resolves as soon as there is a tab as wanted. */
export function tabWhen(isWanted: (tab: vscode.Tab) => boolean): Promise<vscode.Tab> {
  return new Promise((resolve) => {
    const find = (): vscode.Tab | undefined =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find((tab) => isWanted(tab));
    const open = find();
    if (open !== undefined) return resolve(open);
    const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
      const opened = find();
      if (opened === undefined) return;
      subscription.dispose();
      resolve(opened);
    });
  });
}

export async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit, 'the action has no edit');
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
