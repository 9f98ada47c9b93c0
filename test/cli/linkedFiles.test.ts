import assert from 'node:assert/strict';
import { rules } from '../../rules/registry.ts';
import type { Finding } from '../../src/core/engine/finding.ts';
import { type Project, project, removeProjects } from './support/project.ts';

const PYTHON = {
  'main.py': [
    'from fastapi import FastAPI',
    'from app.utils import load_model',
    'app = FastAPI()',
    '@app.post("/answer")',
    'def predict(text: str):',
    '    return load_model()(text)',
    '',
  ].join('\n'),
  'app/utils.py': [
    'from transformers import pipeline',
    'def load_model():',
    '    return pipeline("text-generation", model="gpt2")',
    '',
  ].join('\n'),
};

const TYPESCRIPT = {
  'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } } // aliases',
  'src/app/api/answer/route.ts': [
    "import { answer } from '@/lib/embed';",
    'export async function POST(request: Request) {',
    '  return Response.json(await answer(await request.text()));',
    '}',
    '',
  ].join('\n'),
  'src/lib/embed.ts': [
    "import { pipeline } from '@huggingface/transformers';",
    'export async function answer(text: string) {',
    "  const pipe = await pipeline('feature-extraction', 'Xenova/all-MiniLM-L6-v2', { dtype: 'q8' });",
    '  return pipe(text);',
    '}',
    '',
  ].join('\n'),
};

