import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, diagnosticOf, greenAi, LOAD_RULE, openFile, SERVICE } from './support.ts';

async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

describe('hover', () => {
  afterEach(closeAll);

  it('gives the estimate with its interval, every assumption, the profile and the links', async () => {
    const api = await greenAi();
    const document = await openFile('service.py', SERVICE);
    const { range } = await diagnosticOf(document.uri, LOAD_RULE);
    const text = await hoverText(document.uri, range.start.translate(0, 2));
    assert.match(text, /\| per request \| [\d.]+ m?k?Wh \([−\d.]+ to [\d.]+\) \|/);
    assert.match(text, /\| CO₂e per year, inference \| .*CO₂e \(.* to .*\) \|/);
    assert.match(text, /\| CO₂e per year, share of making the devices \| .*CO₂e \(.* to .*\) \|/);
    assert.match(text, /\| money per year \| \$.* \(.* to .*\) \|/);
    const [finding] = api.findings(document.uri);
    assert.ok(finding?.impact && finding.impact.assumptions.length > 0);
    const listed = text.match(/^- .+$/gm) ?? [];
    assert.equal(listed.length, finding.impact.assumptions.length);
    assert.ok(text.includes('command:greenAi.selectProfile'));
    assert.ok(
      text.includes(`command:greenAi.openRuleDocumentation?${encodeURIComponent(JSON.stringify([LOAD_RULE]))}`),
    );
  });

  it('says what a rule is about on its id in a suppression', async () => {
    await greenAi();
    const line = `import torch  # green-ai: ignore[${LOAD_RULE}, no-such-rule]`;
    const document = await openFile('ignored.py', `${line}\n`);
    const known = await hoverText(document.uri, new vscode.Position(0, line.indexOf(LOAD_RULE) + 3));
    assert.match(known, new RegExp(`\\*\\*${LOAD_RULE}\\*\\*`));
    const unknown = await hoverText(document.uri, new vscode.Position(0, line.indexOf('no-such') + 3));
    assert.match(unknown, /no rule `no-such-rule`/);
  });
});
