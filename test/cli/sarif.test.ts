import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import { sarifArtifact } from '../../src/cli/format/sarifLocation.ts';
import type { RegisteredRule } from '../../src/core/engine/rule.ts';
import { project, python, removeProjects } from './support/project.ts';
import { TEST_RULES } from './support/testRules.ts';

/** The official schema is draft 4; nothing in it but the name of its id differs from draft 7. */
function sarifValidator() {
  const schema = JSON.parse(readFileSync(path.resolve('test/fixtures/sarif/sarif-schema-2.1.0.json'), 'utf8'));
  const { id, $schema: _, ...rest } = schema;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  return ajv.compile({ $id: id, ...rest });
}

describe('SARIF output', () => {
  const validate = sarifValidator();
  afterEach(removeProjects);

  async function sarif(files: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Log> {
    const { stdout, code } = await project(files).run(['check', '.', '--format', 'sarif', ...options]);
    assert.ok(code === 0 || code === 1);
    const log: Log = JSON.parse(stdout);
    assert.ok(validate(log), JSON.stringify(validate.errors, undefined, 2));
    return log;
  }

  const FILES = {
    'src/ä b#[id].py': python('waste("😀"); waste(2)'),
    'hint.py': python(
      'save()',
      'waste()  # green-ai: ignore[wasteful-call] tiny',
      'y = 1  # green-ai: ignore[chained-call]',
    ),
    'n.ipynb': JSON.stringify({
      cells: [
        { cell_type: 'raw', source: '' },
        { cell_type: 'code', source: 'import torch\nwaste()' },
      ],
    }),
  };

  it('is valid against the official schema, with and without findings', async () => {
    await sarif(FILES);
    await sarif({ 'a.py': 'x = 1\n' });
    await sarif({});
  });

  it('places results from 1 in UTF-16 units, by relative and encoded paths', async () => {
    const [run] = (await sarif(FILES)).runs;
    assert.equal(run?.columnKind, 'utf16CodeUnits');
    const places = run?.results?.map(({ ruleId, locations }) => {
      const physical = locations?.[0]?.physicalLocation;
      const { startLine, startColumn, endLine, endColumn } = physical?.region ?? {};
      return [ruleId, physical?.artifactLocation?.uri, startLine, startColumn, endLine, endColumn];
    });
    assert.deepEqual(places, [
      ['chained-call', 'hint.py', 2, 1, 2, 7],
      ['wasteful-call', 'hint.py', 3, 1, 3, 8],
      ['wasteful-call', 'n.ipynb', 2, 1, 2, 8],
      ['wasteful-call', 'src/%C3%A4%20b%23%5Bid%5D.py', 2, 1, 2, 12],
      ['wasteful-call', 'src/%C3%A4%20b%23%5Bid%5D.py', 2, 14, 2, 22],
    ]);
  });

  it('counts the cells of a notebook from 0 and offers no edits of its file', async () => {
    const result = (await sarif(FILES)).runs[0]?.results?.[2];
    assert.deepEqual(result?.locations?.[0]?.properties, { cell: 1 });
    assert.equal(result?.fixes, undefined);
  });

  it('turns severities into levels and suppressions into suppressions', async () => {
    const results = (await sarif(FILES)).runs[0]?.results ?? [];
    assert.deepEqual(
      results.slice(0, 3).map(({ level, suppressions }) => [level, suppressions]),
      [
        ['note', undefined],
        ['warning', [{ kind: 'inSource', justification: 'tiny' }]],
        ['warning', undefined],
      ],
    );
  });

  it('marks what a baseline accepts as suppressed from outside', async () => {
    const files = project({ 'a.py': python('waste()') });
    await files.run(['check', '.', '--write-baseline', '--baseline', 'b.json']);
    const { stdout, code } = await files.run(['check', '.', '--baseline', 'b.json', '--format', 'sarif']);
    assert.deepEqual(JSON.parse(stdout).runs[0].results[0].suppressions, [{ kind: 'external' }]);
    assert.equal(code, 0);
  });

  it('carries fixes whose regions say what to replace', async () => {
    const result = (await sarif({ 'a.py': python('waste()') })).runs[0]?.results?.[0];
    assert.deepEqual(result?.fixes, [
      {
        description: { text: 'Call save' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'a.py', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 6 },
                insertedContent: { text: 'save' },
              },
            ],
          },
        ],
        properties: { safety: 'safe' },
      },
    ]);
  });

  it('has fingerprints that stay when lines move and differ between equal places', async () => {
    const prints = async (...lines: readonly string[]) =>
      (await sarif({ 'a.py': python(...lines) })).runs[0]?.results?.map(
        (result) => result.partialFingerprints?.['greenAi/v1'],
      );
    const before = await prints('waste(1)', 'waste(1)');
    assert.deepEqual(await prints('', '# more', 'waste(1)', 'x = 1', 'waste(1)'), before);
    assert.notEqual(before?.[0], before?.[1]);
  });

  it('describes every rule with a link, and points results at them', async () => {
    const [run] = (await sarif(FILES)).runs;
    const rules = run?.tool.driver.rules ?? [];
    for (const { ruleId, ruleIndex } of run?.results ?? []) assert.equal(rules[ruleIndex ?? -1]?.id, ruleId);
    for (const { id, helpUri } of rules) assert.match(helpUri ?? '', new RegExp(`^https://.*/${id}/`));
    assert.deepEqual(rules.find(({ id }) => id === 'strict-call')?.defaultConfiguration, {
      level: 'warning',
      enabled: false,
    });
  });

  it('tells problems as notifications', async () => {
    const notifications = (await sarif(FILES)).runs[0]?.invocations?.[0]?.toolExecutionNotifications ?? [];
    assert.deepEqual(
      notifications.map(({ descriptor, message }) => [descriptor?.id, message.text]),
      [['unused-suppression', 'Unused suppression: chained-call reports nothing here']],
    );
  });

  it('describes the kinds of notifications, and names each by its place among them', async () => {
    const [run] = (await sarif(FILES)).runs;
    const [notification] = run?.invocations?.[0]?.toolExecutionNotifications ?? [];
    const described = run?.tool.driver.notifications?.[notification?.descriptor?.index ?? -1];
    assert.equal(described?.id, 'unused-suppression');
    assert.equal(notification?.level, 'note');
  });

  it('says what the rules are about and how they usually report', async () => {
    const rules = (await sarif({})).runs[0]?.tool.driver.rules ?? [];
    const [wasteful, chained] = ['wasteful-call', 'chained-call'].map((id) => rules.find((rule) => rule.id === id));
    assert.deepEqual(wasteful?.fullDescription, { text: 'Calls of waste.', markdown: 'Calls of `waste`.' });
    assert.match(wasteful?.help?.text ?? '', /^Calls of waste\.\n\n- It wastes\.\n\nDocumentation: https:/);
    assert.match(wasteful?.help?.markdown ?? '', /- It \[wastes\]\(https:\/\/x\.example\)\./);
    assert.equal(wasteful?.defaultConfiguration?.level, 'warning');
    assert.equal(chained?.defaultConfiguration?.level, 'note');
  });

  it('says how regions of notebooks count', async () => {
    const [run] = (await sarif(FILES)).runs;
    assert.match(String(run?.properties?.['notebooks']), /inside the cell/);
    assert.match(run?.results?.[2]?.locations?.[0]?.message?.text ?? '', /^Cell 2 of the notebook/);
  });

  for (const [title, files, isSuccessful] of [
    ['nothing is wrong', { 'a.py': 'x = 1\n' }, true],
    ['a file has a syntax error', { 'a.py': python('x = = 1') }, true],
    ['a notebook is broken', { 'a.ipynb': '{' }, false],
    ['a file cannot be decoded', { 'a.py': '# coding: klingon\n', 'b.py': 'x = 1\n' }, false],
  ] as const) {
    it(`${isSuccessful ? 'is' : 'is not'} successful when ${title}`, async () => {
      const [invocation] = (await sarif(files)).runs[0]?.invocations ?? [];
      assert.equal(invocation?.executionSuccessful, isSuccessful);
    });
  }

  it('is not successful when a path is missing or a rule failed', async () => {
    const files = project({ 'a.py': python('waste()') });
    const failing: RegisteredRule = {
      meta: { ...(TEST_RULES[0] ?? assert.fail()).meta, id: 'failing' },
      run: () => {
        throw new Error('defect');
      },
    };
    for (const [argv, options, kind] of [
      [['a.py', 'gone.py'], {}, 'unreadable'],
      [['a.py'], { rules: [...TEST_RULES, failing] }, 'rule-failed'],
    ] as const) {
      const { stdout } = await files.run(['check', ...argv, '--format', 'sarif'], options);
      const [invocation] = (JSON.parse(stdout) as Log).runs[0]?.invocations ?? [];
      assert.equal(invocation?.executionSuccessful, false, kind);
      assert.deepEqual(
        invocation?.toolExecutionNotifications?.map(({ descriptor, level }) => [descriptor?.id, level]),
        [[kind, 'error']],
      );
    }
  });

  it('writes a file name with half a surrogate pair', () => {
    assert.equal(sarifArtifact('a\ud800?.py').uri, 'a%EF%BF%BD%3F.py');
    assert.equal(sarifArtifact('😀.py').uri, '%F0%9F%98%80.py');
  });
});
