import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import type { Call, Program } from '../../../src/core/semantics/program.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../support/programOf.ts';

describe('places', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers();
  });

  const loadIn = (text: string, language: Language = 'python', path?: string): { program: Program; load: Call } => {
    const program = programOf(parsers, text, language, path);
    const load = program.calls.find((call) =>
      /^(load|pipeline|from_pretrained)$/.test(program.text(call.node.callee).split('.').at(-1) ?? ''),
    );
    assert.ok(load, 'no load call');
    return { program, load };
  };

  describe('entry points', () => {
    const fastapi = 'from fastapi import FastAPI\nfrom m import load\napp = FastAPI()\n';
    const reached: readonly [string, string, Language, string?][] = [
      ['FastAPI route', `${fastapi}@app.post("/x")\ndef f():\n    return load()`, 'python'],
      ['imported application', 'from .main import app\n@app.get("/x")\ndef f():\n    return load()', 'python'],
      [
        'through two helpers',
        `${fastapi}def a():\n    return load()\ndef b():\n    return a()\n@app.get("/x")\ndef f():\n    return b()`,
        'python',
      ],
      [
        'through a class',
        `${fastapi}class S:\n    def __init__(self):\n        self.m = load()\n@app.get("/x")\ndef f():\n    return S()`,
        'python',
      ],
      [
        'through a method',
        `${fastapi}class S:\n    def get(self):\n        return load()\ns = S()\n@app.get("/x")\ndef f():\n    return s.get()`,
        'python',
      ],
      [
        'Flask route',
        'from flask import Flask\napp = Flask(__name__)\n@app.route("/x")\ndef f():\n    return load()',
        'python',
      ],
      [
        'HTTP handler class',
        'from http.server import BaseHTTPRequestHandler\nclass H(BaseHTTPRequestHandler):\n    def do_POST(self):\n        load()',
        'python',
      ],
      [
        'Gradio function',
        'import gradio as gr\ndef f(x):\n    return load()\ngr.Interface(fn=f, inputs="text")',
        'python',
      ],
      ['Lambda', 'def lambda_handler(event, context):\n    return load()', 'python'],
      ['Streamlit top level', 'import streamlit as st\nst.title("x")\nm = load()', 'python'],
      [
        'Express',
        "import express from 'express';\nconst app = express();\napp.post('/x', async (req, res) => { await load(); });",
        'typescript',
      ],
      ['Hono', "import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/x', (c) => load());", 'typescript'],
      ['Next route', 'export async function POST(request) { return load(); }', 'typescript', 'app/api/x/route.ts'],
      [
        'pages API',
        'export default async function handler(req, res) { await load(); }',
        'typescript',
        'pages/api/x.ts',
      ],
      ['Lambda export', 'export const handler = async (event) => load();', 'typescript'],
      [
        'an effect without dependencies',
        "import { useEffect } from 'react';\nexport function View() { useEffect(() => { load(); }); return null; }",
        'tsx',
      ],
      [
        'callback of a promise',
        "import express from 'express';\nconst app = express();\napp.get('/x', (q, r) => { q.body().then((t) => load(t)); });",
        'typescript',
      ],
      ['Worker', 'export default { async fetch(request) { return load(); } };', 'javascript'],
      ['worker message', 'self.onmessage = async (e) => { await load(); };', 'javascript'],
      ['message listener', "self.addEventListener('message', async (e) => { await load(); });", 'javascript'],
      [
        'end of a recording',
        'recorder.onstop = () => transcribe();\nasync function transcribe() { await load(); }',
        'javascript',
      ],
      [
        'helper of a handler',
        'async function embed(t) { const p = await load(); return p(t); }\nexport async function POST(r) { return embed(r); }',
        'typescript',
        'src/app/x/route.ts',
      ],
    ];
    for (const [title, text, language, path] of reached) {
      it(`reach a load: ${title}`, () => assert.ok(loadIn(text, language, path).load.place.entryPoint));
    }

    const notReached: readonly [string, string, Language, string?][] = [
      ['module level', `${fastapi}m = load()\n@app.get("/x")\ndef f():\n    return m`, 'python'],
      ['lifespan', `${fastapi}def lifespan(app):\n    load()\n@app.get("/x")\ndef f():\n    return 1`, 'python'],
      [
        'lru_cache',
        `from functools import lru_cache\n${fastapi}@lru_cache\ndef get():\n    return load()\n@app.get("/x")\ndef f():\n    return get()`,
        'python',
      ],
      [
        'guarded call',
        `${fastapi}m = None\ndef get():\n    global m\n    if m is None:\n        m = make()\n    return m\ndef make():\n    return load()\n@app.get("/x")\ndef f():\n    return get()`,
        'python',
      ],
      [
        'st.cache_resource',
        'import streamlit as st\n@st.cache_resource\ndef get():\n    return load()\nst.write(get())',
        'python',
      ],
      ['plain function', 'def f():\n    return load()', 'python'],
      ['dictionary get is no route', 'd = {}\n@d.get("x")\ndef f():\n    return load()', 'python'],
      ['map get', "const m = new Map();\nm.get('/x', () => load());", 'typescript'],
      [
        'an effect with dependencies',
        "import { useEffect } from 'react';\nexport function View() { useEffect(() => { load(); }, []); return null; }",
        'tsx',
      ],
      [
        'what an element calls once, when it is there',
        "import { useState } from 'react';\nexport function View() { const start = async () => { await load(); }; return <img onLoad={start} />; }",
        'tsx',
      ],
      ['POST outside a route file', 'export async function POST() { return load(); }', 'typescript', 'src/lib/http.ts'],
    ];
    for (const [title, text, language, path] of notReached) {
      it(`do not reach: ${title}`, () => {
        const { load } = loadIn(text, language, path);
        assert.ok(load.place.entryPoint === undefined || load.place.isMemoised, JSON.stringify(load.place.entryPoint));
      });
    }

    it('are events, not renders, in what an element is given', () => {
      const named =
        "import { useState } from 'react';\nexport function View() { const click = async () => { await load(); }; return <b onClick={click} />; }";
      const written =
        "import { useState } from 'react';\nexport function View() { return <b onClick={async () => { await load(); }} />; }";
      for (const text of [named, written]) assert.equal(loadIn(text, 'tsx').load.place.entryPoint?.kind, 'event');
    });

    it('tell the chain of functions and calls', () => {
      const { load, program } = loadIn(
        `${fastapi}def a():\n    return load()\n@app.get("/x")\ndef f():\n    return a()`,
      );
      assert.deepEqual(
        load.place.entryPoint?.path.map((step) => step.name),
        ['a'],
      );
      assert.deepEqual(
        load.place.entryPoint?.via.map((call) => program.text(call)),
        ['a()'],
      );
    });
  });

  describe('memoised values', () => {
    const kept: readonly [string, string, Language][] = [
      ['lru_cache', 'import functools\n@functools.lru_cache(maxsize=1)\ndef f():\n    return load()', 'python'],
      [
        'is None guard',
        'm = None\ndef f():\n    global m\n    if m is None:\n        m = load()\n    return m',
        'python',
      ],
      [
        'attribute guard',
        'class A:\n    def f(self):\n        if not self.m:\n            self.m = load()\n        return self.m',
        'python',
      ],
      [
        'not in dictionary',
        'cache = {}\ndef f(k):\n    if k not in cache:\n        cache[k] = load(k)\n    return cache[k]',
        'python',
      ],
      [
        'early return',
        'm = None\ndef f():\n    global m\n    if m is not None:\n        return m\n    m = load()\n    return m',
        'python',
      ],
      [
        'get, then store',
        'cache = {}\ndef f(k):\n    m = cache.get(k)\n    if m is None:\n        m = load(k)\n        cache[k] = m\n    return m',
        'python',
      ],
      [
        'KeyError',
        'cache = {}\ndef f(k):\n    try:\n        return cache[k]\n    except KeyError:\n        cache[k] = load(k)',
        'python',
      ],
      [
        'session state',
        'import streamlit as st\nif "m" not in st.session_state:\n    st.session_state.m = load()',
        'python',
      ],
      [
        'flag',
        'class A:\n    def f(self):\n        if not self.ready:\n            self.m = load()\n            self.ready = True',
        'python',
      ],
      ['??=', 'let m;\nasync function f() { return (m ??= load()); }', 'typescript'],
      ['??= awaited', 'let m;\nasync function f() { m ??= await load(); return m; }', 'typescript'],
      ['negated guard', 'let m;\nasync function f() { if (!m) { m = await load(); } return m; }', 'typescript'],
      [
        'early return in TypeScript',
        'let m;\nasync function f() { if (m) return m; m = await load(); return m; }',
        'typescript',
      ],
      [
        'map',
        'const cache = new Map();\nasync function f(k) { if (!cache.has(k)) { cache.set(k, await load(k)); } return cache.get(k); }',
        'typescript',
      ],
      ['useMemo', "import { useMemo } from 'react';\nfunction V() { return useMemo(() => load(), []); }", 'typescript'],
      [
        'static field',
        'class A { static instance; static get() { if (this.instance === undefined) this.instance = load(); return this.instance; } }',
        'typescript',
      ],
    ];
    for (const [title, text, language] of kept)
      it(`kept: ${title}`, () => assert.ok(loadIn(text, language).load.place.isMemoised));

    const notKept: readonly [string, string, Language][] = [
      ['unrelated guard', 'def f(debug):\n    if debug:\n        m = load()\n        return m', 'python'],
      ['assigned without guard', 'class A:\n    def f(self):\n        self.m = load()', 'python'],
      ['plain const', 'async function f() { const m = await load(); return m; }', 'typescript'],
      ['environment fallback', 'function f() { return process.env.M || load(); }', 'typescript'],
    ];
    for (const [title, text, language] of notKept)
      it(`not kept: ${title}`, () => assert.equal(loadIn(text, language).load.place.isMemoised, false));
  });

  describe('loops', () => {
    const purposes: readonly [string, string, Language, string | undefined][] = [
      ['for', 'for x in xs:\n    load(x)', 'python', 'items'],
      ['epochs', 'for epoch in range(3):\n    load()', 'python', 'epochs'],
      ['comprehension', '[load(x) for x in xs]', 'python', 'items'],
      ['the first iterable runs once', '[x for x in load()]', 'python', undefined],
      ['a nested function is not in the loop', 'for x in xs:\n    def f():\n        load()', 'python', undefined],
      [
        'retry',
        'for attempt in range(3):\n    try:\n        m = load()\n        break\n    except E:\n        pass',
        'python',
        'retry',
      ],
      ['interactive', 'while True:\n    t = input()\n    load(t)', 'python', 'interactive'],
      ['single pass', 'for x in xs:\n    load(x)\n    break', 'python', 'singlePass'],
      ['for of', 'for (const x of xs) { await load(x); }', 'typescript', 'items'],
      ['map callback', 'await Promise.all(xs.map(async (x) => load(x)));', 'typescript', 'items'],
      ['other callback', 'setup(() => load());', 'typescript', undefined],
      ['nested callback in a loop', 'xs.forEach((x) => { ys.map((y) => load(y)); });', 'typescript', 'items'],
    ];
    for (const [title, text, language, purpose] of purposes) {
      it(title, () => assert.equal(loadIn(text, language).load.place.loops[0]?.purpose, purpose));
    }

    it('counts turns where the text proves them', () => {
      assert.equal(loadIn('for i in range(2, 10, 2):\n    load(i)').load.place.loops[0]?.tripCount, 4);
      assert.equal(loadIn('for i in ("a", "b"):\n    load(i)').load.place.loops[0]?.tripCount, 2);
      assert.equal(loadIn('for i in xs:\n    load(i)').load.place.loops[0]?.tripCount, undefined);
    });

    const dependence: readonly [string, string, boolean][] = [
      ['loop target', 'for x in xs:\n    load(x)', true],
      ['through a local', 'for x in xs:\n    p = "a" + x\n    load(p)', true],
      ['constant local', 'for x in xs:\n    p = "a"\n    load(p)', false],
      ['outer variable', 'p = f()\nfor x in xs:\n    load(p)', false],
      ['unknown call', 'for x in xs:\n    load(pick())', true],
      ['path of constants', 'import os\nfor x in xs:\n    load(os.path.join(base, "a"))', false],
      ['attribute set in the loop', 'for x in xs:\n    self.p = x\n    load(self.p)', true],
    ];
    for (const [title, text, expected] of dependence) {
      it(`dependence: ${title}`, () => {
        const { program, load } = loadIn(text);
        const [loop] = load.place.loops;
        const argument = load.node.args[0];
        assert.ok(loop && argument);
        assert.equal(program.dependsOn(argument.value, loop), expected);
      });
    }
  });

  describe('gradients', () => {
    const states: readonly [string, string, string][] = [
      ['module level', 'import torch\nload(x)', 'on'],
      ['with no_grad', 'import torch\nwith torch.no_grad():\n    load(x)', 'off'],
      ['inference_mode decorator', 'import torch\n@torch.inference_mode()\ndef f():\n    load(x)', 'off'],
      ['bare decorator', 'from torch import no_grad\n@no_grad()\ndef f():\n    load(x)', 'off'],
      ['set_grad_enabled(False)', 'import torch\ntorch.set_grad_enabled(False)\nload(x)', 'off'],
      [
        'set_grad_enabled(False), enabled again around the place',
        'import torch\ntorch.set_grad_enabled(False)\nwith torch.enable_grad():\n    load(x)',
        'on',
      ],
      [
        'set_grad_enabled(False) in a function',
        'import torch\ndef setup():\n    torch.set_grad_enabled(False)\nload(x)',
        'unknown',
      ],
      [
        'set_grad_enabled there and back',
        'import torch\ntorch.set_grad_enabled(False)\ntorch.set_grad_enabled(True)\nload(x)',
        'unknown',
      ],
      [
        'set_grad_enabled(flag)',
        'import torch\nwith torch.set_grad_enabled(phase == "train"):\n    load(x)',
        'unknown',
      ],
      ['every caller off', 'import torch\ndef f():\n    load(x)\nwith torch.no_grad():\n    f()', 'off'],
      ['one caller on', 'import torch\ndef f():\n    load(x)\nwith torch.no_grad():\n    f()\nf()', 'on'],
      [
        'Lightning hook',
        'import lightning as L\nclass M(L.LightningModule):\n    def validation_step(self, b, i):\n        load(b)',
        'off',
      ],
      ['no_grad from a star import', 'from common import *\n@torch.no_grad()\ndef f():\n    load(x)', 'off'],
      ['unknown context manager', 'with maybe_no_grad:\n    load(x)', 'unknown'],
    ];
    for (const [title, text, expected] of states)
      it(title, () => assert.equal(loadIn(text).load.place.gradients, expected));
  });

  it('tells training from inference', () => {
    assert.equal(loadIn('def train():\n    load(x)\n    loss.backward()').load.place.phase, 'training');
    assert.equal(
      loadIn('from transformers import pipeline\npipe = pipeline("x")\npipe("y")').load.place.phase,
      'inference',
    );
    assert.equal(loadIn('load(x)').load.place.phase, 'unknown');
  });
});
