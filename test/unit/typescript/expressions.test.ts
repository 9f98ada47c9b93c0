// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources under test hold template literals
import assert from 'node:assert/strict';
import { type LowerText, typeScriptLowering } from './lowerText.ts';
import { sketch } from './sketch.ts';

const cases: Readonly<Record<string, readonly (readonly [source: string, expected: string])[]>> = {
  'names and literals': [
    ['x', 'x'],
    ['this.a', 'this.a'],
    ['super.a()', 'super.a()'],
    ['null', 'null'],
    ['undefined', 'null'],
    ['true', 'true'],
    ['/a+/g', 'opaque<>'],
    ['10n', 'opaque<>'],
    ['1_000_000', '1000000'],
    ['0xff', '255'],
    ['0b101', '5'],
    ['0o17', '15'],
    ['017', '15'],
    ['089', '89'],
    ['.5e3', '500'],
    ['-1', '(- 1)'],
  ],
  'strings and templates': [
    ["'a\\'b'", '"a\'b"'],
    ['"\\x41\\u0042\\u{1F600}\\n\\0\\101\\q"', '"AB😀\\n\\u0000Aq"'],
    ['"a\\\nb"', '"ab"'],
    ['"\\u{110000}"', '"\ufffd"'],
    ['""', '""'],
    ['`plain\\``', '"plain`"'],
    ['`a${b}c${d.e}`', 'template<"a", b, "c", d.e>'],
    ['`${a}`', 'template<a>'],
    ['`x${f(`y${z}`)}`', 'template<"x", f(template<"y", z>)>'],
    ['tag`a${b}`', 'tag(template<"a", b>)'],
    ['String.raw`a`', 'String.raw("a")'],
  ],
  'members and calls': [
    ['a.b[c]["d"]', 'a.b[c]["d"]'],
    ['a?.b?.[c]?.(d)', 'a.b[c](d)'],
    ['a[b, c]', 'a[(, b c)]'],
    ['a.#b', 'a.#b'],
    ['f()', 'f()'],
    ['f(a, ...b, { c: 1 },)', 'f(a, ...b, {c: 1})'],
    ['new Foo', 'new Foo()'],
    ['new a.B<T>(x).c()', 'new a.B(x).c()'],
    ["await import('m')", 'await import("m")'],
    ["require('m').x", 'require("m").x'],
    ['import.meta.env.KEY', 'import.meta.env.KEY'],
    ['new.target', 'new.target'],
    ['(await f()).g()', 'await f().g()'],
  ],
  'type syntax is dropped': [
    ['x as unknown as T', 'x'],
    ['<T>x', 'x'],
    ['f({ a: 1 } satisfies O)', 'f({a: 1})'],
    ['a!.b!()', 'a.b()'],
    ['f<A, B>(x)', 'f(x)'],
    ['g<string>', 'g'],
    ['((a))', 'a'],
    ['(f as any)(x as A.B.C)', 'f(x)'],
    ['f({ a } as A.B.C)', 'f({a: a})'],
    ['({} as { [k: string]: typeof y })', '{}'],
  ],
  'operators before a generic call stay outside of it': [
    ['await f<T>(x)', 'await f(x)'],
    ['await f<T>(x).then(g)', 'await f(x).then(g)'],
    ['!await c.f<T>(x)', '(! await c.f(x))'],
    ['a + f<T>(x)', '(+ a f(x))'],
    ['typeof f<T>(x)[0]', '(typeof f(x)[0])'],
  ],
  operators: [
    ['a + b * c', '(+ a (* b c))'],
    ['a + b + c', '(+ (+ a b) c)'],
    ['a ** b ** c', '(** a (** b c))'],
    ['a && b || c', '((a and b) or c)'],
    ['a ?? b', '(a nullish b)'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['!a', '(! a)'],
    ['delete a.b', '(delete a.b)'],
    ['void 0', '(void 0)'],
    ['#p in a', '(in #p a)'],
    ['a instanceof B', '(instanceof a B)'],
    ['f((a, b))', 'f((, a b))'],
  ],
  'arrays and objects': [
    ['[a, , ...b]', '[a, opaque<>, ...b]'],
    ['[, /* , */ a,]', '[opaque<>, a]'],
    ['[,,]', '[opaque<>, opaque<>]'],
    ['[]', '[]'],
    ['({ a, b: 1, "c-d": 2, 3: x, [e]: 4, ["f"]: 5, ...g })', '{a: a, b: 1, c-d: 2, 3: x, [e]: 4, f: 5, ...g}'],
    ['({ f() { g() }, async *h() {} })', '{f: method f() { g() }, h: async method h() {}}'],
    ['({ get a() { return 1 }, set a(v) {} })', '{a: get a() { return 1 }, a: set a(v) {}}'],
    ['({ [k()]() {} })', '{[k()]: method() {}}'],
  ],
  functions: [
    ['x => x', 'arrow(x) { return x }'],
    ['async (x: T, y?: U): Promise<T> => { await x }', 'async arrow(x: T, y: U): Promise<T> { await x }'],
    ['() => ({ a })', 'arrow() { return {a: a} }'],
    ['(function f(a = g(), ...r) {})', 'expression f(a = g(), ...r) {}'],
    ['(function* () { yield; yield* x })', 'expression() { yield; yield x }'],
    ['({ a, b: [c] }, [d, , e] = []) => 1', 'arrow({a: a, b: [c]}, [d, opaque<>, e] = []) { return 1 }'],
    ['(function (this: Foo, x: T) {})', 'expression(x: T) {}'],
    ['x = class A extends B {}', 'x = class A(B) {}'],
  ],
  'assignments as expressions': [
    ['f(a = b)', 'f((a = b))'],
    ['f(a ??= b())', 'f((a ??= b()))'],
    ['f(x++, --y)', 'f((x ++ x), (y -- y))'],
    ['f(g().n++)', 'f((g().n ++ opaque<>))'],
    ['f({ a: b = 1, ...c } = d)', 'f(({a: (b = 1), ...c} = d))'],
  ],
};

const jsx: readonly (readonly [source: string, expected: string])[] = [
  ['<div />', 'opaque<>'],
  ['<Foo.Bar a="x" b={f()} {...c} d>{g()}text<p>{h()}</p></Foo.Bar>', 'opaque<Foo.Bar, "x", f(), c, g(), opaque<h()>>'],
  ['<>{...a}{/* nothing */}{}</>', 'opaque<a>'],
  ['<my-element n:a={x} onClick={() => f()} />', 'opaque<x, arrow() { return f() }>'],
  ['<T,>(x: T) => x', 'arrow(x: T) { return x }'],
];

describe('TypeScript expressions', () => {
  let lower: LowerText;

  before(async () => {
    lower = await typeScriptLowering();
  });

  for (const [title, pairs] of Object.entries(cases)) {
    describe(title, () => {
      for (const [source, expected] of pairs) {
        it(source, () => {
          assert.equal(sketch(lower(source).body), expected);
        });
      }
    });
  }

  describe('JSX', () => {
    for (const [source, expected] of jsx) {
      it(source, () => {
        assert.equal(sketch(lower(source, 'tsx').body), expected);
      });
    }
  });
});
