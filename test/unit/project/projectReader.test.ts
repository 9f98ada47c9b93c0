import assert from 'node:assert/strict';
import { builtinCatalogue } from '../../../src/host/project/builtinCatalogue.ts';
import { FolderProjectReader, type ProjectOptions } from '../../../src/host/project/folderProjectReader.ts';
import { machineProfile } from '../../../src/knowledge/hardware/machineProfile.ts';
import { MemoryFileSystem } from './memoryFileSystem.ts';

function open(files: Readonly<Record<string, string>>, options: Partial<ProjectOptions> = {}) {
  const fileSystem = new MemoryFileSystem(new Map(Object.entries(files).map(([name, text]) => [`/w/${name}`, text])));
  const reader = new FolderProjectReader({
    fileSystem,
    root: '/w',
    profiles: builtinCatalogue,
    knownRules: new Set(['a-rule', 'b-rule']),
    ...options,
  });
  return { fileSystem, reader };
}

describe('FolderProjectReader', () => {
  it('has defaults without any file', async () => {
    const { settings, problems, configPath, isExcluded } = await open({}).reader.settingsFor('/w/a/b.py');
    assert.deepEqual([problems, configPath, isExcluded], [[], undefined, false]);
    assert.equal(settings.tier, 'recommended');
    assert.equal(settings.profile.id, builtinCatalogue.fallback.id);
    assert.deepEqual(settings.environment, {
      versions: { complete: false, ranges: {}, undecided: [] },
      runtime: { kind: 'unknown' },
    });
  });

  it('takes the nearest configuration, past files without our table', async () => {
    const { reader } = open({
      'green-ai.toml': 'tier = "strict"\n',
      'a/pyproject.toml': '[tool.ruff]\n',
      'a/b/package.json': '{"greenAi": {"rules": {"a-rule": "off"}}}',
    });
    assert.equal((await reader.settingsFor('/w/a/x.py')).configPath, '/w/green-ai.toml');
    const deep = await reader.settingsFor('/w/a/b/c/x.py');
    assert.equal(deep.configPath, '/w/a/b/package.json');
    assert.equal(deep.settings.tier, 'recommended');
    assert.deepEqual(deep.settings.rules, { 'a-rule': 'off' });
  });

  it('puts the editor below the file and the command line above it', async () => {
    const { reader } = open(
      { 'green-ai.toml': 'tier = "strict"\nregion = "FR"\n[rules]\na-rule = "hint"\n' },
      {
        defaults: () => ({ tier: 'recommended', rules: { 'a-rule': 'off', 'b-rule': 'off' }, profile: 'nvidia-t4' }),
        overrides: { tier: 'recommended' },
      },
    );
    const { settings } = await reader.settingsFor('/w/x.py');
    assert.equal(settings.tier, 'recommended');
    assert.deepEqual(settings.rules, { 'a-rule': 'hint', 'b-rule': 'off' });
    assert.equal(settings.profile.id, 'nvidia-t4');
    assert.match(settings.profile.site.region, /France/);
  });

  it('takes the machine of the deployment files where nobody chose a profile', async () => {
    const files = {
      'docker-compose.yml': 'services:\n  api:\n    build: .\n',
      'gpu/k8s/pod.yaml':
        'apiVersion: v1\nkind: Pod\nspec:\n  nodeSelector:\n    cloud.google.com/gke-accelerator: nvidia-l4\n  containers:\n    - resources: { limits: { nvidia.com/gpu: 1 } }\n',
    };
    const { settings } = await open(files).reader.settingsFor('/w/app/x.py');
    assert.deepEqual([settings.profile.id, settings.assumedProfile?.id], ['server-cpu', builtinCatalogue.fallback.id]);
    assert.equal(settings.environment.machine?.from.path, 'docker-compose.yml');
    const nearer = await open(files).reader.settingsFor('/w/gpu/x.py');
    assert.equal(nearer.settings.profile.hardware.device, 'NVIDIA L4');
    const chosen = await open(files, { overrides: { profile: 'nvidia-t4' } }).reader.settingsFor('/w/app/x.py');
    assert.deepEqual([chosen.settings.profile.id, chosen.settings.assumedProfile], ['nvidia-t4', undefined]);
    const both = { ...files, 'requirements.txt': 'torch==2.3.0+cu121\n' };
    const contradicting = await open(both).reader.settingsFor('/w/app/x.py');
    assert.deepEqual(
      [contradicting.settings.profile.id, contradicting.settings.environment.machine],
      [builtinCatalogue.fallback.id, undefined],
    );
  });

  it('looks up to the root of the repository, not beyond', async () => {
    const files = new Map([
      ['/r/.git/HEAD', ''],
      ['/r/green-ai.toml', 'tier = "strict"\n'],
      ['/green-ai.toml', '[rules]\na-rule = "off"\n'],
    ]);
    const fileSystem = new MemoryFileSystem(files);
    const options = { fileSystem, profiles: builtinCatalogue, knownRules: new Set(['a-rule']) };
    const inside = await new FolderProjectReader({ ...options, root: '/r/sub' }).settingsFor('/r/sub/x.py');
    assert.deepEqual([inside.configPath, inside.settings.rules], ['/r/green-ai.toml', {}]);
    files.delete('/r/.git/HEAD');
    const alone = await new FolderProjectReader({ ...options, root: '/r/sub' }).settingsFor('/r/sub/x.py');
    assert.equal(alone.configPath, undefined);
  });

  it('excludes by patterns relative to the configuration', async () => {
    const { reader } = open({ 'a/green-ai.toml': 'exclude = ["/old/", "*_pb2.py"]\n' });
    assert.equal((await reader.settingsFor('/w/a/old/x.py')).isExcluded, true);
    assert.equal((await reader.settingsFor('/w/a/b/old/x.py')).isExcluded, false);
    assert.equal((await reader.settingsFor('/w/a/b/x_pb2.py')).isExcluded, true);
    assert.equal((await reader.settingsFor('/w/old/x.py')).isExcluded, false);
  });

  it('reads versions nearest first, with includes, and of the right ecosystem', async () => {
    const { reader } = open({
      'requirements.txt': '-r requirements/base.txt\n-c ../w/constraints.txt\ntorch==2.0.0\n',
      'requirements/base.txt': '-r ../requirements.txt\ntransformers>=4.40\n',
      'constraints.txt': 'transformers==4.44.0\n',
      'app/requirements.txt': 'torch==2.2.0\n',
      'app/package.json': '{"dependencies": {"openai": "4.1.0"}}',
    });
    const python = (await reader.settingsFor('/w/app/x.ipynb')).settings.environment.versions;
    assert.equal(python.ranges['torch']?.declaredBy, 'app/requirements.txt: torch==2.2.0');
    assert.equal(python.ranges['transformers']?.declaredBy, 'constraints.txt: transformers==4.44.0');
    assert.equal(python.complete, true);
    const npm = (await reader.settingsFor('/w/app/x.ts')).settings.environment.versions;
    assert.deepEqual(Object.keys(npm.ranges), ['openai']);
  });

  it('reads the lock file above a workspace for the package in it', async () => {
    const { reader } = open({
      'package.json': '{"workspaces": ["packages/*"]}',
      'package-lock.json': JSON.stringify({
        packages: {
          'node_modules/openai': { version: '4.9.0' },
          'packages/a/node_modules/openai': { version: '5.1.0' },
        },
      }),
      'packages/a/package.json': '{"dependencies": {"openai": "^5"}, "scripts": {"start": "node x.js"}}',
      'packages/b/package.json': '{"dependencies": {"openai": "^4"}}',
    });
    const exact = async (path: string) =>
      (await reader.settingsFor(path)).settings.environment.versions.ranges['openai']?.exact;
    assert.equal(await exact('/w/packages/a/src/x.ts'), '5.1.0');
    assert.equal(await exact('/w/packages/b/src/x.ts'), '4.9.0');
    assert.deepEqual((await reader.settingsFor('/w/packages/a/src/x.ts')).settings.environment.runtime, {
      kind: 'known',
      value: 'node',
    });
  });

  it('names a manifest that is broken or missing, and then proves nothing absent', async () => {
    const { reader } = open({ 'pyproject.toml': '[project\n', 'requirements.txt': '-r gone.txt\n' });
    const { problems, settings } = await reader.settingsFor('/w/x.py');
    assert.deepEqual(
      problems.map(({ path, kind, location }) => [path, kind, location?.range.start.line]),
      [
        ['gone.txt', 'unreadable', undefined],
        ['pyproject.toml', 'unreadable', 0],
      ],
    );
    assert.equal(settings.environment.versions.complete, false);
  });

  it('takes the profile of the workspace, and keeps the last good one while its file is broken', async () => {
    const { reader, fileSystem } = open({
      '.green-ai/hardware.json': '// ours\n{"device": "NVIDIA T4", "name": "Box",}',
    });
    const path = '/w/.green-ai/hardware.json';
    assert.equal((await reader.settingsFor('/w/x.py')).settings.profile.name, 'Box');
    fileSystem.files.set(path, '{\n  "device": "NVIDIA T4",\n  "region": "atlantis"\n}');
    reader.invalidate(path);
    const broken = await reader.settingsFor('/w/x.py');
    assert.equal(broken.settings.profile.name, 'Box');
    assert.equal(broken.problems.length, 1);
    assert.deepEqual(broken.problems[0]?.location, {
      path: '.green-ai/hardware.json',
      range: { start: { line: 2, character: 12 }, end: { line: 2, character: 22 } },
    });
    fileSystem.files.delete(path);
    reader.invalidate(path);
    assert.equal((await reader.settingsFor('/w/x.py')).settings.profile.id, builtinCatalogue.fallback.id);
  });

  it('takes this machine where a person or the configuration chose it, and the place and workload of the own file', async () => {
    let looks = 0;
    const machine = machineProfile({
      processor: 'AMD EPYC 7742',
      cores: 64,
      memoryGb: 512,
      graphics: [{ name: 'Tesla T4' }],
    });
    const local = () => {
      looks += 1;
      return Promise.resolve({ profile: machine });
    };
    const file = JSON.stringify({ device: 'NVIDIA L4', region: 'FR' });
    for (const [files, options] of [
      [{ '.green-ai/hardware.json': file }, { overrides: { profile: 'local' } }],
      [{ '.green-ai/hardware.json': file }, { defaults: () => ({ profile: 'local' }) }],
      [{ '.green-ai/hardware.json': file, 'green-ai.json': '{"profile": "local"}' }, {}],
    ] as const) {
      const { settings, problems } = await open(files, {
        ...options,
        profiles: { ...builtinCatalogue, local },
      }).reader.settingsFor('/w/x.py');
      assert.deepEqual([settings.profile.id, settings.profile.hardware.device, problems], ['local', 'NVIDIA T4', []]);
      assert.match(settings.profile.site.region, /France/);
    }
    assert.equal(looks, 3);
    await open({}, { profiles: { ...builtinCatalogue, local } }).reader.settingsFor('/w/x.py');
    assert.equal(looks, 3, 'nobody asked');
  });

  it('says why this machine is not known, and keeps to what the project says', async () => {
    const files = {
      '.green-ai/hardware.json': JSON.stringify({ device: 'NVIDIA L4' }),
      'green-ai.json': '{"profile": "local"}',
    };
    const local = () => Promise.resolve({ failure: 'the workspace is not trusted' });
    const { settings, problems } = await open(files, { profiles: { ...builtinCatalogue, local } }).reader.settingsFor(
      '/w/x.py',
    );
    assert.equal(settings.profile.hardware.device, 'NVIDIA L4');
    assert.deepEqual(
      problems.map(({ path, message }) => [path, message]),
      [['green-ai.json', 'profile "local": the workspace is not trusted']],
    );
    const without = await open({}, { overrides: { profile: 'local' } }).reader.settingsFor('/w/x.py');
    assert.equal(without.settings.profile.id, builtinCatalogue.fallback.id);
    assert.match(without.problems[0]?.message ?? '', /not looked at here/);
  });

  it('takes the nearest profile from the folder of the file up to the root, in a workspace of several projects', async () => {
    const profile = (name: string): string => JSON.stringify({ device: 'NVIDIA T4', name });
    const { reader, fileSystem } = open({
      '.green-ai/hardware.json': profile('root'),
      'a/.green-ai/hardware.json': profile('a'),
    });
    fileSystem.files.set('/.green-ai/hardware.json', profile('outside'));
    const nameFor = async (path: string) => (await reader.settingsFor(path)).settings.profile.name;
    const names = () => Promise.all(['/w/x.py', '/w/b/x.py', '/w/a/x.py', '/w/a/deep/er/x.py'].map(nameFor));
    assert.deepEqual(await names(), ['root', 'root', 'a', 'a']);
    fileSystem.files.set('/w/a/deep/.green-ai/hardware.json', profile('deep'));
    reader.invalidate('/w/a/deep/.green-ai/hardware.json');
    assert.deepEqual(await names(), ['root', 'root', 'a', 'deep']);
    for (const folder of ['/w', '/w/a', '/w/a/deep']) {
      fileSystem.files.delete(`${folder}/.green-ai/hardware.json`);
      reader.invalidate(`${folder}/.green-ai/hardware.json`);
    }
    assert.equal(await nameFor('/w/a/x.py'), builtinCatalogue.fallback.name, 'nothing above the root counts');
  });

  it("swaps only the machine when a person picks a built-in profile: the file's place and workload stay", async () => {
    const own = JSON.stringify({
      device: 'NVIDIA L4',
      name: 'Box',
      region: 'FR',
      embodiedKg: 7,
      workload: { requestsPerYear: 7_000_000 },
    });
    for (const picked of [
      { defaults: () => ({ profile: 'nvidia-a10g' }) },
      { overrides: { profile: 'nvidia-a10g' } },
    ]) {
      const { reader, fileSystem } = open({ '.green-ai/hardware.json': own }, picked);
      const a10g = builtinCatalogue.byId('nvidia-a10g');
      const { profile } = (await reader.settingsFor('/w/x.py')).settings;
      assert.deepEqual([profile.id, profile.name, profile.hardware], [a10g?.id, a10g?.name, a10g?.hardware]);
      assert.match(profile.site.region, /France/);
      assert.equal(profile.site.embodiedKg, a10g?.site.embodiedKg, "the embodied carbon is the machine's");
      assert.equal(profile.workload.requestsPerYear, 7_000_000);
      assert.match(profile.source, /site and workload: \.green-ai\/hardware\.json/);
      const path = '/w/.green-ai/hardware.json';
      fileSystem.files.set(path, '{');
      reader.invalidate(path);
      const broken = await reader.settingsFor('/w/x.py');
      assert.equal(broken.settings.profile.workload.requestsPerYear, 7_000_000, 'the last good file counts');
      assert.equal(broken.problems.length, 1);
      fileSystem.files.delete(path);
      reader.invalidate(path);
      assert.deepEqual((await reader.settingsFor('/w/x.py')).settings.profile, a10g);
    }
  });

  it('takes a profile file that the configuration names, with region and workload on top', async () => {
    const { reader } = open({
      'conf/green-ai.toml': 'profile = "box.json"\nregion = "FR"\n[workload]\nruns-per-year = 7\n',
      'conf/box.json': '{"device": "NVIDIA T4", "name": "Box", "region": "PL"}',
      '.green-ai/hardware.json': '{"device": "NVIDIA H100"}',
    });
    const { profile } = (await reader.settingsFor('/w/conf/x.py')).settings;
    assert.equal(profile.name, 'Box');
    assert.equal(profile.workload.runsPerYear, 7);
    assert.match(profile.site.region, /France/);
  });

  it('swaps the machine of the profile file that the configuration names too', async () => {
    const { reader } = open(
      {
        'green-ai.toml': 'profile = "box.json"\n',
        'box.json': '{"device": "NVIDIA T4", "region": "PL", "workload": {"runsPerYear": 9}}',
        '.green-ai/hardware.json': '{"device": "NVIDIA H100", "region": "FR"}',
      },
      { overrides: { profile: 'nvidia-a10g' } },
    );
    const { profile } = (await reader.settingsFor('/w/x.py')).settings;
    assert.equal(profile.id, 'nvidia-a10g');
    assert.equal(profile.workload.runsPerYear, 9);
    assert.match(profile.site.region, /Poland/);
  });

  it('resolves versions once for the folders below a manifest, which share them until it changes', async () => {
    const { reader, fileSystem } = open({
      'requirements.txt': 'torch==2.1\n',
      'own/requirements/gpu.txt': 'torch==2.4\n',
      'a/b/x.py': '',
    });
    const versions = async (path: string) => (await reader.settingsFor(path)).settings.environment.versions;
    assert.equal(await versions('/w/a/b/x.py'), await versions('/w/x.py'));
    assert.deepEqual((await versions('/w/own/deep/x.py')).ranges['torch']?.exact, '2.4');
    fileSystem.files.set('/w/requirements.txt', 'torch==2.2\n');
    reader.invalidate('/w/requirements.txt');
    assert.deepEqual((await versions('/w/a/b/x.py')).ranges['torch']?.exact, '2.2');
    fileSystem.files.set('/w/a/requirements.txt', 'torch==2.3\n');
    reader.invalidate('/w/a/requirements.txt');
    assert.deepEqual((await versions('/w/a/b/x.py')).ranges['torch']?.exact, '2.3');
  });

  it('remembers per folder until it is told of a change', async () => {
    const { reader, fileSystem } = open({ 'green-ai.toml': 'tier = "strict"\n', 'requirements.txt': 'torch==2.0.0\n' });
    await reader.settingsFor('/w/a/x.py');
    const reads = fileSystem.reads.length;
    await reader.settingsFor('/w/a/y.py');
    assert.equal(fileSystem.reads.length, reads);
    fileSystem.files.set('/w/requirements.txt', 'torch==2.2.0\n');
    fileSystem.files.set('/w/a/green-ai.toml', '');
    reader.invalidate('/w/requirements.txt');
    reader.invalidate('/w/a/green-ai.toml');
    const { settings, configPath } = await reader.settingsFor('/w/a/x.py');
    assert.equal(settings.environment.versions.ranges['torch']?.exact, '2.2.0');
    assert.equal(configPath, '/w/a/green-ai.toml');
  });
});
