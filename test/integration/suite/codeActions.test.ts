import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  apply,
  closeAll,
  codeActions,
  diagnosticOf,
  diagnosticsWhen,
  hasNo,
  LOAD_RULE,
  LOOP,
  openFile,
  ruleOf,
  SAFE_LOOPS,
  SERVICE,
  tabWhen,
  write,
} from './support.ts';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('green-ai');

/** Two calls with an option under its old name: each with a safe fix where the version is pinned. */
const ANSWERS = `import { generateText } from 'ai';
import { openai } from '@ai-sdk/openai';

export async function answers(prompt: string): Promise<unknown[]> {
  const first = await generateText({ model: openai('gpt-4o-mini'), prompt, maxTokens: 200 });
  const second = await generateText({ model: openai('gpt-4o'), prompt, maxTokens: 100 });
  return [first.text, second.text];
}
`;

function whole(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, document.lineCount, 0);
}

describe('code actions', () => {
  afterEach(closeAll);

  it('offer the safe fix as the preferred one, then ignoring and the documentation', async () => {
    const document = await openFile('loops.py', SAFE_LOOPS);
    const { range } = await diagnosticOf(document.uri, LOAD_RULE);
    const actions = await codeActions(document.uri, range);
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [title, isPreferred ?? false]),
      [
        ['Load the model once, before the loop', true],
        [`Ignore ${LOAD_RULE} on this line`, false],
        [`Ignore ${LOAD_RULE} in this file`, false],
        [`Open documentation of ${LOAD_RULE}`, false],
        ['Fix all safe Green AI problems in this file', false],
      ],
    );
  });

  it('say in the title what a suggestion changes, and do not prefer it', async () => {
    const document = await openFile('service.py', SERVICE);
    const { range } = await diagnosticOf(document.uri, LOAD_RULE);
    const [first] = await codeActions(document.uri, range);
    assert.match(first?.title ?? '', /^Keep the model with @functools\.lru_cache\(maxsize=1\) \(.+[^.]\)$/);
    assert.notEqual(first?.isPreferred, true);
  });

  it('remove the finding when the fix is applied', async () => {
    for (const [path, text] of [
      ['loop.ts', LOOP],
      ['service.py', SERVICE],
    ] as const) {
      const document = await openFile(path, text);
      const { range } = await diagnosticOf(document.uri, LOAD_RULE);
      const [fix] = await codeActions(document.uri, range);
      await apply(fix);
      await diagnosticsWhen(document.uri, hasNo(LOAD_RULE));
      assert.notEqual(document.getText(), text);
      await closeAll();
    }
  });

  it('ignore one rule on a line with a comment above it', async () => {
    const document = await openFile('service.py', SERVICE);
    const { range } = await diagnosticOf(document.uri, LOAD_RULE);
    const actions = await codeActions(document.uri, range);
    await apply(actions.find(({ title }) => title.endsWith('on this line')));
    await diagnosticsWhen(document.uri, hasNo(LOAD_RULE));
    assert.equal(document.lineAt(range.start.line).text, `    # green-ai: ignore[${LOAD_RULE}]`);
  });

  it('ignore one rule in a whole file', async () => {
    const document = await openFile('loop.ts', LOOP);
    const { range } = await diagnosticOf(document.uri, LOAD_RULE);
    const actions = await codeActions(document.uri, range);
    await apply(actions.find(({ title }) => title.endsWith('in this file')));
    await diagnosticsWhen(document.uri, hasNo(LOAD_RULE));
    assert.equal(document.lineAt(0).text, `// green-ai: ignore-file[${LOAD_RULE}]`);
  });

  it('fix all safe problems of a file at once, and only those', async () => {
    await write('pinned/package.json', '{ "dependencies": { "ai": "5.0.0" } }');
    for (const [path, text, rule] of [
      ['two.py', SAFE_LOOPS, LOAD_RULE],
      ['pinned/answer.ts', ANSWERS, 'aisdk-max-tokens-renamed'],
    ] as const) {
      const document = await openFile(path, text);
      await diagnosticsWhen(document.uri, (all) => all.filter((one) => ruleOf(one) === rule).length === 2);
      const actions = await codeActions(document.uri, whole(document), FIX_ALL);
      assert.deepEqual(
        actions.map(({ title }) => title),
        ['Fix all safe Green AI problems in this file'],
      );
      await apply(actions[0]);
      await diagnosticsWhen(document.uri, hasNo(rule));
      assert.notEqual(document.getText(), text);
      assert.doesNotMatch(document.getText(), /green-ai: ignore/);
    }

    const suggestionsOnly = await openFile('service.py', SERVICE);
    await diagnosticOf(suggestionsOnly.uri, LOAD_RULE);
    assert.deepEqual(await codeActions(suggestionsOnly.uri, whole(suggestionsOnly), FIX_ALL), []);
  });

  it('name a suppression that suppresses nothing', async () => {
    const document = await openFile('unused.py', `# green-ai: ignore[${LOAD_RULE}]\nimport transformers\n`);
    const [diagnostic] = await diagnosticsWhen(document.uri, (all) => all.length > 0);
    assert.equal(diagnostic?.code, 'unused-suppression');
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Hint);
  });

  it('open the bundled documentation of the rule', async () => {
    await vscode.commands.executeCommand('greenAi.openRuleDocumentation', LOAD_RULE);
    await tabWhen(({ label }) => label.includes(`${LOAD_RULE}.md`));
  });
});
