import assert from 'node:assert/strict';
import { project, python, removeProjects } from './support/project.ts';

describe('green-ai report', () => {
  afterEach(removeProjects);

  const FILES = {
    'shop/a.py': python('waste(1)', 'save()'),
    'shop/b.py': python('waste(2)  # green-ai: ignore'),
    'shop/bad.ipynb': '{',
    'other.py': python('waste(3)'),
  };

  it('reports on a folder as JSON, with what was skipped and suppressed', async () => {
    const { code, stdout, stderr } = await project(FILES).run(['report', 'shop', '--format', 'json']);
    const report = JSON.parse(stdout);
    assert.equal(code, 0);
    assert.match(stderr, /^shop\/bad\.ipynb: invalid JSON/);
    assert.equal(report.meta.label, 'shop');
    assert.equal(report.meta.createdAt, '2026-03-04T05:06:07.000Z');
    assert.equal(report.meta.analysedFiles, 2);
    assert.equal(report.meta.suppressedFindings, 1);
    assert.deepEqual(
      report.meta.skipped.map(({ path }: { path: string }) => path),
      ['shop/bad.ipynb'],
    );
    assert.deepEqual(
      report.ranking.map(({ ruleId, isCounted }: { ruleId: string; isCounted: boolean }) => [ruleId, isCounted]),
      [
        ['wasteful-call', true],
        ['chained-call', false],
      ],
    );
    assert.ok(report.total.energy.low > 0 && report.total.energy.low < report.total.energy.high);
  });

  it('refers to the hardware of the folder that it is about, and names other hardware', async () => {
    const profile = (name: string): string => JSON.stringify({ device: 'NVIDIA T4', name });
    const files = project({
      ...FILES,
      'shop/.green-ai/hardware.json': profile('Shop'),
      'shop/old/.green-ai/hardware.json': profile('Attic <1>'),
      'shop/old/c.py': python('waste(3)'),
    });
    const report = async (folder: string) =>
      JSON.parse((await files.run(['report', folder, '--format', 'json'])).stdout);
    const shop = await report('shop');
    assert.equal(shop.profile.name, 'Shop');
    assert.deepEqual(shop.meta.otherProfiles, ['Attic <1>']);
    assert.equal((await report('shop/old')).profile.name, 'Attic <1>');
    assert.match((await files.run(['report', 'shop'])).stdout, /estimates of some files: Attic &lt;1&gt;/);
    assert.match((await files.run(['report', 'shop', '--format', 'markdown'])).stdout, /of some files: Attic/);
    assert.match((await files.run(['check', 'shop'])).stdout, /a year \(Shop, Attic <1>\)/);
    const check = JSON.parse((await files.run(['check', 'shop', '--format', 'json'])).stdout);
    assert.deepEqual([check.profile.name, check.otherProfiles], ['Shop', ['Attic <1>']]);
  });

  it('writes the format that the output file names', async () => {
    const files = project(FILES);
    assert.equal((await files.run(['report', 'shop', '--output', 'r.html'])).stdout, '');
    assert.match(files.read('r.html'), /^<!doctype html>[\s\S]*Green AI report: shop[\s\S]*waste\(\) wastes energy/);
    await files.run(['report', 'shop', '--output', 'r.md']);
    assert.match(files.read('r.md'), /^# Green AI report: shop\n/);
    await files.run(['report', 'shop', '--output', 'r.json']);
    assert.equal(JSON.parse(files.read('r.json')).format, 'green-ai-report');
    assert.match((await files.run(['report', 'shop'])).stdout, /^<!doctype html>/);
  });

  it('names an output that cannot be written', async () => {
    const { code, stderr } = await project(FILES).run(['report', 'shop', '--output', 'no/such/r.html']);
    assert.equal(code, 2);
    assert.match(stderr, /green-ai: cannot write .*no\/such\/r\.html: ENOENT/);
  });
});
