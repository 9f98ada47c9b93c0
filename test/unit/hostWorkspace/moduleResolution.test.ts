import assert from 'node:assert/strict';
import { scanImports } from '../../../src/host/workspace/importScan.ts';
import { ModuleResolution } from '../../../src/host/workspace/moduleResolution.ts';
import { MemoryFileSystem } from './memoryFileSystem.ts';

type Files = Readonly<Record<string, string>>;

async function resolve(files: Files, from: string, specifier: string): Promise<string | undefined> {
  const absolute = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text]));
  return (await new ModuleResolution(new MemoryFileSystem(absolute), '/w').resolve(from, [specifier]))[0];
}

describe('modules of a workspace', () => {
  const tsconfig = (compilerOptions: unknown, more: object = {}): string =>
    JSON.stringify({ compilerOptions, ...more });
  const cases: readonly [string, Files, string, string, string | undefined][] = [
    ['a relative import', { 'a/b.ts': '' }, 'a/c.ts', './b', 'a/b.ts'],
    ['a compiled name', { 'a/b.ts': '' }, 'a/c.ts', './b.js', 'a/b.ts'],
    ['a library', { 'node_modules/x/index.js': '' }, 'a.ts', 'x', undefined],
    ['a data file', { 'a.json': '{}' }, 'b.ts', './a.json', undefined],
    ['a path above the root', { 'a.ts': '' }, 'b.ts', '../../a', undefined],
    [
      'an alias of Vite',
      {
        'vite.config.ts': "export default { resolve: { alias: { '@': path.resolve(__dirname, './src') } } }",
        'src/a.ts': '',
      },
      'src/x/b.ts',
      '@/a',
      'src/a.ts',
    ],
    [
      'an alias of Vite by URL',
      {
        'vite.config.ts':
          "export default { resolve: { alias: { '~lib': fileURLToPath(new URL('./src/lib', import.meta.url)) } } }",
        'src/lib/a.ts': '',
      },
      'b.ts',
      '~lib/a',
      'src/lib/a.ts',
    ],
    [
      'aliases of Vite as a list',
      {
        'vite.config.js':
          "export default { resolve: { alias: [{ find: '@', replacement: path.join(__dirname, 'src') }] } }",
        'src/a.js': '',
      },
      'b.js',
      '@/a',
      'src/a.js',
    ],
    [
      'an alias of webpack',
      {
        'webpack.config.js':
          "module.exports = { resolve: { alias: { Utils: path.resolve(__dirname, 'src/utils/') } } }",
        'src/utils/a.js': '',
      },
      'b.js',
      'Utils/a',
      'src/utils/a.js',
    ],
    [
      '$lib of SvelteKit',
      { 'svelte.config.js': '', 'src/lib/a.ts': '' },
      'src/routes/+page.svelte',
      '$lib/a',
      'src/lib/a.ts',
    ],
    ['~ of Nuxt', { 'nuxt.config.ts': '', 'utils/a.ts': '' }, 'server/api/b.ts', '~/utils/a', 'utils/a.ts'],
    ['a component by its name', { 'src/A.vue': '' }, 'src/b.ts', './A.vue', 'src/A.vue'],
    [
      'paths with comments and a trailing comma',
      { 'tsconfig.json': '{ // c\n "compilerOptions": { "paths": { "@/*": ["./src/*"], }, } }', 'src/a.ts': '' },
      'app/b.ts',
      '@/a',
      'src/a.ts',
    ],
    [
      'paths of the nearest configuration',
      {
        'tsconfig.json': tsconfig({ paths: { '@/*': ['./*'] } }),
        'web/tsconfig.json': tsconfig({ paths: { '@/*': ['./src/*'] } }),
        'web/src/a.ts': '',
        'a.ts': '',
      },
      'web/src/b.ts',
      '@/a',
      'web/src/a.ts',
    ],
    [
      'paths that another configuration gives',
      {
        'base.json': tsconfig({ baseUrl: './lib', paths: { '~/*': ['*'] } }),
        'web/tsconfig.json': JSON.stringify({ extends: '../base' }),
        'lib/a.ts': '',
      },
      'web/b.ts',
      '~/a',
      'lib/a.ts',
    ],
    [
      'configurations that extend each other',
      {
        'tsconfig.json': JSON.stringify({ extends: './other.json' }),
        'other.json': JSON.stringify({ extends: './tsconfig.json' }),
        'a.ts': '',
      },
      'b.ts',
      '@/a',
      undefined,
    ],
    [
      'paths of a referenced project',
      {
        'tsconfig.json': JSON.stringify({ files: [], references: [{ path: './tsconfig.app.json' }] }),
        'tsconfig.app.json': tsconfig({ baseUrl: '.', paths: { '@/*': ['src/*'] } }),
        'src/a.ts': '',
      },
      'src/b.ts',
      '@/a',
      'src/a.ts',
    ],
    [
      'the most specific pattern',
      {
        'tsconfig.json': tsconfig({ paths: { '@/*': ['./src/*'], '@/lib/*': ['./lib/*'] } }),
        'src/lib/a.ts': '',
        'lib/a.ts': '',
      },
      'b.ts',
      '@/lib/a',
      'lib/a.ts',
    ],
    [
      'baseUrl',
      { 'tsconfig.json': tsconfig({ baseUrl: 'src' }), 'src/lib/a.ts': '' },
      'src/b.ts',
      'lib/a',
      'src/lib/a.ts',
    ],
    [
      'baseUrl of a jsconfig',
      { 'jsconfig.json': tsconfig({ baseUrl: '.' }), 'lib/a.js': '' },
      'pages/b.js',
      'lib/a',
      'lib/a.js',
    ],
    ['a broken tsconfig', { 'tsconfig.json': '{ "compilerOptions": ', 'src/a.ts': '' }, 'b.ts', '@/a', undefined],
    [
      'imports of package.json',
      { 'package.json': '{ "imports": { "#lib/*": { "default": "./dist/*.js" } } }', 'src/a.ts': '' },
      'src/b.ts',
      '#lib/a',
      'src/a.ts',
    ],
    [
      'a package of the monorepo by what is built from it',
      {
        'package.json': '{ "workspaces": ["packages/*"] }',
        'packages/core/package.json': '{ "name": "@x/core", "main": "./dist/index.js", "types": "./dist/index.d.ts" }',
        'packages/core/src/index.ts': '',
      },
      'packages/web/a.ts',
      '@x/core',
      'packages/core/src/index.ts',
    ],
    [
      'a path in a package of a pnpm workspace',
      {
        'pnpm-workspace.yaml': 'packages:\n  - "libs/**"\n',
        'libs/ml/embed/package.json': '{ "name": "embed", "exports": { "./node": { "import": "./build/node.js" } } }',
        'libs/ml/embed/src/node.ts': '',
      },
      'apps/a.ts',
      'embed/node',
      'libs/ml/embed/src/node.ts',
    ],
    ['Python beside', { 'a/m.py': '' }, 'a/b.py', 'm', 'a/m.py'],
    ['Python above', { 'p/__init__.py': '', 'p/m.py': '' }, 'p/q/b.py', 'p.m', 'p/m.py'],
    ['a src folder inside', { 'svc/src/p/m.py': '' }, 'svc/tests/b.py', 'p.m', 'svc/src/p/m.py'],
    [
      'a folder of setuptools',
      { 'pyproject.toml': '[tool.setuptools]\npackage-dir = {"" = "lib"}\n', 'lib/p/m.py': '' },
      'tests/b.py',
      'p.m',
      'lib/p/m.py',
    ],
    [
      'a folder of Poetry',
      { 'pyproject.toml': '[tool.poetry]\npackages = [{ include = "p", from = "python" }]\n', 'python/p/m.py': '' },
      'tests/b.py',
      'p.m',
      'python/p/m.py',
    ],
    [
      'a folder of setup.py',
      { 'setup.py': 'setup(package_dir={"": "code"}, packages=find_packages("code"))', 'code/p/m.py': '' },
      'tests/b.py',
      'p.m',
      'code/p/m.py',
    ],
    ['a broken pyproject.toml', { 'pyproject.toml': '[tool', 'm.py': '' }, 'a/b.py', 'm', 'm.py'],
  ];
  for (const [title, files, from, specifier, expected] of cases) {
    it(`${title}: ${specifier}`, async () =>
      assert.equal(await resolve({ ...files, [from]: '' }, from, specifier), expected));
  }

  it('lists no folder of libraries and each other folder once', async () => {
    const fileSystem = new MemoryFileSystem({ '/w/a.py': '', '/w/p/m.py': '', '/w/node_modules/p/m.py': '' });
    const modules = new ModuleResolution(fileSystem, '/w');
    await modules.resolve('p/b.py', ['p.m', 'torch.nn', 'node_modules.p.m']);
    await modules.resolve('a.py', ['p.m', 'torch']);
    assert.deepEqual(fileSystem.lists.toSorted(), ['/w', '/w/p']);
  });

  it('walks at most so many files, the nearest to the root first', async () => {
    const { tree } = new ModuleResolution(
      new MemoryFileSystem({
        '/w/z.py': '',
        '/w/a/b/c.py': '',
        '/w/a/b.ts': '',
        '/w/a/b.d.ts': '',
        '/w/a/x.min.js': '',
      }),
      '/w',
    );
    assert.deepEqual(await tree.codeFiles(2), ['z.py', 'a/b.ts']);
    assert.deepEqual(await tree.codeFiles(9), ['z.py', 'a/b.ts', 'a/b/c.py']);
  });
});

describe('imports by a text search', () => {
  const cases: readonly [Parameters<typeof scanImports>[0], string, readonly string[]][] = [
    ['python', 'import a.b as c, d  # why', ['a.b', 'd']],
    [
      'python',
      'from . import x\nfrom ..p import (\n  y,  # note, this\n  z as w,\n)',
      ['.', '.x', '..p', '..p.y', '..p.z'],
    ],
    ['python', 'def f():\n    from a import b, \\\n        c', ['a', 'a.b', 'a.c']],
    ['python', 'from a import *\nimportlib.import_module("m.n")', ['a', 'm.n']],
    ['python', 'important = 1\nfromage = 2', []],
    ['typescript', "import a from 'a';\nimport './b';\nexport * from \"./c\";", ['a', './b', './c']],
    ['typescript', "import {\n  x,\n} from '@/x';\nconst y = await import('y');", ['@/x', 'y']],
    ['javascript', "const { a } = require('./a');", ['./a']],
  ];
  for (const [language, text, expected] of cases) {
    it(`${language}: ${JSON.stringify(text)}`, () => assert.deepEqual(scanImports(language, text), expected));
  }
});
