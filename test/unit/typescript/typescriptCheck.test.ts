import assert from 'node:assert/strict';
import { parsesAsTypeScript } from '../../../src/host/fixCheck/typescriptCheck.ts';

describe('parsesAsTypeScript', () => {
  const valid: readonly (readonly [path: string, text: string])[] = [
    ['empty.ts', ''],
    ['types.ts', 'const x = <Extractor>await pipeline<"embed">("a", { dtype: "q8" } satisfies Options);'],
    ['view.tsx', 'export const View = () => <p>{f<string>(x)}</p>;'],
    ['view.jsx', 'export const View = () => <p {...props} />;'],
    ['script.js', '<p>text</p>'],
    ['module.mjs', 'const m = await import("m"); export default m;'],
    ['common.cjs', '"use strict"; module.exports = require("./m");'],
    ['bom.ts', '\ufeffconst a = 1;\r\n'],
    ['next.ts', 'using file = open(); class A { accessor x = 1; static {} }'],
  ];

  for (const [path, text] of valid) {
    it(`accepts ${path}`, () => {
      assert.equal(parsesAsTypeScript(text, path), true);
    });
  }

  it('tells the place of an error, lines from 1 and columns from 0', () => {
    assert.deepEqual(parsesAsTypeScript('const a = 1;\nconst b = ;\n', 'a.ts'), {
      message: 'Expression expected.',
      line: 2,
      column: 10,
    });
  });

  it('counts columns in UTF-16 code units', () => {
    const problem = parsesAsTypeScript('const a = "😀" + ;', 'a.js');
    assert.ok(problem !== true);
    assert.equal(problem.column, 17);
  });

  it('rejects JSX in files that cannot hold it', () => {
    for (const path of ['a.ts', 'a.mts', 'a.cts', 'A.TS'])
      assert.notEqual(parsesAsTypeScript('<p>text</p>', path), true);
  });

  it('rejects what a bad edit leaves behind', () => {
    const broken = [
      'f(a, b',
      'const { a = f();',
      'f(x, { dtype: "q8" ',
      'await pipeline("a", , "b")',
      'if (a) {',
      '`${a',
    ];
    for (const text of broken) assert.notEqual(parsesAsTypeScript(text, 'a.ts'), true, text);
  });

  it('never throws, even on nesting that exhausts the compiler', () => {
    const problem = parsesAsTypeScript(`x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`, 'deep.ts');
    assert.ok(problem !== true);
    assert.match(problem.message, /./);
    assert.equal(problem.line, 1);
  });
});
