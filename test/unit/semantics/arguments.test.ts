import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import type { Call } from '../../../src/core/semantics/program.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../support/programOf.ts';

describe('arguments', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  const loadCall = (text: string, language: Language): Call => {
    const call = programOf(parsers, text, language).calls.find(({ api }) => api?.roles.includes('model-load'));
    assert.ok(call, 'no load');
    return call;
  };
  /** The fact as the table below spells it. */
  const fact = (text: string, parameter: string, language: Language): unknown => {
    const found = loadCall(text, language).constantArgument(parameter);
    return found.kind === 'known' ? found.value : found.kind;
  };

  const python = (call: string): string => `from transformers import pipeline\n${call}`;
  const cases: readonly [string, string, string, unknown][] = [
    ['keyword', 'pipeline("t", device=0)', 'device', 0],
    ['position', 'pipeline("t", "m")', 'model', 'm'],
    ['absent', 'pipeline("t")', 'device', 'absent'],
    ['a readable ** mapping', 'kw = {"device": 0}\npipeline("t", **kw)', 'device', 0],
    ['a readable ** mapping without the key', 'kw = {"device": 0}\npipeline("t", **kw)', 'model', 'absent'],
    ['dict(…)', 'kw = dict(device=0)\npipeline("t", **kw)', 'device', 0],
    ['an unreadable ** mapping', 'pipeline("t", **kw)', 'device', 'unknown'],
    ['a nested spread', 'a = {"device": 0}\npipeline("t", **{**a, "model": "m"})', 'device', 0],
    [
      'a mapping that is changed later',
      'kw = {"x": 1}\nif c:\n    kw["device"] = 0\npipeline("t", **kw)',
      'device',
      'unknown',
    ],
    ['a change of another key', 'kw = {"x": 1}\nkw["model"] = "m"\npipeline("t", **kw)', 'device', 'absent'],
    ['an update', 'kw = {"x": 1}\nkw.update(more)\npipeline("t", **kw)', 'device', 'unknown'],
    ['an update of another key', 'kw = {"x": 1}\nkw.update(model="m")\npipeline("t", **kw)', 'device', 'absent'],
    ['an update of the key', 'kw = {"x": 1}\nkw.update({"device": 0})\npipeline("t", **kw)', 'device', 'unknown'],
    ['a default of another key', 'kw = {"x": 1}\nkw.setdefault("model", "m")\npipeline("t", **kw)', 'device', 'absent'],
    [
      'filled in before it is returned',
      'def build():\n    kw = {"x": 1}\n    kw["device"] = 0\n    return kw\npipeline("t", **build())',
      'device',
      'unknown',
    ],
    [
      'returned without the key',
      'def build():\n    kw = {"x": 1}\n    kw["model"] = "m"\n    return kw, 3\nkw, n = build()\npipeline("t", **kw)',
      'device',
      'absent',
    ],
    [
      'a change through another name',
      'kw = {"x": 1}\nk2 = kw\nk2["device"] = 0\npipeline("t", **kw)',
      'device',
      'unknown',
    ],
    [
      'handed to an own function',
      'def add(o):\n    o["device"] = 0\nkw = {"x": 1}\nadd(kw)\npipeline("t", **kw)',
      'device',
      'unknown',
    ],
    ['handed to a library', 'import json\nkw = {"x": 1}\njson.dumps(kw)\npipeline("t", **kw)', 'device', 'absent'],
    ['merged', 'kw = {"x": 1}\nkw |= more\npipeline("t", **kw)', 'device', 'unknown'],
    ['dict of another mapping', 'kw = dict(cfg)\npipeline("t", **kw)', 'device', 'unknown'],
    ['dict of a readable mapping', 'kw = dict({"device": 0}, x=1)\npipeline("t", **kw)', 'device', 0],
    [
      'an attribute that is changed',
      'class A:\n    def __init__(self):\n        self.kw = {"x": 1}\n    def f(self):\n        self.kw["device"] = 0\n        pipeline("t", **self.kw)',
      'device',
      'unknown',
    ],
    ['a spread behind a keyword', 'pipeline(device=0, *rest)', 'task', 'unknown'],
    ['a positional spread before it', 'pipeline(*args)', 'model', 'unknown'],
    ['a positional spread after it', 'pipeline("t", "m", *args)', 'model', 'm'],
    ['a class attribute', 'class C:\n    model = "m"\npipeline("t", model=C.model)', 'model', 'm'],
  ];
  for (const [title, call, parameter, expected] of cases) {
    it(`Python: ${title}`, () => assert.deepEqual(fact(python(call), parameter, 'python'), expected));
  }

  const typescript = (call: string): string => `import { pipeline } from '@huggingface/transformers';\n${call}`;
  const options: readonly [string, string, unknown][] = [
    ['property', "pipeline('t', 'm', { dtype: 'q8' });", 'q8'],
    ['no options', "pipeline('t', 'm');", 'absent'],
    ['options without it', "pipeline('t', 'm', { device: 'cpu' });", 'absent'],
    ['options in a variable', "const o = { dtype: 'q8' };\npipeline('t', 'm', o);", 'q8'],
    ['shorthand', "const dtype = 'q8';\npipeline('t', 'm', { dtype });", 'q8'],
    ['a readable spread', "const o = { dtype: 'q8' };\npipeline('t', 'm', { ...o, device: 'cpu' });", 'q8'],
    ['an unreadable spread', "pipeline('t', 'm', { ...o });", 'unknown'],
    ['a computed key', "pipeline('t', 'm', { [k]: 1 });", 'unknown'],
    ['options changed later', "const o = {};\no.dtype = d;\npipeline('t', 'm', o);", 'unknown'],
    ['undefined options', "pipeline('t', 'm', undefined);", 'absent'],
  ];
  for (const [title, call, expected] of options) {
    it(`TypeScript: ${title}`, () => assert.deepEqual(fact(typescript(call), 'options.dtype', 'typescript'), expected));
  }
});
