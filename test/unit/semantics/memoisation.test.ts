import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import type { Place } from '../../../src/core/semantics/place.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, programOf } from '../../support/programOf.ts';

type Case = readonly [title: string, expected: string, text: string, language: Language, path?: string];

describe('memoised values and gradients by spelling', () => {
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

  const memoised: readonly Case[] = [
    [
      'useMemo',
      'true',
      "import { useMemo } from 'react';\nexport function V() { const m = useMemo(() => load(), []); return <p/>; }",
      'tsx',
    ],
    [
      'React.useMemo',
      'true',
      "import React from 'react';\nexport function V() { const m = React.useMemo(() => load(), []); return <p/>; }",
      'tsx',
    ],
    [
      'useRef guard',
      'true',
      "import { useRef } from 'react';\nexport function V() { const r = useRef(null); if (!r.current) { r.current = load(); } return <p/>; }",
      'tsx',
    ],
    ['??= this', 'true', 'class A { async get() { this.m ??= await load(); return this.m; } }', 'typescript'],
    [
      'returned assignment',
      'true',
      'let m;\nasync function get() { if (m) return m; return (m = await load()); }',
      'typescript',
    ],
    [
      'Object.assign',
      'true',
      'const s = {};\nasync function get() { if (s.m) return; const m = await load(); Object.assign(s, { m }); }',
      'typescript',
    ],
    [
      'Object.assign into a fresh object',
      'false',
      'async function get() { const s = {}; if (s.m) return; const m = await load(); Object.assign(s, { m }); return s; }',
      'typescript',
    ],
    ['static ??=', 'true', 'class A { static async get() { return (A.m ??= load()); } }', 'typescript'],
    [
      'global this',
      'true',
      'const g = globalThis as any;\nexport const get = () => (g.m = g.m || load());',
      'typescript',
    ],
    ['ternary', 'true', 'let m;\nfunction get() { m = m ? m : load(); return m; }', 'typescript'],
    [
      'if typeof',
      'true',
      "let m;\nasync function get() { if (typeof m === 'undefined') { m = await load(); } return m; }",
      'typescript',
    ],
    [
      'promise single',
      'true',
      'let p = null;\nfunction get() { if (p === null) { p = load(); } return p; }',
      'typescript',
    ],
    [
      'class promise nested',
      'true',
      "class P { static instance = null; static async getInstance(cb) { if (this.instance === null) { const { pipeline } = await import('@xenova/transformers'); this.instance = load(); } return this.instance; } }",
      'typescript',
    ],
    ['return early not', 'true', 'let m;\nasync function get() { if (!m) m = await load(); return m; }', 'typescript'],
    ['dict setdefault py', 'false', 'cache = {}\ndef f(k):\n    return cache.setdefault(k, load(k))', 'python'],
    [
      'dict get or',
      'true',
      'cache = {}\ndef f(k):\n    m = cache.get(k) or load(k)\n    cache[k] = m\n    return m',
      'python',
    ],
    ['hasattr', 'true', 'def f():\n    if not hasattr(f, "m"):\n        f.m = load()\n    return f.m', 'python'],
    [
      'self hasattr',
      'true',
      'class A:\n    def f(self):\n        if not hasattr(self, "m"):\n            self.m = load()\n        return self.m',
      'python',
    ],
    [
      'getattr',
      'true',
      'class A:\n    def f(self):\n        if getattr(self, "m", None) is None:\n            self.m = load()\n        return self.m',
      'python',
    ],
    [
      'None ==',
      'true',
      'm = None\ndef f():\n    global m\n    if m == None:\n        m = load()\n    return m',
      'python',
    ],
    [
      'property cached',
      'true',
      'from functools import cached_property\nclass A:\n    @cached_property\n    def m(self):\n        return load()',
      'python',
    ],
    [
      '__new__ singleton',
      'true',
      'class A:\n    _i = None\n    def __new__(cls):\n        if cls._i is None:\n            cls._i = super().__new__(cls)\n            cls._i.m = load()\n        return cls._i',
      'python',
    ],
    [
      'walrus',
      'true',
      'c = {}\ndef f(k):\n    if (m := c.get(k)) is None:\n        m = c[k] = load(k)\n    return m',
      'python',
    ],
    [
      'st old cache',
      'true',
      'import streamlit as st\n@st.cache(allow_output_mutation=True)\ndef f():\n    return load()',
      'python',
    ],
    [
      'st call form',
      'true',
      'import streamlit as st\ndef f():\n    return load()\ng = st.cache_resource(f)\ng()',
      'python',
    ],
    [
      'st cache_resource args',
      'true',
      'import streamlit as st\n@st.cache_resource(show_spinner=False)\ndef f():\n    return load()',
      'python',
    ],
    [
      'from streamlit import',
      'true',
      'from streamlit import cache_resource\n@cache_resource\ndef f():\n    return load()',
      'python',
    ],
    [
      'lru_cache call',
      'true',
      'from functools import lru_cache\ndef f():\n    return load()\ng = lru_cache(maxsize=None)(f)',
      'python',
    ],
    [
      'lru alias',
      'true',
      'from functools import lru_cache as memo\n@memo(None)\ndef f():\n    return load()',
      'python',
    ],
    [
      'cache lock',
      'true',
      'import threading\nlock = threading.Lock()\nm = None\ndef f():\n    global m\n    with lock:\n        if m is None:\n            m = load()\n    return m',
      'python',
    ],
    [
      'try NameError',
      'true',
      'def f():\n    global m\n    try:\n        m\n    except NameError:\n        m = load()\n    return m',
      'python',
    ],
    [
      'if "m" in globals',
      'true',
      'def f():\n    global m\n    if "m" not in globals():\n        m = load()\n    return m',
      'python',
    ],
    ['singleton class dec', 'true', '@singleton\nclass A:\n    def __init__(self):\n        self.m = load()', 'python'],
    ['metaclass', 'true', 'class A(metaclass=Singleton):\n    def __init__(self):\n        self.m = load()', 'python'],
    [
      'early in ternary py',
      'true',
      'm = None\ndef f():\n    global m\n    m = m if m is not None else load()\n    return m',
      'python',
    ],
    ['or py', 'true', 'class A:\n    def f(self):\n        self.m = self.m or load()\n        return self.m', 'python'],
    [
      'react useState lazy',
      'true',
      "import { useState } from 'react';\nexport function V() { const [m] = useState(() => load()); return <p/>; }",
      'tsx',
    ],
    ['lodash once', 'true', "import { once } from 'lodash';\nconst get = once(() => load());", 'typescript'],
    ['lodash memoize default', 'true', "import _ from 'lodash';\nconst get = _.memoize(() => load());", 'typescript'],
    [
      'react cache',
      'true',
      "import { cache } from 'react';\nexport const get = cache(async () => load());",
      'typescript',
    ],
    [
      'map get',
      'true',
      'const c = new Map();\nfunction get(k) { let m = c.get(k); if (!m) { m = load(k); c.set(k, m); } return m; }',
      'typescript',
    ],
    [
      'in object',
      'true',
      'const c = {};\nfunction get(k) { if (!(k in c)) { c[k] = load(k); } return c[k]; }',
      'typescript',
    ],
    [
      'method that sets what was missing',
      'true',
      'class A:\n    def load(self):\n        self.m = self.fetch()\n    def f(self):\n        if self.m is None:\n            self.load()\n        return self.m',
      'python',
    ],
    [
      'method of another object that sets what was missing',
      'true',
      'class A:\n    m = None\n    def load(self):\n        self.m = fetch()\na = A()\ndef f():\n    if a.m is None:\n        a.load()\n    return a.m',
      'python',
    ],
    [
      'method that sets something else',
      'false',
      'class A:\n    def load(self):\n        self.other = fetch()\n    def f(self):\n        if flag:\n            self.load()\n        return self.m',
      'python',
    ],
    [
      'function that sets the global that was missing',
      'true',
      'let m;\nasync function load() { m = await fetch(); }\nasync function get() { if (!m) await load(); return m; }',
      'typescript',
    ],
    [
      'method that cannot be looked into, of the object that is asked',
      'true',
      'def f(service):\n    if service.model is None:\n        service.load()\n    return service.model',
      'python',
    ],
    [
      'method that cannot be looked into, of another object',
      'false',
      'def f(service, x):\n    if x is None:\n        service.load()\n    return service.model',
      'python',
    ],
    [
      'dictionary made in the call',
      'false',
      'def f(k):\n    cache = {}\n    if k not in cache:\n        cache[k] = load(k)\n    return cache[k]',
      'python',
    ],
    [
      'map made in the call',
      'false',
      'function f(k) { const c = new Map(); if (!c.has(k)) c.set(k, load(k)); return c.get(k); }',
      'typescript',
    ],
    [
      'another key of the session',
      'false',
      'import streamlit as st\nif "a" not in st.session_state:\n    st.session_state["b"] = load()',
      'python',
    ],
    [
      'the key of the session',
      'true',
      'import streamlit as st\nif "a" not in st.session_state:\n    st.session_state.a = load()',
      'python',
    ],
    [
      'lru_cache of nothing',
      'false',
      'from functools import lru_cache\n@lru_cache(maxsize=0)\ndef f():\n    return load()',
      'python',
    ],
    [
      'useMemo without dependencies',
      'false',
      "import { useMemo } from 'react';\nexport function V() { const m = useMemo(() => load()); return <p/>; }",
      'tsx',
    ],
    [
      'useCallback, which keeps the function only',
      'false',
      "import { useCallback } from 'react';\nexport function V() { const f = useCallback(async () => { await load(); }, []); return <p/>; }",
      'tsx',
    ],
    ['nullish return', 'true', 'const c = new Map();\nfunction get(k) { return c.get(k) ?? load(k); }', 'typescript'],
  ];
  for (const [title, expected, text, language, path] of memoised)
    it(`kept: ${title}`, () => assert.equal(String(placeIn(text, language, path).isMemoised), expected));

  const gradients: readonly Case[] = [
    [
      'enable_grad in no_grad',
      'on',
      'import torch\nwith torch.no_grad():\n    with torch.enable_grad():\n        load()',
      'python',
    ],
    ['no_grad no call', 'off', 'import torch\n@torch.no_grad\ndef f():\n    load()', 'python'],
    ['from import inference_mode', 'off', 'from torch import inference_mode as im\nwith im():\n    load()', 'python'],
    ['multi with', 'off', 'import torch\nwith torch.cuda.amp.autocast(), torch.no_grad():\n    load()', 'python'],
    ['assigned ctx', 'off', 'import torch\nctx = torch.no_grad()\nwith ctx:\n    load()', 'python'],
    [
      'nullcontext cond',
      'unknown',
      'import torch, contextlib\nctx = torch.no_grad() if x else contextlib.nullcontext()\nwith ctx:\n    load()',
      'python',
    ],
    [
      'class decorator base',
      'off',
      'import torch\nclass A(torch.nn.Module):\n    @torch.no_grad()\n    def f(self):\n        load()',
      'python',
    ],
    ['torch._C', 'off', 'import torch\ntorch.autograd.set_grad_enabled(False)\nload()', 'python'],
  ];
  for (const [title, expected, text, language, path] of gradients)
    it(`gradients: ${title}`, () => assert.equal(placeIn(text, language, path).gradients, expected));
});
