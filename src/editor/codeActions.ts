import * as vscode from 'vscode';
import type { FindingFix } from '../core/engine/finding.ts';
import type { Edit } from '../core/engine/rule.ts';
import { mergeFixes } from '../core/fixes/mergeFixes.ts';
import { suppressionEdit } from '../core/suppression/suppressionEdit.ts';
import { LineIndex } from '../core/text/lineIndex.ts';
import { COMMANDS } from './commandIds.ts';
import { documentLanguage } from './documentScope.ts';
import type { AnalysedTarget, FindingsStore, ShownFinding } from './findingsStore.ts';
import { keepsLayout, safeFixes } from './safeFixes.ts';
import { isCurrent } from './snapshot.ts';
import { workspaceEdit } from './workspaceEdit.ts';

export const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('green-ai');
const NOTEBOOK_FIX_ALL = vscode.CodeActionKind.Notebook.append('source.fixAll.green-ai');

/** Offers what the stored findings hold; it never analyses. Findings of an older text offer nothing: their places moved. */
export class CodeActions implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, FIX_ALL, NOTEBOOK_FIX_ALL],
  };

  constructor(private readonly store: FindingsStore) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const all = this.store.findings(document.uri).filter(({ analysed }) => isCurrent(analysed.snapshot));
    const analysed = all[0]?.analysed ?? this.currentNotebookOf(document);
    if (analysed === undefined) return [];
    const here = all.filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined);
    const wants = (kind: vscode.CodeActionKind): boolean => context.only?.contains(kind) === true;
    const actions: vscode.CodeAction[] = [];
    if (context.only === undefined || context.only.contains(vscode.CodeActionKind.QuickFix)) {
      actions.push(...here.flatMap(quickFixes));
      if (here.length > 0) actions.push(...(await fixAllQuickFix(analysed)));
      actions.push(...here.flatMap((shown) => secondaryActions(shown, document)));
    }
    // On save VS Code asks for each cell at once and applies all answers: only the notebook's own kind may answer for it.
    if (analysed.snapshot.input.kind === 'file' && wants(FIX_ALL)) {
      actions.push(...(await fixAll(analysed, FIX_ALL)));
    }
    if (analysed.snapshot.input.kind === 'notebook' && wants(NOTEBOOK_FIX_ALL)) {
      actions.push(...(await fixAll(analysed, NOTEBOOK_FIX_ALL)));
    }
    return actions;
  }

  private currentNotebookOf(document: vscode.TextDocument): AnalysedTarget | undefined {
    if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
    const analysed = this.store.targetWithCell(document);
    return analysed !== undefined && isCurrent(analysed.snapshot) ? analysed : undefined;
  }
}

function quickFixes({ finding, diagnostic, analysed }: ShownFinding): vscode.CodeAction[] {
  const safeCount = finding.fixes.filter(({ safety }) => safety === 'safe').length;
  return finding.fixes
    .filter(({ edits }) => keepsLayout(analysed, edits))
    .map((fix) => {
      const action = quickFix(fixTitle(fix), diagnostic);
      action.edit = workspaceEdit(analysed.snapshot, fix.edits);
      if (fix.safety === 'safe' && safeCount === 1) action.isPreferred = true;
      return action;
    });
}

function secondaryActions({ finding, diagnostic }: ShownFinding, document: vscode.TextDocument): vscode.CodeAction[] {
  const { ruleId } = finding;
  const documentation = quickFix(`Open documentation of ${ruleId}`, diagnostic);
  documentation.command = {
    title: documentation.title,
    command: COMMANDS.openRuleDocumentation,
    arguments: [ruleId],
  };
  return [
    ...suppression(`Ignore ${ruleId} on this line`, 'line', ruleId, diagnostic, document),
    ...suppression(`Ignore ${ruleId} in this file`, 'file', ruleId, diagnostic, document),
    documentation,
  ];
}

function suppression(
  title: string,
  scope: 'line' | 'file',
  ruleId: string,
  diagnostic: vscode.Diagnostic,
  document: vscode.TextDocument,
): vscode.CodeAction[] {
  const text = document.getText();
  const language = documentLanguage(document) ?? 'python';
  const { line } = diagnostic.range.start;
  const edit = suppressionEdit({ text, lines: new LineIndex(text), language, line, ruleId, scope });
  return edit === undefined ? [] : [textAction(title, diagnostic, document, edit)];
}

function textAction(
  title: string,
  diagnostic: vscode.Diagnostic,
  document: vscode.TextDocument,
  { span, text }: Edit,
): vscode.CodeAction {
  const action = quickFix(title, diagnostic);
  action.edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  action.edit.replace(document.uri, range, text);
  return action;
}

function quickFix(title: string, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  return action;
}

/** Safe fixes only, in one edit; suggestions and suppressions are never applied in bulk. */
async function fixAll(analysed: AnalysedTarget, kind: vscode.CodeActionKind): Promise<vscode.CodeAction[]> {
  const { snapshot } = analysed;
  const edits = await safeFixes(analysed);
  if (edits.length === 0) return [];
  const place = snapshot.input.kind === 'file' ? 'file' : 'notebook';
  const action = new vscode.CodeAction(`Fix all safe Green AI problems in this ${place}`, kind);
  action.edit = workspaceEdit(snapshot, edits);
  return [action];
}

/** In the light bulb only where it does more than the fix beside it. */
async function fixAllQuickFix(analysed: AnalysedTarget): Promise<vscode.CodeAction[]> {
  if (mergeFixes(analysed.result.findings).fixed.length < 2) return [];
  return fixAll(analysed, vscode.CodeActionKind.QuickFix);
}

/** A suggestion says in its title what it changes, so that nobody takes it for behaviour-preserving; the first clause is enough there. */
function fixTitle({ title, safety, reason }: Pick<FindingFix, 'title' | 'safety' | 'reason'>): string {
  if (safety === 'safe' || reason === undefined || reason === '') return title;
  const [clause = reason] = reason.split(/[:;]\s|\.(?:\s|$)/);
  const isWord = /^[A-Z][a-z]*\s/.test(clause);
  return `${title} (${isWord ? clause.charAt(0).toLowerCase() + clause.slice(1) : clause})`;
}
