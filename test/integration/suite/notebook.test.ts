import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  apply,
  closeAll,
  codeActions,
  diagnosticOf,
  diagnosticsWhen,
  greenAi,
  hasNo,
  isEmpty,
  LOAD_RULE,
  write,
} from './support.ts';

const CELLS = [
  ['markdown', '# Tickets'],
  [
    'code',
    'from transformers import AutoTokenizer, pipeline\nNAME = "distilbert-base-uncased-finetuned-sst-2-english"',
  ],
  [
    'code',
    '%time\ntickets = open("tickets.txt").readlines()\nlabels = []\nfor ticket in tickets:\n    classifier = pipeline("sentiment-analysis", model=NAME)\n    labels.append(classifier(ticket))',
  ],
] as const;

async function openNotebook(path: string): Promise<vscode.NotebookDocument> {
  const uri = await write(
    path,
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: 'python3', language: 'python', display_name: 'Python 3' } },
      cells: CELLS.map(([type, source], index) => ({
        cell_type: type,
        id: `cell${index}`,
        metadata: {},
        source,
        ...(type === 'code' ? { outputs: [], execution_count: null } : {}),
      })),
    }),
  );
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

function cellText(notebook: vscode.NotebookDocument, index: number, range: vscode.Range): string {
  return notebook.cellAt(index).document.getText(range);
}

async function edit(notebook: vscode.NotebookDocument, change: vscode.NotebookEdit): Promise<void> {
  const workspaceEdit = new vscode.WorkspaceEdit();
  workspaceEdit.set(notebook.uri, [change]);
  assert.ok(await vscode.workspace.applyEdit(workspaceEdit));
}

describe('notebooks', () => {
  afterEach(closeAll);

  it('report in the cell, keep the place when a cell comes above, and clear what is deleted', async () => {
    await greenAi();
    const notebook = await openNotebook('tickets.ipynb');
    const cell = notebook.cellAt(2).document;
    const before = await diagnosticOf(cell.uri, LOAD_RULE);
    assert.equal(before.range.start.line, 4);
    assert.match(cellText(notebook, 2, before.range), /^pipeline\(.*model=NAME\)$/);

    const above = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'import os', 'python');
    await edit(notebook, vscode.NotebookEdit.insertCells(0, [above]));
    await (await greenAi()).whenIdle();
    const after = await diagnosticOf(cell.uri, LOAD_RULE);
    assert.ok(after.range.isEqual(before.range));
    assert.match(cellText(notebook, 3, after.range), /^pipeline\(/);
    const [related] = after.relatedInformation ?? [];
    assert.equal(related?.location.uri.toString(), cell.uri.toString());

    await edit(notebook, vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(3, 4)));
    await diagnosticsWhen(cell.uri, isEmpty);
  });

  it('follow the text of a cell and the order of cells', async () => {
    await greenAi();
    const notebook = await openNotebook('order.ipynb');
    const cell = notebook.cellAt(2).document;
    await diagnosticOf(cell.uri, LOAD_RULE);
    const imports = notebook.cellAt(1).document;
    const workspaceEdit = new vscode.WorkspaceEdit();
    workspaceEdit.replace(imports.uri, new vscode.Range(0, 0, 0, 100), 'pipeline = print');
    assert.ok(await vscode.workspace.applyEdit(workspaceEdit));
    await diagnosticsWhen(cell.uri, isEmpty);
  });

  it('apply a fix inside the cell', async () => {
    await greenAi();
    const notebook = await openNotebook('fix.ipynb');
    const cell = notebook.cellAt(2).document;
    const { range } = await diagnosticOf(cell.uri, LOAD_RULE);
    const [fix] = await codeActions(cell.uri, range);
    await apply(fix);
    await diagnosticsWhen(cell.uri, hasNo(LOAD_RULE));
    assert.match(cell.getText(), /^%time\n.*\n.*\nclassifier = /);
  });
});
