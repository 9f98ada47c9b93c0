import assert from 'node:assert/strict';
import { itWithPython, pythonSyntaxErrors } from '../support/pythonSyntax.ts';
import { ExampleAnalyser } from './support/analyseExample.ts';
import { applyFix } from './support/applyFix.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  /** What the rule may offer: a fix that changes no program, one to be looked at, or none although it reports. */
  readonly offers: 'safe' | 'suggestion' | 'nothing';
  readonly language?: 'ts';
  /** Part of the text after the fix. */
  readonly gives?: string;
}

const ST = 'from sentence_transformers import SentenceTransformer\nmodel = SentenceTransformer("x/y", device="cuda")\n';
const NP = 'import numpy as np\n';
const NET =
  'import torch\nfrom torchvision.models import resnet50\nmodel = resnet50(weights="DEFAULT")\nmodel.eval()\n';
const STEP = 'import torch\nfor x, y in train_loader:\n    criterion(net(x), y).backward()\n    optimizer.step()\n';
const SVM = 'from sklearn.svm import SVC\nX, y = read()\n';
const AI = "import { embed } from 'ai';\ndeclare const model: any;\n";

/** Programs that a careless edit would change, by rule. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  'embedding-one-by-one': [
    {
      name: 'a proved list of strings',
      text: `${ST}def f(texts: list[str]):\n    return [model.encode(t) for t in texts]\n`,
      offers: 'safe',
      gives: 'return list(model.encode(texts))',
    },
    {
      name: 'options that concern one text',
      text: `${ST}def f(texts: list[str]):\n    return [model.encode(t, prompt="q: ", normalize_embeddings=True) for t in texts]\n`,
      offers: 'safe',
    },
    {
      name: 'ranges that are taken from all texts of a call',
      text: `${ST}def f(texts: list[str]):\n    return [model.encode(t, precision="int8") for t in texts]\n`,
      offers: 'suggestion',
    },
    {
      name: 'options of elsewhere',
      text: `${ST}def f(texts: list[str], options):\n    return [model.encode(t, **options) for t in texts]\n`,
      offers: 'suggestion',
    },
    {
      name: 'a parameter that is bound again',
      text: `${ST}def f(texts: list[str]):\n    texts = set(texts)\n    return [model.encode(t) for t in texts]\n`,
      offers: 'suggestion',
      gives: 'model.encode(list(texts))',
    },
    {
      name: 'a file',
      text: `${ST}def f(path):\n    out = []\n    with open(path) as fh:\n        for line in fh:\n            out.append(model.encode(line))\n    return out\n`,
      offers: 'suggestion',
      gives: 'out.extend(model.encode(list(fh)))',
    },
    {
      name: 'a tuple without parentheses',
      text: `${ST}def f(a, b, c, d, e, g):\n    return [model.encode(t + "!") for t in (a, b, c, d, e, g)]\n`,
      offers: 'suggestion',
    },
    {
      name: 'a conditional iterable',
      text: `${ST}def f(a, b, c):\n    out = []\n    for d in a if c else b:\n        out.append(model.encode(d.name))\n    return out\n`,
      offers: 'suggestion',
      gives: '[d.name for d in (a if c else b)]',
    },
    {
      name: 'the item in another argument',
      text: `${ST}def f(texts: list[str]):\n    return [model.encode(t, prompt=f"q: {t}") for t in texts]\n`,
      offers: 'nothing',
    },
    {
      name: 'an output that may be anything',
      text: `${ST}def f(texts: list[str], sink):\n    for t in texts:\n        sink.append(model.encode(t))\n`,
      offers: 'nothing',
    },
    {
      name: 'an output that is the input',
      text: `${ST}def f(names):\n    for t in names:\n        names.append(model.encode(t))\n`,
      offers: 'nothing',
    },
    {
      name: 'a loop variable that is read later',
      text: `${ST}def f(texts: list[str]):\n    out = []\n    for t in texts:\n        out.append(model.encode(t))\n    return out, t\n`,
      offers: 'nothing',
    },
    {
      name: 'a comment',
      text: `${ST}def f(texts: list[str]):\n    out = []\n    for t in texts:\n        # in order of arrival\n        out.append(model.encode(t))\n    return out\n`,
      offers: 'nothing',
    },
    {
      name: 'a handler that sees the half-filled list',
      text: `${ST}def f(texts: list[str]):\n    out = []\n    try:\n        for t in texts:\n            out.append(model.encode(t))\n    except ValueError:\n        pass\n    return out\n`,
      offers: 'suggestion',
    },
    {
      name: 'a keyword that the list method does not know',
      text: 'from langchain_openai import OpenAIEmbeddings\nemb = OpenAIEmbeddings()\ndef f(texts: list[str]):\n    return [emb.embed_query(text=t) for t in texts]\n',
      offers: 'suggestion',
      gives: 'emb.embed_documents(texts)',
    },
    {
      name: 'the item in another option',
      language: 'ts',
      text: `${AI}export async function f(texts: string[]) {\n  const out = [];\n  for (const t of texts) {\n    const { embedding } = await embed({ model, value: t, headers: { id: t } });\n    out.push(embedding);\n  }\n  return out;\n}\n`,
      offers: 'nothing',
    },
    {
      name: 'a set',
      language: 'ts',
      text: `${AI}export async function f(texts: Set<string>) {\n  const out = [];\n  for (const t of texts) {\n    const { embedding } = await embed({ model, value: t });\n    out.push(embedding);\n  }\n  return out;\n}\n`,
      offers: 'suggestion',
      gives: 'values: Array.from(texts)',
    },
  ],
  'hf-map-unbatched': [
    {
      name: 'a column that may hold lists',
      text: 'from datasets import load_dataset\nfrom transformers import AutoTokenizer\ntok = AutoTokenizer.from_pretrained("x/y")\ndata = load_dataset("swag").map(lambda row: tok(row["endings"], truncation=True))\n',
      offers: 'suggestion',
    },
  ],
  'model-load-per-call': [
    {
      name: 'a model that all sessions of a page would share',
      text: 'import streamlit as st\nfrom transformers import pipeline\ndef load():\n    return pipeline("sentiment-analysis", model="x/y")\ntext = st.text_input("x")\nif text:\n    clf = load()\n    st.write(clf(text))\n',
      offers: 'suggestion',
      gives: '@st.cache_resource\ndef load',
    },
    {
      name: 'a counted loop of known calls',
      text: 'from sentence_transformers import SentenceTransformer\nfor i in range(100):\n    m = SentenceTransformer("a/b")\n    print(m.encode(str(i)))\n',
      offers: 'safe',
      gives: 'm = SentenceTransformer("a/b")\nfor i in range(100):\n    print(',
    },
    {
      name: 'a loop that may have no turns',
      text: 'from sentence_transformers import SentenceTransformer\ndef f(files):\n    for i in files:\n        m = SentenceTransformer("a/b")\n        print(m.encode(str(i)))\n',
      offers: 'suggestion',
    },
    {
      name: 'del at the end of the turn',
      text: 'from sentence_transformers import SentenceTransformer\nfor i in range(100):\n    m = SentenceTransformer("a/b")\n    print(m.encode(str(i)))\n    del m\n',
      offers: 'nothing',
    },
    {
      name: 'another use of the name as a context',
      text: 'from sentence_transformers import SentenceTransformer\nfor i in range(100):\n    m = SentenceTransformer("a/b")\n    print(m.encode(str(i)))\n    with open(str(i)) as m:\n        pass\n',
      offers: 'nothing',
    },
    {
      name: 'an environment variable that the turns change',
      text: 'import os\nfrom sentence_transformers import SentenceTransformer\nfor i in range(100):\n    m = SentenceTransformer("a/b")\n    print(m.encode(str(i)))\n    os.environ["HF_HOME"] = str(i)\n',
      offers: 'suggestion',
    },
    {
      name: 'code before the load that may leave the turn',
      text: 'from sentence_transformers import SentenceTransformer\nfor i in range(100):\n    if bad(i):\n        continue\n    m = SentenceTransformer("a/b")\n    print(m.encode(str(i)))\n',
      offers: 'suggestion',
    },
    {
      name: 'a generator, whose consumer runs between the turns',
      text: 'from sentence_transformers import SentenceTransformer\ndef f():\n    for i in range(100):\n        m = SentenceTransformer("a/b")\n        yield m.encode(str(i))\n',
      offers: 'suggestion',
    },
    {
      name: 'a loader that is indented',
      text: 'import streamlit as st\nfrom transformers import pipeline\nif True:\n    def load():\n        return pipeline("sentiment-analysis", model="x/y")\ntext = st.text_input("x")\nif text:\n    clf = load()\n    st.write(clf(text))\n',
      offers: 'suggestion',
      gives: '    @st.cache_resource\n    def load',
    },
  ],
  'file-read-in-loop': [
    {
      name: 'text of a counted loop',
      text: 'import pandas\nfrom pathlib import Path\nP = Path("data")\nfor k in range(10):\n    text = (P / "a.txt").read_text()\n    print(len(text), k)\n',
      offers: 'safe',
    },
    {
      name: 'a view',
      text: `${NP}for k in range(10):\n    arr = np.load("x.npy")\n    view = arr.T\n    view[0] = 1\n`,
      offers: 'suggestion',
    },
    {
      name: 'another name',
      text: `${NP}for k in range(10):\n    arr = np.load("x.npy")\n    w = arr\n    w -= 1\n`,
      offers: 'suggestion',
    },
    {
      name: 'rows that are changed in place',
      text: `${NP}for k in range(10):\n    d = np.load("x.npy")\n    for row in d:\n        row -= k\n`,
      offers: 'suggestion',
    },
    {
      name: 'a change in place',
      text: `${NP}for k in range(10):\n    d = np.load("x.npy")\n    d[0] = k\n    print(d)\n`,
      offers: 'nothing',
    },
    {
      name: 'chunks that are read once',
      text: 'import pandas as pd\nfor k in range(10):\n    parts = pd.read_csv("x.csv", chunksize=10)\n    print(len(list(parts)))\n',
      offers: 'nothing',
    },
  ],
  'inference-records-gradients': [
    {
      name: 'a result that loses its gradient',
      text: `${NET}def f(xs):\n    hits = 0\n    for x in xs:\n        out = model(x)\n        hits += out.argmax(1).item()\n    return hits\n`,
      offers: 'safe',
    },
    {
      name: 'a result that leaves',
      text: `${NET}def f(xs, sink):\n    for x in xs:\n        sink(model(x))\n`,
      offers: 'suggestion',
    },
    {
      name: 'a generator',
      text: `${NET}def f(xs):\n    for x in xs:\n        yield model(x).argmax(1)\n`,
      offers: 'nothing',
    },
  ],
  'tensor-created-on-cpu': [
    { name: 'a filled tensor', text: `${STEP}    m = torch.ones(4).to(device)\n`, offers: 'safe' },
    { name: 'a random tensor', text: `${STEP}    m = torch.rand(4).to(device)\n`, offers: 'suggestion' },
    {
      name: 'a tensor that collects a gradient',
      text: `${STEP}    m = torch.zeros(4, requires_grad=True).to(device)\n`,
      offers: 'suggestion',
      gives: 'torch.zeros(4, requires_grad=True, device=device)',
    },
  ],
  'sklearn-svc-probability': [
    { name: 'a literal', text: `${SVM}c = SVC(C=1, probability=True)\nc.fit(X, y)\nprint(X.shape)\n`, offers: 'safe' },
    { name: 'a name', text: `${SVM}P = True\nc = SVC(probability=P)\nc.fit(X, y)\n`, offers: 'suggestion' },
    {
      name: 'a comment',
      text: `${SVM}c = SVC(\n    probability=True,  # for the plots\n    C=1.0,\n)\nc.fit(X, y)\n`,
      offers: 'nothing',
    },
  ],
};

describe('safety of fixes', () => {
  let analyser: ExampleAnalyser;
  const fixed: string[] = [];
  before(async () => {
    analyser = await ExampleAnalyser.create();
  });

  for (const [rule, cases] of Object.entries(CASES)) {
    for (const { name, text, offers, gives, language = 'python' } of cases) {
      it(`${rule} offers ${offers} for ${name}`, () => {
        const findings = analyser.findings(rule, language, text, new Map());
        assert.equal(findings.length, 1);
        const [fix] = findings[0]?.fixes ?? [];
        assert.equal(fix?.safety ?? 'nothing', offers);
        const after = fix && applyFix(text, fix, false);
        if (after !== undefined && language === 'python') fixed.push(after);
        if (gives !== undefined) assert.ok(after?.includes(gives), after);
        if (after !== undefined) assert.equal(analyser.hasSyntaxErrors(language, after), false, after);
      });
    }
  }

  describe('of Python', () => {
    itWithPython('gives what CPython reads', () => {
      assert.ok(fixed.length > 10);
      const errors = pythonSyntaxErrors(fixed);
      assert.deepEqual(
        fixed.filter((_, index) => errors[index] !== null),
        [],
      );
    });
  });
});
