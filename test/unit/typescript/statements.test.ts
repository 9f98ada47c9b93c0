import assert from 'node:assert/strict';
import { type LowerText, typeScriptLowering } from './lowerText.ts';
import { sketch } from './sketch.ts';

const cases: Readonly<Record<string, readonly (readonly [source: string, expected: string])[]>> = {
  imports: [
    ["import a from 'm'", 'import default as a from m'],
    ["import { a, b as c } from 'm'", 'import a as a, b as c from m'],
    ["import a, * as n from 'm'", 'import default as a, * as n from m'],
    ["import { default as a, 'x-y' as b } from 'm'", 'import default as a, x-y as b from m'],
    ["import 'm'", 'import  from m'],
    ["import {} from 'm'", 'import  from m'],
    ["import type { A } from 'm'", ''],
    ["import type A from 'm'", ''],
    ["import { type A } from 'm'", ''],
    ["import a, { type B, c } from 'm'", 'import default as a, c as c from m'],
    ["import type from 'm'", 'import default as type from m'],
    ["import { type as t } from 'm'", 'import type as t from m'],
    ["import x = require('m')", 'import * as x from m'],
    ['import x = N.a.b', 'const x = N.a.b'],
    ["import data from './d.json' with { type: 'json' }", 'import default as data from ./d.json'],
  ],
  exports: [
    ['export const a = 1, { b, c: [d] } = e', 'export a=a, b=b, d=d; const a = 1; const {b: b, c: [d]} = e'],
    ['export function f() {}', 'export f=f; declaration f() {}'],
    ['export class A {}', 'export A=A; class A {}'],
    ['export enum E { A }', 'export E=E; class E { static field A }'],
    ['export { a, b as c }', 'export a=a, c=b'],
    ["export { a as default, default as b } from 'm'", 'export default=a, b=default from m'],
    ["export * from 'm'", 'export *=* from m'],
    ["export * as n from 'm'", 'export n=* from m'],
    ['export default f(x)', 'export f(x)'],
    ['export default function f() {}', 'export default=f; declaration f() {}'],
    ['export default async () => 1', 'export async arrow() { return 1 }'],
    ['export default class {}', 'export class  {}'],
    ['export = a.b', 'export a.b'],
    ['export type { A }', ''],
    ["export type * from 'm'", ''],
    ['export { type A }', ''],
    ['export interface I { a: string }', ''],
    ['export type T = string', ''],
    ['export declare const a: string', 'export a=a; const a: string'],
    ['export declare function f(): void', ''],
    ['export as namespace N', ''],
    ['module.exports = { a }', 'module.exports = {a: a}'],
    ['exports.x = f()', 'exports.x = f()'],
    ['@d() export class A {}', 'export A=A; @d() class A {}'],
  ],
  declarations: [
    ['const a: T<U> = 1', 'const a: T<U> = 1'],
    ['let a = 1, b, c = 2', 'let a = 1; let b; let c = 2'],
    ['var a', 'var a'],
    ['let a!: string', 'let a: string'],
    ['const { a = f(), b: { c }, ...d } = e', 'const {a: (a = f()), b: {c: c}, ...d} = e'],
    ['const [a, , b = 1, ...c] = d', 'const [a, opaque<>, (b = 1), ...c] = d'],
    ['using a = f()', 'using a = f()'],
    ['await using a = f()', 'using a = f()'],
    [
      'function f({ a, b: c = 1 }: O = {}, ...r: T[]): void {}',
      'declaration f({a: a, b: (c = 1)}: O = {}, ...r: T[]): void {}',
    ],
    ['async function* f() {}', 'async declaration f() {}'],
    ['function f(a: string): void; function f(a: any) {}', 'declaration f(a: any) {}'],
    ['declare module "m" { const a: string }', ''],
    ['declare global { var a: string }', ''],
    ['declare const a: string', 'const a: string'],
    ['namespace N.M { export const a = f() }', '{ const a = f() }'],
    ['enum E { A, B = f(), "c" = 2 }', 'class E { static field A; static field B = f(); static field c = 2 }'],
    ['const enum E { A = 1 }', 'class E { static field A = 1 }'],
  ],
  classes: [
    ['class A<T> extends B<T>(x) implements C {}', 'class A(B(x)) {}'],
    ['abstract class A { abstract f(): void; g() {} }', 'class A { method g() {} }'],
    [
      'class A { a = 1; static b; #c: T = f(); declare d: U }',
      'class A { field a = 1; static field b; field #c: T = f(); field d: U }',
    ],
    ['class A { static { f() } }', 'class A { { f() } }'],
    [
      'class A { get a() { return 1 } static async *b() {} #c() {} }',
      'class A { get a() { return 1 }; static async method b() {}; method #c() {} }',
    ],
    ['class A { [k()]() {} }', 'class A { opaque<k()>; method() {} }'],
    ['class A { [k()] = 1 }', 'class A { opaque<k()>; field opaque<> = 1 }'],
    [
      '@d @e(1) class A { @f() m() {} @g() n = 1 }',
      '@d @e(1) class A { @f() method m() {}; opaque<g()>; field n = 1 }',
    ],
    [
      'class A { constructor(private a: T, b: U) { f() } }',
      'class A { method constructor(a: T, b: U) { this.a = a; f() } }',
    ],
    [
      'class A { constructor(@I(x) readonly a = g()) {} }',
      'class A { opaque<I(x)>; method constructor(a = g()) { this.a = a } }',
    ],
    ['class A { [key: string]: T; f?(): void; f = () => 1 }', 'class A { field f = arrow() { return 1 } }'],
  ],
  assignments: [
    ['a = b = c', 'a = b = c'],
    ['a.b += c', 'a.b += c'],
    ['a ??= f()', 'a ??= f()'],
    ['a ||= b; a &&= c', 'a ||= b; a &&= c'],
    ['x++', '(x ++ x)'],
    ['[a.b, c = 2] = d', '[a.b, (c = 2)] = d'],
    ['({ a, b: c[0], ...r } = d)', '{a: a, b: c[0], ...r} = d'],
    ['(x as any) = 1', 'x = 1'],
    ['a = 1, f(), b += 2', 'a = 1; f(); b += 2'],
  ],
  control: [
    ['if (a) f(); else if (b) { g() } else h()', 'if a { f() } else { if b { g() } else { h() } }'],
    ['for (const [a, b] of c) f(a)', 'for (const [a, b] each c) { f(a) }'],
    ['for (x.y of z);', 'for (x.y each z) {}'],
    ['for await (const a of b()) {}', 'for await (const a each b()) {}'],
    ['for (let k in o) { f(k) }', 'for (let k keys o) { f(k) }'],
    [
      'for (let i = 0, n = g(); i < n; i++, f()) h()',
      'for (let i = 0; let n = g(); (< i n); (, (i ++ i) f())) { h() }',
    ],
    ['for (i = 0;;) {}', 'for (i = 0; ; ) {}'],
    ['for (;;) break', 'for (; ; ) { break }'],
    ['while (f()) g()', 'while f() { g() }'],
    ['do { f() } while (g())', 'do-while g() { f() }'],
    ['outer: for (;;) { continue outer }', '{ for (; ; ) { continue } }'],
    ['switch (a) { case 1: case f(): g(); break; default: h() }', 'match a case 1 | f() { g(); break } case  { h() }'],
    ['switch (a) { case 1: default: f() }', 'match a case 1 {} case  { f() }'],
    [
      'try { f() } catch ({ message }: any) { g() } finally { h() }',
      'try { f() } catch {message: message} { g() } finally { h() }',
    ],
    ['try {} catch {}', 'try {} catch {} finally {}'],
    ['throw new E("m")', 'raise new E("m")'],
    ['{ let a = 1 }', '{ let a = 1 }'],
    ['with (a) f()', '{ opaque<a>; f() }'],
    ['debugger; ;', ''],
    ["'use client'; f()", '"use client"; f()'],
    ['#!/usr/bin/env node\nf()', 'f()'],
    ['interface I {} type T = typeof f; f()', 'f()'],
    ['function f() { return }', 'declaration f() { return }'],
    ['function f() { return a, b }', 'declaration f() { return (, a b) }'],
  ],
};

describe('TypeScript statements', () => {
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
});