describe('green-ai check across files', () => {
  afterEach(removeProjects);

  const reports = async (at: Project, rule: string, ...paths: readonly string[]): Promise<readonly Finding[]> => {
    const { stdout } = await at.run(['check', ...paths, '--format', 'json'], { rules });
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
    return findings.filter(({ ruleId }) => ruleId === rule);
  };
  const loads = (at: Project, ...paths: readonly string[]): Promise<readonly Finding[]> =>
    reports(at, 'model-load-per-call', ...paths);

  for (const paths of [['.'], ['app/utils.py']]) {
    it(`finds the handler of another Python file for ${paths.join(' ')}`, async () => {
      const [load, ...others] = await loads(project(PYTHON), ...paths);
      assert.ok(load);
      assert.deepEqual(others, []);
      assert.deepEqual(
        [load.location.path, load.location.range.start.line, load.severity],
        ['app/utils.py', 2, 'warning'],
      );
      assert.deepEqual(
        load.related.map(({ location }) => [location.path, location.range.start.line]),
        [
          ['main.py', 5],
          ['main.py', 4],
        ],
      );
      assert.match(load.related[0]?.message ?? '', /`load_model`/);
      assert.match(load.related[1]?.message ?? '', /`predict`.*for every request/);
    });
  }

  for (const paths of [['.'], ['src/lib/embed.ts']]) {
    it(`finds the handler of another TypeScript file behind an alias for ${paths.join(' ')}`, async () => {
      const [load, ...others] = await loads(project(TYPESCRIPT), ...paths);
      assert.ok(load);
      assert.deepEqual(others, []);
      assert.deepEqual([load.location.path, load.location.range.start.line], ['src/lib/embed.ts', 2]);
      assert.deepEqual(
        load.related.map(({ location }) => location.path),
        ['src/app/api/answer/route.ts', 'src/app/api/answer/route.ts'],
      );
    });
  }

  it('links the files of a folder outside the working directory', async () => {
    const elsewhere = project({});
    const [load] = await reports(elsewhere, 'model-load-per-call', project(PYTHON).root);
    assert.match(load?.location.path ?? '', /app\/utils\.py$/);
  });

  it('reads the manifests of a folder outside the working directory', async () => {
    const service = project({
      'requirements.txt': 'transformers==4.46.0\n',
      'jobs/tokens.py': [
        'from transformers import AutoTokenizer',
        'tokenizer = AutoTokenizer.from_pretrained("google-bert/bert-base-uncased", use_fast=False)',
        'for line in open("corpus.txt"):',
        '    save(tokenizer(line))',
        '',
      ].join('\n'),
    });
    assert.equal((await reports(project({}), 'hf-slow-tokenizer', service.root)).length, 1);
  });

  it('says nothing of a load that no handler reaches', async () => {
    const { 'app/utils.py': utils } = PYTHON;
    assert.deepEqual(
      await loads(project({ 'app/utils.py': utils, 'main.py': 'from app.utils import load_model\n' }), '.'),
      [],
    );
  });

  it('finds a handler from inside a folder of the repository, and names it from there', async () => {
    const at = project({ ...PYTHON, '.git/HEAD': 'ref: refs/heads/main\n' });
    const { stdout } = await at.run(['check', 'utils.py', '--format', 'json'], { rules, cwd: `${at.root}/app` });
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
    const load = findings.find(({ ruleId }) => ruleId === 'model-load-per-call');
    assert.equal(load?.related[0]?.location.path, '../main.py');
  });

  it('shows the other file in text and SARIF', async () => {
    const at = project(PYTHON);
    assert.match((await at.run(['check', '.'], { rules })).stdout, /see: +main\.py:6:12: .*`load_model`/);
    const sarif = (await at.run(['check', '.', '--format', 'sarif'], { rules })).stdout;
    const log = JSON.parse(sarif) as { runs: { results: { relatedLocations?: unknown[] }[] }[] };
    const uris = JSON.stringify(log.runs[0]?.results.flatMap(({ relatedLocations = [] }) => relatedLocations));
    assert.match(uris, /"uri":"main\.py"/);
  });

  it('links standard input as the text of the file that it stands for', async () => {
    const at = project({ 'main.py': PYTHON['main.py'], 'app/utils.py': '' });
    const { stdout } = await at.run(['check', '-', '--stdin-filename', 'app/utils.py', '--format', 'json'], {
      rules,
      stdin: PYTHON['app/utils.py'],
    });
    assert.match(stdout, /model-load-per-call/);
  });

  it('finds the handler of a notebook', async () => {
    const notebook = {
      nbformat: 4,
      cells: [
        { cell_type: 'markdown', source: ['# Demo'] },
        { cell_type: 'code', source: ['import gradio as gr\n', 'from app.utils import answer\n'] },
        {
          cell_type: 'code',
          source: [
            'def reply(text):\n',
            '    return answer(text)\n',
            'gr.Interface(fn=reply, inputs="text", outputs="text").launch()\n',
          ],
        },
      ],
    };
    const at = project({
      'demo.ipynb': JSON.stringify(notebook),
      'app/utils.py': PYTHON['app/utils.py']
        .replace('load_model():', 'answer(text):')
        .replace('gpt2")', 'gpt2")(text)'),
    });
    const [load] = await loads(at, 'app/utils.py');
    assert.ok(load);
    assert.deepEqual(
      load.related.map(({ location }) => [location.path, location.cell, location.range.start.line]),
      [
        ['demo.ipynb', 2, 1],
        ['demo.ipynb', 2, 0],
      ],
    );
  });

  const bodies: readonly [string, string, number][] = [
    ['only computes with it', 'const small = tf.image.resizeBilinear(image, [224, 224]);\n  return small.div(255);', 1],
    ['disposes of it', 'const small = image.div(255);\n  image.dispose();\n  return small;', 0],
    ['hands it to tf.dispose', 'const small = image.div(255);\n  tf.dispose(image);\n  return small;', 0],
    ['returns it', 'return image.shape[0] > 224 ? image.div(255) : image;', 0],
    ['hands it to code that cannot be read', 'frames.push(image);\n  return image.div(255);', 0],
  ];
  for (const [title, body, count] of bodies) {
    it(`knows that a function of another file that gets a tensor ${title}`, async () => {
      const at = project({
        'src/prepare.ts': `import * as tf from '@tensorflow/tfjs';\nconst frames: tf.Tensor[] = [];\nexport const prepare = (image: tf.Tensor) => {\n  ${body}\n};\n`,
        'src/train.ts': [
          "import * as tf from '@tensorflow/tfjs';",
          "import { prepare } from './prepare';",
          'export async function label(model: tf.LayersModel, knn: any, images: ImageData[]) {',
          '  for (const item of images) {',
          '    const image = tf.browser.fromPixels(item);',
          '    knn.addExample(model.predict(prepare(image)), 0);',
          '  }',
          '}',
          '',
        ].join('\n'),
      });
      const found = await reports(at, 'tfjs-tensor-leak', '.');
      assert.equal(found.filter(({ location }) => location.path === 'src/train.ts').length, count);
    });
  }

  const helper = [
    "import OpenAI from 'openai';",
    'const client = new OpenAI();',
    'export async function embed(text: string) {',
    "  const answer = await client.embeddings.create({ model: 'text-embedding-3-small', input: text });",
    '  return answer.data[0].embedding;',
    '}',
    'export async function embedAll(texts: string[]) {',
    "  return (await client.embeddings.create({ model: 'text-embedding-3-small', input: texts })).data;",
    '}',
    '',
  ].join('\n');
  const middle =
    "import { embed } from './embed';\nexport const store = async (c: { text: string }) => ({ ...c, v: await embed(c.text) });\n";
  const callers: readonly (readonly [string, string, number])[] = [
    [
      'a loop',
      "import { embed } from './embed';\nexport const f = async (xs) => { for (const x of xs) await embed(x); };\n",
      1,
    ],
    [
      'a loop two calls away',
      "import { store } from './middle';\nexport const f = (xs) => Promise.all(xs.map((x) => store(x)));\n",
      1,
    ],
    [
      'a loop over three texts that are written out',
      "import { embed } from './embed';\nexport const f = async () => { for (const x of ['a', 'b', 'c']) await embed(x); };\n",
      0,
    ],
    [
      'a loop over lists',
      "import { embedAll } from './embed';\nexport const f = async (xs) => { for (const x of xs) await embedAll(x); };\n",
      0,
    ],
    ['one call', "import { embed } from './embed';\nexport const f = (x) => embed(x);\n", 0],
  ];
  for (const [title, caller, expected] of callers) {
    it(`an embedding helper in ${title} of another file: ${expected} reports`, async () => {
      const at = project({ 'embed.ts': helper, 'middle.ts': middle, 'main.ts': caller });
      const found = await reports(at, 'embedding-one-by-one', '.');
      assert.equal(found.length, expected);
      if (expected > 0) assert.match(found[0]?.related[0]?.location.path ?? '', /^main\.ts$/);
    });
  }

  const dataset = (init: string, item: string): string =>
    `import cv2\nimport h5py\nfrom torch.utils.data import Dataset\nclass Scans(Dataset):\n    def __init__(self, paths):\n        ${init}\n    def load(self, i):\n        ${item}\n    def __getitem__(self, i):\n        return self.load(i)\n`;
  const training =
    'from torch.utils.data import DataLoader\nfrom data.scans import Scans\ndef train(net, paths):\n    loader = DataLoader(Scans(paths), batch_size=32)\n    for epoch in range(50):\n        for x in loader:\n            net(x.cuda()).mean().backward()\n';
  const datasets: readonly (readonly [string, string, string, number])[] = [
    ['decodes pictures', 'self.paths = paths', 'return cv2.imread(self.paths[i])', 1],
    ['holds a handle', 'self.file = h5py.File(paths)', 'return cv2.imread(self.paths[i])', 0],
    ['keeps what it read', 'self.cache = {}', 'return cv2.imread(self.paths[i])', 0],
    [
      'puts samples on the GPU',
      'self.paths = paths',
      'return self.tensors[i].to("cuda") + cv2.imread(self.paths[i])',
      0,
    ],
    ['reads nothing', 'self.rows = paths', 'return self.rows[i]', 0],
  ];
  for (const [title, init, item, expected] of datasets) {
    it(`a data set of another file that ${title}: ${expected} reports`, async () => {
      const at = project({ 'train.py': training, 'data/scans.py': dataset(init, item) });
      assert.equal((await reports(at, 'torch-dataloader-no-workers', '.')).length, expected);
    });
  }

  const texts = (item: string): string =>
    `import random\nfrom torch.utils.data import Dataset\nfrom transformers import AutoTokenizer\ntokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")\nclass Scans(Dataset):\n    def __init__(self, rows):\n        self.rows = rows\n    def __getitem__(self, i):\n        ${item}\n`;
  const tokenized: readonly (readonly [string, string, number])[] = [
    ['tokenizes', 'return tokenizer(self.rows[i], truncation=True)', 1],
    ['tokenizes what it draws', 'return tokenizer(random.choice(self.rows[i]))', 0],
    ['hands out rows', 'return self.rows[i]', 0],
  ];
  for (const [title, item, expected] of tokenized) {
    it(`a data set of another file that ${title}: ${expected} reports`, async () => {
      const at = project({ 'train.py': training, 'data/scans.py': texts(item) });
      const found = await reports(at, 'getitem-tokenises', '.');
      assert.deepEqual(
        found.map(({ location }) => location.path),
        expected === 0 ? [] : ['train.py'],
      );
    });
  }

  it('reads the prompts that another file hands to a helper', async () => {
    const at = project({
      'llm.ts': [
        "import OpenAI from 'openai';",
        'const client = new OpenAI();',
        'export async function ask(prompt: string) {',
        "  const answer = await client.responses.create({ model: 'gpt-4.1', input: prompt });",
        '  return answer.output_text;',
        '}',
        '',
      ].join('\n'),
      'main.ts': `import { ask } from './llm';\nexport const f = async (xs) => { for (const x of xs) await ask(\`Return only yes or no, is this spam or not spam? \${x}\`); };\n`,
    });
    const { stdout } = await at.run(['check', '.', '--tier', 'strict', '--format', 'json'], { rules });
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
    const paths = findings.filter(({ ruleId }) => ruleId === 'generative-model-for-fixed-labels');
    assert.deepEqual(
      paths.map(({ location }) => location.path),
      ['llm.ts'],
    );
  });
});
