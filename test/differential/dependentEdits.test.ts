import assert from 'node:assert/strict';
import { loadParsers } from '../support/programOf.ts';
import { Comparison } from './incremental/comparison.ts';

interface DependentEdit {
  readonly name: string;
  readonly language: 'python' | 'typescript';
  readonly text: string;
  /** What is replaced, again and again: each pair is one edit of the document. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

const python = (name: string, text: string, ...edits: DependentEdit['edits']): DependentEdit => ({
  name,
  language: 'python',
  text,
  edits,
});

const typescript = (name: string, text: string, ...edits: DependentEdit['edits']): DependentEdit => ({
  name,
  language: 'typescript',
  text,
  edits,
});

/** One declaration is edited; what another one means hangs on it in some other way than by a name that it reads. */
const EDITS: readonly DependentEdit[] = [
  python(
    'attribute that a subclass sets',
    `from transformers import pipeline
class Base:
    model = pipeline("summarization")
    def run(self, text):
        return self.model(text)

class Fast(Base):
    model = None

def other(text):
    return Base().run(text)
`,
    ['    model = None', '    model = pipeline("translation")'],
    ['    model = pipeline("translation")', '    tokenizer = None'],
  ),
  python(
    'subclass that comes and goes',
    `from transformers import pipeline
class Base:
    model = None
    def run(self, text):
        return self.model(text)

def between():
    return 1

x = 1
`,
    ['x = 1', 'class Fast(Base):\n    model = pipeline("translation")'],
    ['class Fast(Base):', 'class Fast(object):'],
    ['class Fast(object):', 'class Fast(Base):'],
    ['class Fast(Base):\n    model = pipeline("translation")', 'x = 1'],
  ),
  python(
    'subclass of a subclass',
    `from transformers import pipeline
class Base:
    model = None
    def run(self, text):
        return self.model(text)

class Middle(Base):
    pass

class Leaf(Middle):
    def __init__(self):
        self.model = pipeline("translation")
`,
    ['pipeline("translation")', 'open("weights")'],
    ['class Middle(Base)', 'class Middle'],
    ['class Middle', 'class Middle(Base)'],
  ),
  python(
    'subclass by another name for the base',
    `from transformers import pipeline
class Base:
    model = None
    def run(self, text):
        return self.model(text)

Other = Base

def base():
    return Other

class Leaf(base()):
    def __init__(self):
        self.model = pipeline("translation")
`,
    ['pipeline("translation")', 'open("weights")'],
    ['return Other', 'return object'],
    ['return object', 'return Other'],
    ['Other = Base', 'Other = object'],
  ),
  python(
    'subclass inside of a function and of a condition',
    `from transformers import pipeline
class Base:
    model = None
    def run(self, text):
        return self.model(text)

def make():
    class Leaf(Base):
        model = pipeline("translation")
    return Leaf()

if __name__ == "__main__":
    class Main(Base):
        model = open("x")
`,
    ['pipeline("translation")', 'pipeline("summarization")'],
    ['open("x")', 'open("y").read()'],
    ['        model = open("y").read()', '        pass'],
  ),
  python(
    'method that a subclass overrides',
    `import torch
class Base:
    def load(self):
        return None
    def run(self, x):
        return self.load()(x)

class Net(Base):
    def load(self):
        return torch.load("a.pt")
`,
    ['torch.load("a.pt")', 'torch.jit.load("a.pt")'],
    ['def load(self):\n        return torch.jit', 'def loads(self):\n        return torch.jit'],
  ),
  python(
    'attribute set from outside of the class',
    `import torch
class Net:
    def __init__(self):
        self.model = torch.load("a.pt")
    def run(self, x):
        return self.model(x)

net = Net()

def patch(other):
    pass
`,
    ['    pass', '    other.model = None'],
    ['other.model = None', 'net.model = None'],
    ['net.model = None', 'Net.model = None'],
    ['Net.model = None', 'pass'],
  ),
  python(
    'mapping that other code changes',
    `from transformers import AutoModel
OPTIONS = {"torch_dtype": "float16"}
model = AutoModel.from_pretrained("bert-base-uncased", **OPTIONS)
kind = OPTIONS["torch_dtype"]
print(kind)

def change():
    return 1
`,
    ['    return 1', '    OPTIONS["torch_dtype"] = None'],
    ['    OPTIONS["torch_dtype"] = None', '    same = OPTIONS\n    same.update(x=1)'],
    ['same.update(x=1)', 'return same'],
  ),
  python(
    'global written by a function',
    `from transformers import pipeline
model = None

def get():
    return model("x")

def setup():
    other = pipeline("translation")
`,
    ['    other =', '    global model\n    model ='],
    ['    global model\n', ''],
  ),
  python(
    'decorator and wrapper',
    `import functools
from transformers import pipeline
def cached(fn):
    return functools.lru_cache(fn)

@cached
def load():
    return pipeline("translation")

def handler(text):
    return load()(text)
`,
    ['functools.lru_cache(fn)', 'fn'],
    ['def cached(fn):', 'def cache(fn):'],
    ['def cache(fn):', 'def cached(fn):'],
  ),
  python(
    'call of a function in another declaration',
    `from transformers import pipeline
from fastapi import FastAPI
app = FastAPI()

def load():
    return pipeline("translation")

def run(text):
    return load()(text)

@app.post("/translate")
def translate(text: str):
    return text
`,
    ['    return text\n', '    return run(text)\n'],
    ['@app.post("/translate")\n', ''],
    ['def translate(text: str):\n', '@app.get("/")\ndef translate(text: str):\n'],
    ['app = FastAPI()', 'app = None'],
  ),
  typescript(
    'field that a subclass sets',
    `import { pipeline } from '@huggingface/transformers';
class Base {
  static model = 'a';
  async load() { return pipeline('summarization', this.model); }
}

class Fast extends Base {
  model = 'b';
}

export async function other() { return new Base().load(); }
`,
    ["model = 'b'", "model = 'c'"],
    ['extends Base ', ''],
    ['class Fast ', 'class Fast extends Base '],
    ["model = 'c'", "name = 'c'"],
  ),
  typescript(
    'subclass by another name for the base, exported',
    `import { pipeline } from '@huggingface/transformers';
export class Base {
  pipe = undefined;
  async run(text: string) { return this.pipe(text); }
}
const Other = Base;
export default class Leaf extends Other {
  constructor() { super(); this.pipe = pipeline('translation'); }
}
`,
    ["pipeline('translation')", "fetch('x')"],
    ['Other = Base', 'Other = Object'],
    ['Other = Object', 'Other = Base'],
  ),
  typescript(
    'prototype and object changed elsewhere',
    `import { pipeline } from '@huggingface/transformers';
const options = { dtype: 'fp32' };
class Service {
  options = options;
  load() { return pipeline('summarization', 'x', this.options); }
}
const service = new Service();
const loaded = pipeline('translation', 'y', options);

function change() { return 1; }
`,
    ['return 1;', "options.dtype = 'q8';"],
    ["options.dtype = 'q8';", "service.options = { dtype: 'q8' };"],
    ["service.options = { dtype: 'q8' };", 'Service.prototype.load = change;'],
    ['Service.prototype.load = change;', 'const same = options; Object.assign(same, {});'],
  ),
  typescript(
    'variable written by another function',
    `import { pipeline } from '@huggingface/transformers';
let model;
export async function run(text) { return model(text); }
export async function setup() { const other = await pipeline('translation'); }
`,
    ['const other', 'model'],
    ['model = await', 'model ??= await'],
    ['model ??= await', 'const other = await'],
  ),
];

describe('Edits of code that other code depends on', () => {
  let parsers: Awaited<ReturnType<typeof loadParsers>>;

  before(async () => {
    parsers = await loadParsers();
  });

  for (const { name, language, text, edits } of EDITS) {
    it(`${language}: ${name}`, () => {
      const comparison = new Comparison(parsers);
      const path = language === 'python' ? 'app.py' : 'app.ts';
      let current = text;
      const check = (): void => {
        const difference = comparison.difference({ kind: 'file', path, language, text: current });
        assert.equal(difference, undefined, `${current}\n${difference}`);
      };
      check();
      for (const [from, to] of edits) {
        assert.ok(current.includes(from), `no ${from} in ${current}`);
        current = current.replace(from, () => to);
        check();
      }
      // And all the way back, one edit at a time.
      for (const [from, to] of edits.toReversed()) {
        if (to === '' || !current.includes(to)) continue;
        current = current.replace(to, () => from);
        check();
      }
      assert.equal(comparison.lowered > edits.length, true);
    });
  }
});
