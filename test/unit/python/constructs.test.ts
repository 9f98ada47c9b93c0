import assert from 'node:assert/strict';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { lowerPython } from '../../../src/languages/python/lowerPython.ts';
import { loadParsers, parseOrFail } from '../syntax/loadParsers.ts';
import { sketch } from './sketch.ts';

/** Source and its sketch, grouped by construct. Every source is valid Python 3.13 unless its group says otherwise. */
const constructs: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  imports: [
    ['import torch', 'import torch .>torch'],
    ['import torch.nn.functional as F, os.path', 'import torch.nn.functional .>F; import os.path .>os'],
    ['from transformers import (AutoModel as A,\n  pipeline,)', 'from transformers AutoModel>A,pipeline>pipeline'],
    ['from . import a', 'from . a>a'],
    ['from ...pkg.mod import b', 'from ...pkg.mod b>b'],
    ['from x import *', 'from x *>-'],
    ['from __future__ import annotations', 'from __future__ annotations>annotations'],
    ['import a . b', 'import a.b .>a'],
    ['try:\n  import a\nexcept ImportError:\n  a = None', 'try {import a .>a} except ImportError {a = null}'],
    ['if X:\n  import a', 'if X {import a .>a}'],
  ],
  assignments: [
    ['a = b = c, d = v', 'a = b = tuple<c, d> = v'],
    ['x: int', 'x: int'],
    ['x: List[int] = []', 'x: List[int] = list<>'],
    ['x += 1', 'x += 1'],
    ['x //= y', 'x //= y'],
    ['a.b[0] = 1', 'a.b[0] = 1'],
    ['a, *b = c', 'tuple<a, *b> = c'],
    ['[a, (b, c)] = d', 'list<a, tuple<b, c>> = d'],
    ['(a) = 1', 'a = 1'],
    ['(a,) = b', 'tuple<a> = b'],
    ['(a,  # one, or two\n) = b', 'tuple<a> = b'],
    ['(a  # not a tuple, this\n) = b', 'a = b'],
    ['a = yield', 'a = yield'],
    ['a = b,', 'a = tuple<b>'],
    ['type X[T] = list[T]', 'X = ?[]'],
    ['type = 1', 'type = 1'],
    ['type(m).x[0] = f(2)', 'type(m).x[0] = f(2)'],
    ['type(a, b)[0].c: int = 1', 'type(a, b)[0].c = 1'],
    ['print((y := f(x)))', 'print((y := f(x)))'],
  ],
  functions: [
    ['def f(): pass', 'declaration f() {?[]}'],
    [
      'def f[T](a, b: int = 1, /, *args: int, c=2, d: str, **kw) -> list[int]:\n  return a',
      'declaration f(a, b: int = 1, *args: int, kw c = 2, kw d: str, **kw) -> list[int] {return a}',
    ],
    ['def f(a, *, b): ...', 'declaration f(a, kw b) {?[]}'],
    ['async def f():\n  await g()', 'async declaration f() {await g()}'],
    ['@torch.no_grad()\n@x\ndef f():\n  yield 1', '@torch.no_grad() @x declaration f() {yield 1}'],
    ['lambda x, *y, z=1: x(z)', 'lambda (x, *y, kw z = 1) {return x(z)}'],
    ['lambda: (yield)', 'lambda () {return yield}'],
    ['def f():\n  yield from g()', 'declaration f() {yield *g()}'],
    ['def f():\n  return 1, 2', 'declaration f() {return tuple<1, 2>}'],
    [
      'def f():\n  global a, b\n  def g():\n    nonlocal c',
      'declaration f() {global a, b; declaration g() {nonlocal c}}',
    ],
  ],
  classes: [
    ['class A: pass', 'class A() {?[]}'],
    ['class A[T](B, *C, metaclass=M, **k): x = 1', 'class A(B, *C, metaclass=M, **k) {x = 1}'],
    [
      '@d\nclass A:\n  x: int = 1\n  @staticmethod\n  def f(): ...\n  async def g(self):\n    def h(): ...',
      '@d class A() {x: int = 1; @staticmethod static method f() {?[]}; async method g(self) {declaration h() {?[]}}}',
    ],
    ['class A:\n  if X:\n    def f(self): ...', 'class A() {if X {method f(self) {?[]}}}'],
  ],
  'control flow': [
    ['if a: b\nelif c: d\nelif e: f\nelse: g', 'if a {b} else {if c {d} else {if e {f} else {g}}}'],
    ['for i, (a, b) in x, y: pass\nelse: c', 'for tuple<i, tuple<a, b>> in tuple<x, y> {?[]} else {c}'],
    ['while a:\n  break\nelse:\n  continue', 'while a {break} else {continue}'],
    ['async def f():\n  async for a in b: c', 'async declaration f() {async for a in b {c}}'],
    [
      'try: a\nexcept (A, B) as e: b\nexcept C: c\nexcept: d\nelse: e\nfinally: f',
      'try {a} except tuple<A, B> as e {b} except C {c} except {d} else {e} finally {f}',
    ],
    ['try: a\nexcept* A as e: b', 'try {a} except A as e {b}'],
    ['raise X(a) from e', 'raise X(a) from e'],
    ['raise X from f(e)', 'raise X from f(e)'],
    ['raise', 'raise'],
    ['assert f(a), b', '?[f(a), b]'],
    ['del a[f(0)], b', '?[tuple<a[f(0)], b>]'],
    ['a; b; c', 'a; b; c'],
    ['if a: b; c', 'if a {b; c}'],
  ],
  with: [
    ['with a as b: c', 'with a as b {c}'],
    ['with a, b() as c: d', 'with a, b() as c {d}'],
    ['with (a as b, c as d): e', 'with a as b, c as d {e}'],
    ['with (a as b): c', 'with a as b {c}'],
    ['with (a(), b()): c', 'with a(), b() {c}'],
    ['with (\n  a() as x,\n  b(),\n): c', 'with a() as x, b() {c}'],
    ['with (a): c', 'with a {c}'],
    ['with (a, b) as c: d', 'with tuple<a, b> as c {d}'],
    ['with a as (b, c): d', 'with a as tuple<b, c> {d}'],
    ['with a() if b else c() as d: e', 'with (b ? a() : c()) as d {e}'],
    ['with a as b.c[0]: d', 'with a as b.c[0] {d}'],
    ['async def f():\n  async with a: b', 'async declaration f() {with a {b}}'],
  ],
  match: [
    ['match a:\n  case 1 | "b" | -2: c', 'match a {case 1 | "b" | (- 2) {c}}'],
    ['match a, b:\n  case x, [y, *z]: c', 'match tuple<a, b> {case tuple<x, list<y, *z>> {c}}'],
    ['match a:\n  case {"k": v, **r}: c', 'match a {case {k: v, **r} {c}}'],
    ['match a:\n  case P(x, y=z) if f(z): c', 'match a {case (case P x ?[z]) if f(z) {c}}'],
    ['match a:\n  case A.B: c\n  case (x): d\n  case (x,): e', 'match a {case A.B {c} case x {d} case tuple<x> {e}}'],
    ['match a:\n  case None: c\n  case 1 as q: d\n  case _: e', 'match a {case null {c} case ?[1, q] {d} case _ {e}}'],
    ['match = re.match(a)\nmatch(b)\nmatch[c]', 'match = re.match(a); match(b); match[c]'],
  ],
  calls: [
    ['f(a, *b, c=1, **d)', 'f(a, *b, c=1, **d)'],
    ['f(x for x in y)', 'f(generator<x for x in y>)'],
    ['f((a), b,)', 'f(a, b)'],
    ['a.b(c)(d)[e].f', 'a.b(c)(d)[e].f'],
    ['print(a, file=b)', 'print(a, file=b)'],
    ['f(a := 1, *b or c)', 'f((a := 1), *(b or c))'],
    ['f(  # a, b\n  1,  # c\n)', 'f(1)'],
    ['[*a.b(c)[0]], {*a.b()}, (*a or b, 1)', 'tuple<list<*a.b(c)[0]>, set<*a.b()>, tuple<*(a or b), 1>>'],
    ['ｆｏｏ(ｂ=1).ｃ', 'foo(b=1).c'],
  ],
  operators: [
    ['a + b * -c', '(+ a (* b (- c)))'],
    ['not a and b or c', '(((not a) and b) or c)'],
    ['a < b', '(< a b)'],
    ['a < b not in c is  not d', '(< not in is not a b c d)'],
    ['a is not None', '(is not a null)'],
    ['a if b else c', '(b ? a : c)'],
    ['(a  # why\n if b\n else c)', '(b ? a : c)'],
    ['a @ b ** c', '(@ a (** b c))'],
    [
      'x[1:2, ::3, :, a:, ..., *b]',
      'x[(slice 1 2 null), (slice null null 3), (slice null null null), (slice a null null), ?[], *b]',
    ],
    ['x[(lambda: 0)():b]', 'x[(slice lambda () {return 0}() b null)]'],
  ],
  collections: [
    ['[1, *a, (2, 3), {4}]', 'list<1, *a, tuple<2, 3>, set<4>>'],
    ['()', 'tuple<>'],
    ['a,', 'tuple<a>'],
    ['{"k": 1, 2: b, c: d, **e}', '{k: 1, 2: b, c: d, **e}'],
    ['[x for x in a if b if c for y in x]', 'list<x for x in a if b if c for y in x>'],
    ['{k: v for k, v in a}', 'mapping<k: v for tuple<k, v> in a>'],
    ['{x async for x in a}', 'set<x for x in a>'],
    ['[f for f in (lambda: 1, g)]', 'list<f for f in tuple<lambda () {return 1}, g>>'],
  ],
  strings: [
    [String.raw`'a\n\x41\u00e9\U0001F600\101\'\q'`, JSON.stringify("a\nAé😀A'\\q")],
    [String.raw`r'a\n'`, JSON.stringify('a\\n')],
    ['"a" \'b\'\n', '"ab"'],
    ['("a"\n "b"  # c\n "d")', '"abd"'],
    ['"""a\r\nb"""', JSON.stringify('a\nb')],
    ['"a\\\nb"', '"ab"'],
    ['u"a"', '"a"'],
    ['""', '""'],
    ['b"a"', '?[]'],
    ['b"a" b"c"', '?[?[], ?[]]'],
    ['f"a"', '"a"'],
    ['f"{{a}}"', '"{a}"'],
    ['f"a{b}c{d.e()}"', 'f("a" b "c" d.e())'],
    ['f"{a!r}{b:.2f}{c=}{d:{e}}"', 'f(?[a] ?[b] ?[c] ?[d, e])'],
    ['"a" f"{b}" "c" "d"', 'f("a" b "cd")'],
    ['rf"\\d{a}"', 'f("\\\\d" a)'],
    [String.raw`"\N{DASH}\xZZ"`, JSON.stringify('\\N{DASH}\\xZZ')],
  ],
  numbers: [
    ['1_000', '1000'],
    ['0x1F, 0o17, 0b11, 00', 'tuple<31, 15, 3, 0>'],
    ['1e-3, 1., .5, 1_0.5', 'tuple<0.001, 1, 0.5, 10.5>'],
    ['9007199254740993', '?[]'],
    ['1j', '?[]'],
    ['1e999', '?[]'],
    ['True, False, None', 'tuple<true, false, null>'],
  ],
  'Python 2': [
    ['print >>x, "a", f(b)', '?[?[x], "a", f(b)]'],
    ['print "a" % b', '?[(% "a" b)]'],
    ['exec "code" in f(ns)', '?["code", f(ns)]'],
    ['try: a\nexcept A, e: b', 'try {a} except tuple<A, e> {b}'],
    ['0777, 10L', 'tuple<?[], 10>'],
  ],
};

describe('lowerPython', () => {
  let parsers: Parsers;

  before(async () => {
    parsers = await loadParsers('python');
  });

  after(() => parsers.dispose());

  for (const [group, examples] of Object.entries(constructs)) {
    describe(group, () => {
      for (const [source, expected] of examples) {
        it(JSON.stringify(source), () => {
          const module = lowerPython(parseOrFail(parsers, 'python', source));
          assert.equal(sketch(module.body), expected);
          assert.equal(module.hasSyntaxErrors, false);
        });
      }
    });
  }
});
