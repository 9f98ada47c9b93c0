import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  diagnosticOf,
  diagnosticsOf,
  diagnosticsWhen,
  greenAi,
  hasRule,
  isEmpty,
  LOAD_RULE,
  LOOP,
  openFile,
  replaceAll,
  ruleOf,
  SERVICE,
} from './support.ts';

describe('diagnostics', () => {
  afterEach(closeAll);

  it('say what, where, how much and where to read more', async () => {
    const document = await openFile('service.py', SERVICE);
    const diagnostic = await diagnosticOf(document.uri, LOAD_RULE);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(document.getText(diagnostic.range), /^pipeline\(.*\)$/);
    assert.match(diagnostic.message, /loads the same model again for every request/);
    assert.match(diagnostic.message, /\d[\d.,]* [mkMG]?Wh\b.*\(.*\d.* to .*\d.*\)/);
    assert.ok(typeof diagnostic.code === 'object');
    assert.match(diagnostic.code.target.toString(true), new RegExp(`^https://.*${LOAD_RULE}`));
    const related = diagnostic.relatedInformation ?? [];
    assert.ok(related.length > 0, 'the handler is named as a related location');
    assert.ok(related.every(({ location }) => location.uri.toString() === document.uri.toString()));
  });

  it('appear in TypeScript as well', async () => {
    const document = await openFile('loop.ts', LOOP);
    const diagnostic = await diagnosticOf(document.uri, LOAD_RULE);
    assert.match(document.getText(diagnostic.range), /^pipeline\('feature-extraction'/);
  });

  it('follow the text while it is typed, and nothing is published for a text that is gone', async () => {
    const api = await greenAi();
    const document = await openFile('typing.py', SERVICE);
    await diagnosticOf(document.uri, LOAD_RULE);
    const published: string[] = [];
    const subscription = api.onDidChangeFindings(() => {
      for (const { location } of api.findings(document.uri)) {
        const { start, end } = location.range;
        published.push(document.getText(new vscode.Range(start.line, start.character, end.line, end.character)));
      }
    });
    for (let line = 0; line < 5; line++) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '# a line above moves every place below\n');
      assert.ok(await vscode.workspace.applyEdit(edit));
    }
    const moved = await diagnosticsWhen(document.uri, (all) => all.some(({ range }) => range.start.line === 13));
    subscription.dispose();
    assert.equal(moved.filter((diagnostic) => ruleOf(diagnostic) === LOAD_RULE).length, 1, 'no doubles');
    assert.ok(published.length > 0);
    for (const text of published) assert.match(text, /^pipeline\(/, 'published places fit the text of that moment');
    await replaceAll(document, 'print("nothing to see")\n');
    await diagnosticsWhen(document.uri, isEmpty);
  });

  it('have exact places with CRLF line ends and emoji before them', async () => {
    const document = await openFile(
      'emoji.py',
      SERVICE.replace('classifier = p', '"😀"; classifier = p').replaceAll('\n', '\r\n'),
    );
    const diagnostic = await diagnosticOf(document.uri, LOAD_RULE);
    assert.equal(document.eol, vscode.EndOfLine.CRLF);
    assert.match(document.getText(diagnostic.range), /^pipeline\(.*english"\)$/);
  });

  it('go when the file is closed', async () => {
    const document = await openFile('closing.py', SERVICE);
    await diagnosticOf(document.uri, LOAD_RULE);
    await closeAll();
    await diagnosticsWhen(document.uri, isEmpty);
  });

  it('go when the language changes, and come back with it', async () => {
    const document = await openFile('language.py', SERVICE);
    await diagnosticOf(document.uri, LOAD_RULE);
    const plain = await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await diagnosticsWhen(plain.uri, isEmpty);
    const python = await vscode.languages.setTextDocumentLanguage(plain, 'python');
    await diagnosticsWhen(python.uri, hasRule(LOAD_RULE));
  });

  it('appear in a document that was never saved', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: SERVICE });
    await vscode.window.showTextDocument(document);
    await diagnosticOf(document.uri, LOAD_RULE);
  });

  it('stay away from libraries, from large files and from files that are switched off', async () => {
    const api = await greenAi();
    const library = await openFile('node_modules/some/service.py', SERVICE);
    const large = await openFile('large.py', `${SERVICE}# ${'x'.repeat(2 * 1024 * 1024)}\n`);
    await api.whenIdle();
    assert.deepEqual([diagnosticsOf(library.uri), diagnosticsOf(large.uri)], [[], []]);
    assert.match(api.status(), /larger than 2 MB/);

    const document = await openFile('off.py', SERVICE);
    await diagnosticOf(document.uri, LOAD_RULE);
    const settings = vscode.workspace.getConfiguration('greenAi');
    await settings.update('enable', false, vscode.ConfigurationTarget.Workspace);
    await diagnosticsWhen(document.uri, isEmpty);
    await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    await diagnosticOf(document.uri, LOAD_RULE);
  });

  it('stay beside a syntax error, which only the status tells', async () => {
    const api = await greenAi();
    const document = await openFile('broken.py', `${SERVICE}\n\ndef broken(:\n`);
    await diagnosticOf(document.uri, LOAD_RULE);
    await api.whenIdle();
    const line = SERVICE.split('\n').length + 2;
    assert.match(api.status(), new RegExp(`syntax error in line ${line}$`));
    assert.ok(diagnosticsOf(document.uri).every((diagnostic) => ruleOf(diagnostic) !== 'syntax-error'));
  });

  it('take their severity from the setting of the rule', async () => {
    const document = await openFile('severity.py', SERVICE);
    await diagnosticOf(document.uri, LOAD_RULE);
    const settings = vscode.workspace.getConfiguration('greenAi');
    await settings.update('rules', { [LOAD_RULE]: 'hint' }, vscode.ConfigurationTarget.Workspace);
    await diagnosticsWhen(document.uri, (all) =>
      all.some(({ severity }) => severity === vscode.DiagnosticSeverity.Hint),
    );
    await settings.update('rules', { [LOAD_RULE]: 'off' }, vscode.ConfigurationTarget.Workspace);
    await diagnosticsWhen(document.uri, isEmpty);
    await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
  });
});
