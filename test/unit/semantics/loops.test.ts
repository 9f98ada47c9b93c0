import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import type { Place } from '../../../src/core/semantics/place.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../support/programOf.ts';

type Case = readonly [title: string, expected: string, text: string, language: Language, path?: string];

describe('loops: form, purpose and turns', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  /** Place of the call of `load`. */
  const placeIn = (text: string, language: Language, path?: string): Place => {
    const program = programOf(parsers, text, language, path);
    const load = program.calls.find((call) => program.text(call.node.callee).endsWith('load'));
    assert.ok(load, 'no load call');
    return load.place;
  };

  const loops: readonly Case[] = [
    [
      'kafka',
      'for:messages:undefined',
      'from kafka import KafkaConsumer\nconsumer = KafkaConsumer("t")\nfor msg in consumer:\n    load()',
      'python',
    ],
    [
      'confluent poll',
      'while:messages:undefined',
      'from confluent_kafka import Consumer\nc = Consumer({})\nwhile True:\n    m = c.poll(1.0)\n    load()',
      'python',
    ],
    [
      'aiokafka',
      'for:messages:undefined',
      'from aiokafka import AIOKafkaConsumer\nasync def main():\n    c = AIOKafkaConsumer("t")\n    async for m in c:\n        load()',
      'python',
    ],
    [
      'redis pubsub',
      'for:messages:undefined',
      'import redis\nr = redis.Redis()\np = r.pubsub()\nfor m in p.listen():\n    load()',
      'python',
    ],
    [
      'sqs',
      'for:items:undefined,while:messages:undefined',
      'import boto3\nsqs = boto3.client("sqs")\nwhile True:\n    for m in sqs.receive_message(QueueUrl="u")["Messages"]:\n        load()',
      'python',
    ],
    [
      'cv2 frames',
      'while:frames:undefined',
      'import cv2\ncap = cv2.VideoCapture(0)\nwhile True:\n    ok, frame = cap.read()\n    load(frame)',
      'python',
    ],
    [
      'tfjs webcam',
      'while:frames:undefined',
      "import * as tf from '@tensorflow/tfjs';\nasync function f() { const cam = await tf.data.webcam(v); while (true) { const i = await cam.capture(); load(i); } }",
      'javascript',
    ],
    [
      'tfjs next frame',
      'while:frames:undefined',
      "import * as tf from '@tensorflow/tfjs';\nasync function f() { while (on) { load(); await tf.nextFrame(); } }",
      'javascript',
    ],
    [
      'retry py',
      'for:retry:3',
      'for _ in range(3):\n    try:\n        r = load()\n        break\n    except Exception:\n        continue',
      'python',
    ],
    [
      'retry while',
      'while:retry:undefined',
      'n = 0\nwhile n < 3:\n    try:\n        return_ = load()\n        break\n    except Exception:\n        n += 1',
      'python',
    ],
    ['retry ts', 'for:retry:3', 'for (let i = 0; i < 3; i++) { try { load(); break; } catch {} }', 'typescript'],
    [
      'retry ts return',
      'for:retry:3',
      'async function f() { for (let i = 0; i < 3; i++) { try { return await load(); } catch (e) {} } }',
      'typescript',
    ],
    ['count ts', 'for:unknown:10', 'for (let i = 0; i < 10; i++) { load(); }', 'typescript'],
    ['count ts le', 'for:batches:4', 'for (let i = 1; i <= 10; i += 3) { load(); }', 'typescript'],
    ['epochs ts', 'for:epochs:5', 'for (let epoch = 0; epoch < 5; epoch++) { load(); }', 'typescript'],
    ['epochs name range', 'for:epochs:5', 'EPOCHS = 5\nfor e in range(EPOCHS):\n    load()', 'python'],
    ['epochs num_epochs', 'for:epochs:5', 'num_epochs = 5\nfor i in range(num_epochs):\n    load()', 'python'],
    [
      'batches loader var',
      'for:batches:undefined',
      'from torch.utils.data import DataLoader\ndl = DataLoader(ds)\nfor x, y in dl:\n    load()',
      'python',
    ],
    [
      'batches enumerate tqdm',
      'for:batches:undefined',
      'from tqdm import tqdm\nfrom torch.utils.data import DataLoader\ndl = DataLoader(ds)\nfor i, (x, y) in enumerate(tqdm(dl)):\n    load()',
      'python',
    ],
    [
      'batches index step',
      'for:batches:undefined',
      'for i in range(0, len(texts), 32):\n    load(texts[i:i+32])',
      'python',
    ],
    [
      'batches of tf',
      'for:items:undefined',
      'import tensorflow as tf\nds = tf.data.Dataset.from_tensor_slices(x).batch(32)\nfor b in ds:\n    load()',
      'python',
    ],
    [
      'batches ts',
      'for:batches:undefined',
      'for (let i = 0; i < texts.length; i += 32) { load(texts.slice(i, i + 32)); }',
      'typescript',
    ],
    ['np.arange', 'for:items:10', 'import numpy as np\nfor i in np.arange(10):\n    load()', 'python'],
    ['dict items', 'for:items:2', 'd = {"a": 1, "b": 2}\nfor k, v in d.items():\n    load()', 'python'],
    ['zip', 'for:items:3', 'for a, b in zip([1,2,3], xs):\n    load()', 'python'],
    ['list(range)', 'for:items:7', 'for a in list(range(7)):\n    load()', 'python'],
    ['slice', 'for:items:10', 'for a in xs[:10]:\n    load()', 'python'],
    ['itertools product', 'for:items:4', 'import itertools\nfor a in itertools.islice(xs, 4):\n    load()', 'python'],
    [
      'function that tidy runs in the loop',
      'for:items:undefined',
      "import * as tf from '@tensorflow/tfjs';\nfor (const file of files) { tf.tidy(() => load(file)); }",
      'typescript',
    ],
    [
      'function called in place in the loop',
      'for:items:undefined',
      'for (const file of files) { (async () => { await load(file); })(); }',
      'typescript',
    ],
    ['str split', 'for:items:3', 'for a in "a b c".split():\n    load()', 'python'],
    ['while true', 'while:unknown:undefined', 'while True:\n    load()', 'python'],
    ['while cond', 'while:unknown:undefined', 'i = 0\nwhile i < 10:\n    load()\n    i += 1', 'python'],
    ['trange', 'for:items:5', 'from tqdm import trange\nfor i in trange(5):\n    load()', 'python'],
    [
      'Object.keys',
      'for:items:2',
      'const o = { a: 1, b: 2 };\nfor (const k of Object.keys(o)) { load(k); }',
      'typescript',
    ],
    ['Array.from', 'for:items:5', 'for (const k of Array.from({ length: 5 })) { load(k); }', 'typescript'],
    ['for in', 'for:items:2', 'const o = { a: 1, b: 2 };\nfor (const k in o) { load(k); }', 'typescript'],
    ['slice ts', 'for:items:3', 'for (const k of xs.slice(0, 3)) { load(k); }', 'typescript'],
    ['reduce', 'callback:items:undefined', 'xs.reduce(async (a, x) => { await load(x); }, 0);', 'typescript'],
    [
      'gather',
      'comprehension:items:undefined',
      'import asyncio\nasync def f():\n    await asyncio.gather(*[load(x) for x in xs])',
      'python',
    ],
  ];
  for (const [title, expected, text, language, path] of loops) {
    it(title, () => {
      const found = placeIn(text, language, path).loops;
      assert.equal(found.map(({ form, purpose, tripCount }) => `${form}:${purpose}:${tripCount}`).join(','), expected);
    });
  }

  const open: readonly Case[] = [
    ['a list that grows', '', 'xs = []\nfor y in ys:\n    xs.append(y)\nfor x in xs:\n    load(x)', 'python'],
    [
      'a list that grows in another function',
      '',
      'def make():\n    xs = []\n    xs.append(1)\n    return xs\nfor x in make():\n    load(x)',
      'python',
    ],
    [
      'a zip of such lists',
      '',
      'def make():\n    xs = []\n    xs.append(1)\n    return xs\nxs = make()\nfor x, y in zip(ys, xs):\n    load(x)',
      'python',
    ],
    [
      'a pushed array',
      '',
      'const xs = [];\nys.forEach((y) => { xs.push(y); });\nfor (const x of xs) { load(x); }',
      'typescript',
    ],
  ];
  for (const [title, , text, language] of open)
    it(`no number of turns: ${title}`, () => assert.equal(placeIn(text, language).loops[0]?.tripCount, undefined));

  const perItem: readonly Case[] = [
    ['map', 'items', 'def f(x):\n    return load(x)\nlist(map(f, xs))', 'python'],
    [
      'executor',
      'items',
      'from concurrent.futures import ThreadPoolExecutor\ndef f(x):\n    load(x)\nwith ThreadPoolExecutor() as ex:\n    ex.map(f, xs)',
      'python',
    ],
    [
      'a column of a frame',
      'items',
      'import pandas as pd\ndf = pd.read_csv("x")\ndef f(x):\n    load(x)\ndf["a"].apply(f)',
      'python',
    ],
    [
      'a data set',
      'items',
      'from datasets import load_dataset\nds = load_dataset("x", split="train")\ndef f(x):\n    load(x)\nds.map(f)',
      'python',
    ],
    [
      'a data set in batches',
      'batches',
      'from datasets import load_dataset\nds = load_dataset("x", split="train")\ndef f(x):\n    load(x)\nds.map(f, batched=True)',
      'python',
    ],
    ['array method', 'items', 'const f = async (x) => load(x);\nxs.map(f);', 'typescript'],
    ['p-map', 'items', "import pMap from 'p-map';\nconst f = async (x) => load(x);\nawait pMap(xs, f);", 'typescript'],
    ['only named', 'undefined', 'def f(x):\n    load(x)\nregister(f)', 'python'],
  ];
  for (const [title, expected, text, language] of perItem)
    it(`called once per item: ${title}`, () =>
      assert.equal(String(placeIn(text, language).perItem?.purpose), expected));

  it('a lambda that a frame applies is a loop body', () => {
    const text = 'import pandas as pd\ndf = pd.read_csv("x")\ndf["a"].apply(lambda x: load(x))';
    assert.equal(placeIn(text, 'python').loops[0]?.form, 'callback');
  });
});
