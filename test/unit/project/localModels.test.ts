import assert from 'node:assert/strict';
import type { AnalysisInput } from '../../../src/core/engine/analysis.ts';
import { LocalModels } from '../../../src/host/models/localModels.ts';
import { pathsInText } from '../../../src/host/models/pathsInText.ts';
import { MemoryFileSystem } from './memoryFileSystem.ts';

const BERT = JSON.stringify({
  model_type: 'bert',
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  vocab_size: 30522,
  max_position_embeddings: 512,
  type_vocab_size: 2,
});

function python(text: string): AnalysisInput {
  return { kind: 'file', path: 'app/serve.py', language: 'python', text };
}

function models(files: Readonly<Record<string, string>>): {
  readonly system: MemoryFileSystem;
  readonly local: LocalModels;
} {
  const system = new MemoryFileSystem(new Map(Object.entries(files)));
  return { system, local: new LocalModels(system, '/w') };
}

describe('paths of model folders in a text', () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ['AutoModel.from_pretrained("./model")', ['./model']],
    ["AutoModel.from_pretrained('../shared/bert')", ['../shared/bert']],
    ['AutoModel.from_pretrained("checkpoint-500")', ['checkpoint-500']],
    ['MODEL = "models/mine/"\nAutoModel.from_pretrained(MODEL)', ['models/mine/']],
    ['await pipeline(`feature-extraction`, `models/mine`)', ['feature-extraction', 'models/mine']],
    ['AutoModel.from_pretrained("a/../../secret")', []],
    ['AutoModel.from_pretrained("https://host/a")', []],
    ['print("a/b")', []],
    ['AutoModel.from_pretrained(name)\nprint("not a path, a / b")', []],
  ];
  for (const [text, paths] of CASES) {
    it(JSON.stringify(text), () => assert.deepEqual(pathsInText(text), paths));
  }

  it('looks at a bounded number of them', () => {
    const many = Array.from({ length: 500 }, (_, at) => `"a/b${at}"`).join(', ');
    assert.equal(pathsInText(`from_pretrained(${many})`).length, 40);
  });
});

describe('models in folders of the workspace', () => {
  it('are found from the file and from the workspace folder, by the path as written', async () => {
    const { local } = models({ '/w/app/near/config.json': BERT, '/w/models/far/config.json': BERT });
    const found = await local.namedIn(
      python(
        'AutoModel.from_pretrained("./near")\nAutoModel.from_pretrained("models/far/")\nAutoModel.from_pretrained("org/none")',
      ),
      '/w/app/serve.py',
    );
    assert.deepEqual(Object.keys(found).sort(), ['./near', 'models/far/']);
    assert.deepEqual(
      [found['./near']?.parameters, found['./near']?.id, found['./near']?.kind],
      [109_482_240, './near', 'encoder'],
    );
  });

  it('are read once, and again after a change', async () => {
    const { local, system } = models({ '/w/m/config.json': BERT });
    const input = python('AutoModel.from_pretrained("m/")');
    await local.namedIn(input, '/w/a.py');
    await local.namedIn(input, '/w/a.py');
    assert.deepEqual(system.reads, ['/w/m/config.json']);
    local.forget();
    await local.namedIn(input, '/w/a.py');
    assert.equal(system.reads.length, 2);
  });

  it('are not looked for outside of the workspace, and a broken one says nothing', async () => {
    const { local, system } = models({ '/secret/config.json': BERT, '/w/broken/config.json': '{' });
    const text = 'AutoModel.from_pretrained("../secret")\nAutoModel.from_pretrained("broken")';
    assert.deepEqual(await local.namedIn(python(text), '/w/a.py'), {});
    assert.deepEqual(system.reads, ['/w/broken/config.json']);
  });

  it('are named by notebooks too', async () => {
    const { local } = models({ '/w/m/config.json': BERT });
    const cells = [{ language: 'python', text: 'AutoModel.from_pretrained("m")' } as const];
    const found = await local.namedIn({ kind: 'notebook', path: 'a.ipynb', cells }, '/w/a.ipynb');
    assert.deepEqual(Object.keys(found), ['m']);
  });
});
