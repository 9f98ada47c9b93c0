import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../support/programOf.ts';

describe('qualified names', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  /** Qualified callee of the last call in source order. */
  const lastName = (text: string, language: Language = 'python'): string | undefined =>
    programOf(parsers, text, language).calls.at(-1)?.name;

  const python: readonly [string, string, string | undefined][] = [
    ['import', 'import torch\ntorch.load(x)', 'torch.load'],
    ['import of a submodule binds the root', 'import torch.nn\ntorch.nn.Linear(1, 2)', 'torch.nn.Linear'],
    ['import as', 'import torch.utils.data as data\ndata.DataLoader(x)', 'torch.utils.data.DataLoader'],
    ['from import as', 'from torch.utils.data import DataLoader as DL\nDL(x)', 'torch.utils.data.DataLoader'],
    [
      'alias by assignment',
      'from torch.utils.data import DataLoader\nDL = DataLoader\nDL(x)',
      'torch.utils.data.DataLoader',
    ],
    ['import inside a function', 'def f():\n    from torch import load\n    return load(x)', 'torch.load'],
    ['relative import', 'from .utils import load\nload()', '.utils.load'],
    ['relative import of a sibling', 'from . import utils\nutils.load()', '.utils.load'],
    ['star import of what the API data know', 'from torch import *\nload(x)', 'torch.load'],
    [
      'several star imports, one of which the API data know',
      'from os.path import *\nfrom torch import *\nload(x)',
      'torch.load',
    ],
    ['a class of the only star import', 'from keras.layers import *\nDense(4)', 'keras.layers.Dense'],
    [
      'a class of one of two star imports is unknown',
      'from keras.layers import *\nfrom a import *\nDense(4)',
      undefined,
    ],
    [
      'a module that a star import may hand on is unknown',
      'from fastai.vision.all import *\nnn.Linear(1, 2)',
      undefined,
    ],
    ['a star import brings no private name', 'from torch import *\n_Load(x)', undefined],
    ['own definition beside a star import', 'from torch import *\ndef load(x): pass\nload(x)', undefined],
    ['a shadowing parameter', 'from torch import load\ndef f(load):\n    return load(x)', undefined],
    ['rebinding to two things', 'from torch import load\nif a:\n    from pickle import load\nload(x)', undefined],
    ['getattr of a constant', 'import torch\ngetattr(torch, "load")(x)', 'torch.load'],
    ['import by name', 'import importlib\nimportlib.import_module("torch").load(x)', 'torch.load'],
    [
      'alternatives of one name',
      'try:\n    from transformers import pipeline\nexcept ImportError:\n    from transformers.pipelines import pipeline\npipeline(x)',
      'transformers.pipeline',
    ],
    ['rebinding in order', 'from pickle import load\nfrom torch import load\nload(x)', 'torch.load'],
    [
      'a class attribute is invisible in methods',
      'from torch import load\nclass A:\n    load = 1\n    def f(self):\n        return load(x)',
      'torch.load',
    ],
    ['global', 'm = None\ndef f():\n    global m\n    import torch as m\ndef g():\n    return m.load(x)', 'torch.load'],
  ];
  for (const [title, text, expected] of python) it(`Python: ${title}`, () => assert.equal(lastName(text), expected));

  const typescript: readonly [string, string, string | undefined][] = [
    [
      'named import',
      "import { pipeline } from '@huggingface/transformers';\npipeline('x');",
      '@huggingface/transformers.pipeline',
    ],
    [
      'renamed import',
      "import { pipeline as p } from '@huggingface/transformers';\np('x');",
      '@huggingface/transformers.pipeline',
    ],
    ['default import', "import OpenAI from 'openai';\nnew OpenAI();", 'openai.default'],
    [
      'namespace import',
      "import * as ort from 'my-lib';\nort.InferenceSession.create('m');",
      'my-lib.InferenceSession.create',
    ],
    ['require', "const ort = require('my-lib');\nort.InferenceSession.create('m');", 'my-lib.InferenceSession.create'],
    [
      'destructured require',
      "const { pipeline } = require('@huggingface/transformers');\npipeline('x');",
      '@huggingface/transformers.pipeline',
    ],
    [
      'dynamic import',
      "async function f() { const { pipeline } = await import('@huggingface/transformers'); return pipeline('x'); }",
      '@huggingface/transformers.pipeline',
    ],
    [
      'CDN',
      "import { pipeline } from 'https://cdn.jsdelivr.net/npm/@huggingface/transformers@3.0.0/+esm';\npipeline('x');",
      '@huggingface/transformers.pipeline',
    ],
    [
      'npm specifier',
      "import { pipeline } from 'npm:@huggingface/transformers@3';\npipeline('x');",
      '@huggingface/transformers.pipeline',
    ],
    [
      'type-only import',
      "import type { pipeline } from '@huggingface/transformers';\npipeline('x');",
      'globalThis.pipeline',
    ],
    ['block shadowing', "import { load } from 'm';\n{ const load = g; load('x'); }", 'globalThis.g'],
    ['no shadowing outside the block', "import { load } from 'm';\n{ const load = g; }\nload('x');", 'm.load'],
    ['a shadowing parameter', "import { load } from 'm';\nconst f = (load) => load('x');", undefined],
    ["a script tag's variable", "tf.loadLayersModel('m');", '@tensorflow/tfjs.loadLayersModel'],
    [
      "an own variable of a script tag's name",
      "const tf = make();\ntf.loadLayersModel('m');",
      'globalThis.make().loadLayersModel',
    ],
    ["a parameter of a script tag's name", "const f = (tf) => tf.loadLayersModel('m');", undefined],
    ['hoisted function', 'f();\nfunction f() {}', undefined],
  ];
  for (const [title, text, expected] of typescript) {
    it(`TypeScript: ${title}`, () => assert.equal(lastName(text, 'typescript'), expected));
  }

  it('names a method by the type that the API data give its receiver', () => {
    const text =
      'from transformers import AutoModelForCausalLM\nm = AutoModelForCausalLM.from_pretrained("x").to("cuda").eval()\nm.generate(y)';
    assert.equal(lastName(text), 'transformers.PreTrainedModel.generate');
  });

  it('names a call of an instance', () => {
    assert.equal(
      lastName('from transformers import pipeline\npipe = pipeline("x")\npipe("y")'),
      'transformers.Pipeline.__call__',
    );
    assert.equal(
      lastName(
        "import { pipeline } from '@huggingface/transformers';\nconst pipe = await pipeline('x');\npipe('y');",
        'typescript',
      ),
      '@huggingface/transformers.Pipeline.__call__',
    );
  });

  it('follows attributes set in the constructor', () => {
    const text = [
      'from sentence_transformers import SentenceTransformer',
      'class A:',
      '    def __init__(self):',
      '        self.model = SentenceTransformer("x")',
      '    def run(self, t):',
      '        return self.model.encode(t)',
    ].join('\n');
    assert.equal(lastName(text), 'sentence_transformers.SentenceTransformer.encode');
    const typescript =
      "import * as ort from 'my-lib';\nclass A { constructor() { this.api = ort.InferenceSession; }\n run() { return this.api.create('m'); } }";
    assert.equal(lastName(typescript, 'typescript'), 'my-lib.InferenceSession.create');
  });

  it('sees a library base class behind an own class', () => {
    const text =
      'import torch.nn as nn\nclass Net(nn.Module):\n    pass\nclass Deep(Net):\n    pass\nnet = Deep()\nnet(x)';
    assert.equal(lastName(text), 'torch.nn.Module.__call__');
  });
});
