import assert from 'node:assert/strict';
import type { AnalysisInput } from '../../../src/core/engine/analysis.ts';
import { dataPathsInText } from '../../../src/host/namedFiles/dataPathsInText.ts';
import { WorkspaceFiles } from '../../../src/host/namedFiles/workspaceFiles.ts';
import { MemoryFileSystem } from './memoryFileSystem.ts';

const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 90000000\n';

function typescript(text: string): AnalysisInput {
  return { kind: 'file', path: 'src/app.ts', language: 'typescript', text };
}

function files(entries: Readonly<Record<string, string>>): { system: MemoryFileSystem; named: WorkspaceFiles } {
  const system = new MemoryFileSystem(new Map(Object.entries(entries)));
  return { system, named: new WorkspaceFiles(system, '/w') };
}

describe('files of the workspace that a text names', () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ["InferenceSession.create('./models/a.onnx')", ['./models/a.onnx']],
    ["InferenceSession.create('/models/a.onnx')", ['/models/a.onnx']],
    ["import rows from './rows.json'", ['./rows.json']],
    ["JSON.parse(readFileSync('a/b.json', 'utf8'))", ['a/b.json']],
    ["require('./package.json')", []],
    ["InferenceSession.create('https://host/a.onnx')", []],
    ["InferenceSession.create('a/../../b.onnx')", []],
    ["console.log('a.onnx')", []],
    ["InferenceSession.create(path.join(process.cwd(), 'models', 'a.onnx'))", ['a.onnx', 'models/a.onnx']],
    [
      "const DIR = path.join(__dirname, '..', 'data'); JSON.parse(readFileSync(path.resolve(DIR, 'b.json')))",
      ['b.json', '../data/b.json'],
    ],
    [`const DIR = "./models"; InferenceSession.create(\`\${DIR}/a.onnx\`)`, ['models/a.onnx']],
    ["const DIR = 'm'; InferenceSession.create(DIR + '/a.onnx')", ['/a.onnx', 'm/a.onnx']],
    ['InferenceSession.create(path.join(root, name))', []],
  ];
  for (const [text, paths] of CASES) it(JSON.stringify(text), () => assert.deepEqual(dataPathsInText(text), paths));

  it('finds them beside the file, in the workspace folder and in what it serves, with their siblings', async () => {
    const { named } = files({
      '/w/src/near.onnx': 'x'.repeat(400),
      '/w/public/models/a.onnx': 'x'.repeat(500),
      '/w/public/models/a_int8.onnx': 'x',
      '/w/public/models/readme.md': 'x',
    });
    const text = "InferenceSession.create('./near.onnx'); InferenceSession.create('/models/a.onnx')";
    assert.deepEqual(await named.namedIn(typescript(text), '/w/src/app.ts'), {
      './near.onnx': { bytes: 400, siblings: [] },
      '/models/a.onnx': { bytes: 500, siblings: ['a_int8.onnx'] },
    });
  });

  it('reads the size behind a pointer of Git LFS, and small files as they are', async () => {
    const { named } = files({ '/w/a.onnx': POINTER, '/w/b.onnx': 'tiny' });
    const text = "InferenceSession.create('a.onnx'); InferenceSession.create('b.onnx')";
    const found = await named.namedIn(typescript(text), '/w/app.ts');
    assert.equal(found['a.onnx']?.bytes, 90_000_000);
    assert.equal(found['b.onnx']?.bytes, 4);
  });

  it('looks at nothing outside of the workspace, and asks once until it is told of a change', async () => {
    const { system, named } = files({ '/secret.onnx': POINTER, '/w/a.onnx': POINTER });
    const input = typescript("InferenceSession.create('../secret.onnx'); InferenceSession.create('a.onnx')");
    assert.deepEqual(Object.keys(await named.namedIn(input, '/w/app.ts')), ['a.onnx']);
    await named.namedIn(input, '/w/app.ts');
    assert.equal(system.reads.length, 1);
    system.files.delete('/w/a.onnx');
    named.forget();
    assert.deepEqual(await named.namedIn(input, '/w/app.ts'), {});
  });
});
