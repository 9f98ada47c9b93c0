import assert from 'node:assert/strict';
import type { Handling } from '../../../src/core/semantics/handling.ts';
import type { ProgramModel } from '../../../src/core/semantics/programModel.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { resolveJavaScriptModule } from '../../../src/core/workspace/javascriptModules.ts';
import { resolvePythonModule } from '../../../src/core/workspace/pythonModules.ts';
import { WorkspaceIndex } from '../../../src/core/workspace/workspaceIndex.ts';
import { languageOf } from '../../../src/languages/languageOf.ts';
import { loadParsers, programOf } from '../../support/programOf.ts';

type Files = Readonly<Record<string, string>>;

describe('facts across files', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  /** Program of one file, linked with the others. */
  const linked = (files: Files, path: string): ProgramModel => {
    const hasFile = (candidate: string): boolean => Object.hasOwn(files, candidate);
    const index = new WorkspaceIndex((from, specifier) =>
      from.endsWith('.py')
        ? resolvePythonModule(from, specifier, hasFile)
        : resolveJavaScriptModule(from, specifier, hasFile, { base: '', paths: { '@/*': ['src/*'] } }),
    );
    const build = (name: string, isLinked: boolean): ProgramModel =>
      programOf(
        parsers,
        files[name] ?? '',
        languageOf(name) ?? 'python',
        name,
        isLinked ? index.factsFor(name) : undefined,
      );
    // Summaries must survive JSON: they cross a worker's boundary.
    for (const name of Object.keys(files)) index.set(JSON.parse(JSON.stringify(build(name, false).summary())));
    return build(path, true);
  };
  const names = (program: ProgramModel): readonly (string | undefined)[] => program.calls.map((call) => call.name);
  const loadOf = (program: ProgramModel) => {
    const load = program.calls.find((call) => call.api?.roles.includes('model-load'));
    assert.ok(load, 'no load');
    return load;
  };
  const model = 'from transformers import pipeline\n';

  const values: readonly [string, Files, string, string][] = [
    [
      'a function returns a model',
      { 'm.py': `${model}def load():\n    return pipeline("x")`, 'a.py': 'from m import load\nload()("t")' },
      'a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a module-level model',
      { 'm.py': `${model}pipe = pipeline("x")`, 'a.py': 'import m\nm.pipe("t")' },
      'a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a relative import',
      { 'p/__init__.py': '', 'p/m.py': `${model}pipe = pipeline("x")`, 'p/a.py': 'from .m import pipe\npipe("t")' },
      'p/a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a re-export of a package',
      {
        'p/__init__.py': 'from .m import pipe',
        'p/m.py': `${model}pipe = pipeline("x")`,
        'a.py': 'from p import pipe\npipe("t")',
      },
      'a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a star re-export',
      {
        'p/__init__.py': 'from .m import *',
        'p/m.py': `${model}pipe = pipeline("x")`,
        'a.py': 'import p\np.pipe("t")',
      },
      'a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a submodule',
      { 'p/__init__.py': '', 'p/m.py': `${model}pipe = pipeline("x")`, 'a.py': 'import p.m\np.m.pipe("t")' },
      'a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a submodule that its package does not name',
      { 'p/__init__.py': '', 'p/m.py': `${model}pipe = pipeline("x")`, 'a.py': 'from p import m\nm.pipe("t")' },
      'a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a namespace package',
      { 'p/m.py': `${model}pipe = pipeline("x")`, 'a.py': 'from p import m\nm.pipe("t")' },
      'a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a namespace package through another module',
      {
        'p/m.py': `${model}def load():\n    return pipeline("x")`,
        'p/b.py': 'from . import m\npipe = m.load()',
        'a.py': 'from p.b import pipe\npipe("t")',
      },
      'a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'src layout',
      { 'src/p/m.py': `${model}pipe = pipeline("x")`, 'scripts/a.py': 'from p.m import pipe\npipe("t")' },
      'scripts/a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a base class elsewhere',
      {
        'm.py': 'import torch.nn as nn\nclass Base(nn.Module):\n    pass',
        'a.py': 'from m import Base\nclass Net(Base):\n    pass\nnet = Net()\nnet(x)',
      },
      'a.py',
      'torch.nn.Module.__call__',
    ],
    [
      'an attribute of an imported class',
      {
        'm.py': `${model}class S:\n    def __init__(self):\n        self.pipe = pipeline("x")`,
        'a.py': 'from m import S\nS().pipe("t")',
      },
      'a.py',
      'transformers.Pipeline.__call__',
    ],
    [
      'a cycle of imports ends',
      { 'm.py': 'from a import y\nx = y', 'a.py': 'from m import x\ny = x\nx("t")' },
      'a.py',
      'undefined',
    ],
    [
      'TypeScript by alias',
      {
        'src/m.ts': "import { pipeline } from '@huggingface/transformers';\nexport const load = () => pipeline('x');",
        'src/app/a.ts': "import { load } from '@/m';\nconst p = await load();\np('t');",
      },
      'src/app/a.ts',
      '@huggingface/transformers.Pipeline.__call__',
    ],
    [
      'TypeScript re-export of a whole module under a name',
      {
        'src/m.ts': "import { pipeline } from '@huggingface/transformers';\nexport const make = () => pipeline('x');",
        'src/index.ts': "export * as models from './m.js';",
        'src/a.ts': "import { models } from './index.js';\nconst pipe = await models.make();\nawait pipe('t');",
      },
      'src/a.ts',
      '@huggingface/transformers.Pipeline.__call__',
    ],
    [
      'TypeScript re-export',
      {
        'src/m.ts': "import { pipeline } from '@huggingface/transformers';\nexport const pipe = await pipeline('x');",
        'src/index.ts': "export * from './m.js';",
        'src/a.ts': "import * as all from '.';\nall.pipe('t');",
      },
      'src/a.ts',
      '@huggingface/transformers.Pipeline.__call__',
    ],
    [
      'CommonJS',
      {
        'm.js':
          "const { pipeline } = require('@huggingface/transformers');\nmodule.exports = { load: () => pipeline('x') };",
        'a.js': "const { load } = require('./m');\n(async () => { const p = await load(); p('t'); })();",
      },
      'a.js',
      '@huggingface/transformers.Pipeline.__call__',
    ],
  ];
  for (const [title, files, path, expected] of values) {
    it(`values: ${title}`, () =>
      assert.ok(names(linked(files, path)).map(String).includes(expected), names(linked(files, path)).join()));
  }

  it('reads constants of a configuration module', () => {
    const program = linked({ 'config.py': 'MODEL = "m"', 'a.py': 'import config\nprint(config.MODEL)' }, 'a.py');
    const argument = program.calls[0]?.node.args[0];
    assert.ok(argument);
    assert.deepEqual(program.constant(argument.value), { kind: 'known', value: 'm' });
  });

  const handler =
    'from fastapi import FastAPI\nfrom m import load\napp = FastAPI()\n@app.post("/x")\ndef f():\n    return load()\n';
  it('finds the entry point of another file, with the way', () => {
    const load = loadOf(
      linked({ 'm.py': `${model}def load():\n    return pipeline("x")`, 'main.py': handler }, 'm.py'),
    );
    assert.equal(load.place.entryPoint?.framework, 'fastapi');
    assert.deepEqual(
      load.place.entryPoint?.steps?.map(({ path, name, range }) => [path, name, range.start.line]),
      [
        ['main.py', 'f', 4],
        ['main.py', 'load', 5],
      ],
    );
  });
  it('finds it through three files', () => {
    const files = {
      'm.py': `${model}def load():\n    return pipeline("x")`,
      'service.py': 'import m\nclass S:\n    def __init__(self):\n        self.pipe = m.load()',
      'main.py': handler.replace('from m import load', 'from service import S').replace('load()', 'S()'),
    };
    assert.equal(loadOf(linked(files, 'm.py')).place.entryPoint?.kind, 'request');
  });
  const controller =
    "import { pipeline } from '@huggingface/transformers';\nexport const classify = async (req, res) => {\n  const pipe = await pipeline('text-classification');\n  res.json(await pipe(req.body.text));\n};\n";
  const routes = (registration: string, imports = "import { classify } from './controller';"): Files => ({
    'controller.ts': controller,
    'routes.ts': `import express from 'express';\n${imports}\nconst router = express.Router();\n${registration}\n`,
  });
  const registrations: readonly [string, Files, string][] = [
    ['given to a route', routes("router.post('/x', authorise, classify);"), 'express'],
    ['wrapped by a function', routes("router.post('/x', asyncHandler(classify));"), 'express'],
    ['in a list', routes("router.post('/x', [authorise, classify]);"), 'express'],
    [
      'of a module',
      routes("router.post('/x', controller.classify);", "import * as controller from './controller';"),
      'express',
    ],
    [
      'of a required module',
      {
        'controller.js': controller.replace('export const classify', 'exports.classify'),
        'routes.js':
          "const router = require('express').Router();\nconst { classify } = require('./controller');\nrouter.post('/x', classify);\n",
      },
      'express',
    ],
    [
      'on an application that a caller makes',
      {
        'controller.ts': controller,
        'routes.ts':
          "import { classify } from './controller';\nexport const routes = (app) => {\n  app.post('/x', classify);\n};\n",
      },
      'web',
    ],
    [
      'a method of a controller',
      {
        'controller.ts':
          "import { pipeline } from '@huggingface/transformers';\nexport class Controller {\n  async classify(req, res) {\n    res.json(await pipeline('text-classification'));\n  }\n}\n",
        'routes.ts':
          "import { Router } from 'express';\nimport { Controller } from './controller';\nconst controller = new Controller();\nconst router = Router();\nrouter.post('/x', controller.classify.bind(controller));\n",
      },
      'express',
    ],
  ];
  for (const [name, files, framework] of registrations) {
    it(`finds a handler of another file: ${name}`, () => {
      const path = Object.keys(files)[0] ?? '';
      const { entryPoint } = loadOf(linked(files, path)).place;
      assert.deepEqual([entryPoint?.kind, entryPoint?.framework], ['request', framework]);
      assert.match(entryPoint?.steps?.[0]?.path ?? '', /^routes/);
    });
  }
  it('finds it through services that a constructor is given', () => {
    const files = {
      'embed.service.ts':
        "import { pipeline } from '@huggingface/transformers';\nexport class EmbedService {\n  async embed(text: string) {\n    return (await pipeline('feature-extraction'))(text);\n  }\n}\n",
      'app.service.ts':
        "import { EmbedService } from './embed.service';\nexport class AppService {\n  constructor(private readonly embedder: EmbedService) {}\n  ask(text: string) {\n    return this.embedder.embed(text);\n  }\n}\n",
      'app.controller.ts':
        "import { Body, Controller, Post } from '@nestjs/common';\nimport { AppService } from './app.service';\n@Controller()\nexport class AppController {\n  constructor(private readonly service: AppService | null) {}\n  @Post('ask')\n  ask(@Body() body: { text: string }) {\n    return this.service?.ask(body.text);\n  }\n}\n",
    };
    const { entryPoint } = loadOf(linked(files, 'embed.service.ts')).place;
    assert.deepEqual(
      [entryPoint?.framework, entryPoint?.steps?.map(({ name }) => name)],
      ['nest', ['ask', 'ask', 'embed']],
    );
  });
  it('does not take what is handed to other calls for a handler', () => {
    for (const registration of ["cache.get('/x', classify);", "router.param('id', classify);", 'describe(classify);'])
      assert.equal(loadOf(linked(routes(registration), 'controller.ts')).place.entryPoint, undefined, registration);
  });

  it('does not find it through a memoised function', () => {
    const files = {
      'm.py': `from functools import lru_cache\n${model}@lru_cache\ndef get():\n    return load()\ndef load():\n    return pipeline("x")`,
      'main.py': handler.replace('load', 'get').replace('load', 'get'),
    };
    assert.equal(loadOf(linked(files, 'm.py')).place.entryPoint, undefined);
  });
  it('does not take a library for a file of the same name in another folder', () => {
    const program = linked(
      { 'tools/torch.py': 'def load():\n    return 1', 'a.py': 'import torch\ntorch.load("x")' },
      'a.py',
    );
    assert.deepEqual(names(program), ['torch.load']);
  });
  it('knows that every caller elsewhere switches gradients off', () => {
    const files = {
      'm.py': 'import torch\ndef f(net, x):\n    return net(x)',
      'main.py': 'import torch\nfrom m import f\n@torch.no_grad()\ndef run(net, x):\n    return f(net, x)',
    };
    assert.equal(linked(files, 'm.py').calls[0]?.place.gradients, 'off');
    assert.equal(linked({ ...files, 'b.py': 'from m import f\nf(1, 2)' }, 'm.py').calls[0]?.place.gradients, 'on');
  });
  it('knows the loops of other files that run a function, through functions in between', () => {
    const files = {
      'm.py': 'def embed(x):\n    return x()',
      'b.py': 'from m import embed\ndef one(x):\n    return embed(x)',
      'main.py': 'from b import one\nfor x in range(50):\n    one(x)',
    };
    const [loop, ...others] = linked(files, 'm.py').calls[0]?.place.externalLoops ?? [];
    assert.deepEqual([loop?.purpose, loop?.tripCount, loop?.step.path, others], ['items', 50, 'main.py', []]);
    const mapped = { 'm.py': files['m.py'], 'main.py': 'from m import embed\nlist(map(embed, texts))' };
    assert.equal(linked(mapped, 'm.py').calls[0]?.place.externalLoops[0]?.purpose, 'items');
    const handler = {
      'm.ts': 'export const embed = (x) => x();',
      'a.ts': "import { embed } from './m';\nexport const all = (xs) => xs.map(embed);",
    };
    assert.equal(linked(handler, 'm.ts').calls[0]?.place.externalLoops[0]?.purpose, 'items');
  });

  it('reaches what a handler hands to a thread in another file', () => {
    const files = {
      'm.py': `${model}def load():\n    return pipeline("x")`,
      'main.py': `import asyncio\n${handler.replace('return load()', 'return asyncio.to_thread(load)')}`,
    };
    assert.equal(loadOf(linked(files, 'm.py')).place.entryPoint?.framework, 'fastapi');
  });

  const parameterOf = (program: ProgramModel, name: string): readonly unknown[] => {
    const [definition] = program.functions;
    assert.ok(definition);
    return program
      .callerValues(definition, name)
      .map((value) => (value.kind === 'constant' ? value.value : value.kind));
  };
  const callers: readonly [string, Files, string, readonly unknown[]][] = [
    ['position', { 'm.py': 'def f(a, b):\n    a', 'x.py': 'from m import f\nf(1, 2)' }, 'b', [2]],
    ['keyword', { 'm.py': 'def f(a, b):\n    a', 'x.py': 'from m import f\nf(1, b=3)' }, 'b', [3]],
    ['default', { 'm.py': 'def f(a, b="x"):\n    a', 'x.py': 'from m import f\nf(1)' }, 'b', ['x']],
    ['a spread', { 'm.py': 'def f(a, b):\n    a', 'x.py': 'from m import f\nf(*xs)' }, 'b', ['unknown']],
    [
      'two callers',
      { 'm.py': 'def f(a):\n    a', 'x.py': 'from m import f\nf(1)', 'y.py': 'from m import f\nf(2)' },
      'a',
      [1, 2],
    ],
    [
      'through a parameter of the caller',
      { 'm.py': 'def f(a):\n    a', 'x.py': 'from m import f\ndef g(n):\n    f(n)', 'y.py': 'from x import g\ng("q")' },
      'a',
      ['q'],
    ],
    [
      'a constant of a third file',
      { 'm.py': 'def f(a):\n    a', 'c.py': 'N = "m"', 'x.py': 'from m import f\nfrom c import N\nf(N)' },
      'a',
      ['m'],
    ],
    [
      'a library object',
      { 'm.py': 'def f(a):\n    a', 'x.py': `${model}from m import f\nf(pipeline("x"))` },
      'a',
      ['instance'],
    ],
    ['nobody', { 'm.py': 'def f(a):\n    a' }, 'a', []],
  ];
  for (const [title, files, name, expected] of callers)
    it(`values of a parameter: ${title}`, () => assert.deepEqual(parameterOf(linked(files, 'm.py'), name), expected));
  it('values of a parameter: TypeScript', () => {
    const files = { 'm.ts': 'export function f(a, b) { a; }', 'x.ts': "import { f } from './m';\nf(1, 'q8');" };
    assert.deepEqual(parameterOf(linked(files, 'm.ts'), 'b'), ['q8']);
  });

  it('values of a parameter: constant text of a template', () => {
    const files = {
      'm.ts': 'export function ask(prompt) { prompt; }',
      'x.ts': `import { ask } from './m';
const WHAT = 'yes or no';
export const f = (t) => { const p = \`Say \${WHAT}: \${t}\`; ask(p); ask(\`\${t}\`); };`,
    };
    const program = linked(files, 'm.ts');
    const [definition] = program.functions;
    assert.ok(definition);
    assert.deepEqual(program.callerValues(definition, 'prompt'), [
      { kind: 'unknown', template: 'Say yes or no: \uFFFC' },
      { kind: 'unknown' },
    ]);
  });

  const attributes: readonly [string, Files, unknown][] = [
    [
      'set in a base class of another file',
      {
        'm.py': 'class Base:\n    MODEL = "m"',
        'a.py': 'from m import Base\nclass A(Base):\n    def f(self):\n        sink(self.MODEL)',
      },
      'm',
    ],
    [
      'set by the constructor of a base class of another file',
      {
        'm.py': 'class Base:\n    def __init__(self):\n        self.n = 3',
        'a.py': 'from m import Base\nclass A(Base):\n    def f(self):\n        sink(self.n)',
      },
      3,
    ],
    [
      'overridden in a subclass of another file',
      {
        'a.py': 'class Base:\n    MODEL = "m"\n    def f(self):\n        sink(self.MODEL)',
        'b.py': 'from a import Base\nclass B(Base):\n    MODEL = "q"',
      },
      undefined,
    ],
    [
      'set in a subclass of another file alone',
      {
        'a.py': 'class Base:\n    MODEL = None\n    def f(self):\n        sink(self.MODEL)',
        'b.py': 'from a import Base\nclass B(Base):\n    MODEL = None',
      },
      null,
    ],
    [
      'overridden in a subclass of this file',
      {
        'a.py':
          'class Base:\n    MODEL = "m"\n    def f(self):\n        sink(self.MODEL)\nclass B(Base):\n    MODEL = "q"',
      },
      undefined,
    ],
    [
      'set in a base class of another file, TypeScript',
      {
        'm.ts': "export class Base { model = 'm'; }",
        'a.ts': "import { Base } from './m';\nclass A extends Base { f() { sink(this.model); } }",
      },
      'm',
    ],
  ];
  for (const [title, files, expected] of attributes) {
    it(`a class attribute ${title}`, () => {
      const program = linked(files, Object.hasOwn(files, 'a.py') ? 'a.py' : 'a.ts');
      const sink = program.calls.find((call) => program.text(call.node.callee) === 'sink');
      const argument = sink?.node.args[0];
      assert.ok(argument);
      const constant = program.constant(argument.value);
      assert.equal(constant.kind === 'known' ? constant.value : undefined, expected);
    });
  }

  const handed: readonly [string, Files, Handling][] = [
    [
      'a function of another file',
      {
        'a.py': `${model}from m import prepare\npipe = pipeline("x")\nprepare(pipe)`,
        'm.py': 'def prepare(p):\n    p.half()',
      },
      { methods: ['half'], callees: [], isKept: false },
    ],
    [
      'a function of a third file',
      {
        'a.py': `${model}from m import prepare\nprepare(model=pipeline("x"))`,
        'm.py': 'from n import cast\ndef prepare(model):\n    return cast(model)',
        'n.py': 'import torch\ndef cast(x):\n    return x.to(torch.float16)',
      },
      { methods: ['to(dtype)'], callees: [], isKept: false },
    ],
    [
      'a function of this file',
      { 'a.py': `${model}def prepare(p):\n    p = p.eval()\n    return p.to("cuda")\nprepare(pipeline("x"))` },
      { methods: ['eval', 'to'], callees: [], isKept: false },
    ],
    [
      'a method of this file',
      { 'a.py': `${model}class A:\n    def set(self, p):\n        p.half()\na = A()\na.set(pipeline("x"))` },
      { methods: ['half'], callees: [], isKept: false },
    ],
    [
      'a library',
      { 'a.py': `${model}import m\nm.prepare(pipeline("x"))` },
      { methods: [], callees: ['m.prepare'], isKept: false },
    ],
    [
      'a function of another file that hands it to a library',
      {
        'a.py': `${model}from m import prepare\nprepare(pipeline("x"))`,
        'm.py': 'import torch\ndef prepare(p):\n    return torch.compile(p)',
      },
      { methods: [], callees: ['torch.compile'], isKept: false },
    ],
    ...['return p', 'global kept; kept = p', 'box.append([p])', 'yield p', 'q = p', 'unknown()(p)'].map(
      (body): [string, Files, Handling] => [
        `a function that does \`${body}\``,
        { 'a.py': `${model}from m import prepare\nprepare(pipeline("x"))`, 'm.py': `def prepare(p):\n    ${body}` },
        { methods: [], callees: [], isKept: true },
      ],
    ),
    [
      'a function that takes it apart',
      {
        'a.ts': `import { pipeline } from '@huggingface/transformers';\nimport { use } from './m';\nuse(pipeline('x'));`,
        'm.ts': 'export function use({ model }) { model.run(); }',
      },
      { methods: [], callees: [], isKept: true },
    ],
  ];
  for (const [title, files, expected] of handed) {
    it(`what is done with a value that is handed to ${title}`, () => {
      const program = linked(files, Object.hasOwn(files, 'a.py') ? 'a.py' : 'a.ts');
      const use = program.uses(loadOf(program)).find(({ call }) => call !== undefined);
      assert.ok(use?.call);
      assert.deepEqual(program.handling(use.call, use.expression), expected);
    });
  }

  it('knows names that every JavaScript object has only where a file gives them', () => {
    const files = {
      'm.js': 'export class Model {}\nexport const model = new Model();',
      'a.js': "import { model, toString } from './m';\nmodel.constructor('t');\ntoString('t');",
      'n.py': 'from m import valueOf\nvalueOf("t")',
      'm.py': 'class Model:\n    def constructor(self):\n        pass\nmodel = Model()',
      'b.py': 'from m import model\nmodel.constructor()',
    };
    for (const path of Object.keys(files)) assert.deepEqual(names(linked(files, path)).filter(Boolean), []);
  });

  it('forgets a file that is gone', () => {
    const files: Files = { 'm.py': 'N = 1', 'a.py': 'from m import N' };
    const index = new WorkspaceIndex((from, specifier) =>
      resolvePythonModule(from, specifier, (path) => Object.hasOwn(files, path)),
    );
    for (const name of Object.keys(files)) index.set(programOf(parsers, files[name] ?? '', 'python', name).summary());
    assert.equal(index.factsFor('a.py').summaries.length, 1);
    index.delete('m.py');
    assert.equal(index.factsFor('a.py').summaries.length, 0);
  });
});
