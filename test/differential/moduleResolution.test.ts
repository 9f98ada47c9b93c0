import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { NodeFileSystem } from '../../src/host/nodeFileSystem.ts';
import { ModuleResolution } from '../../src/host/workspace/moduleResolution.ts';

interface Project {
  readonly files: Readonly<Record<string, string>>;
  /** Packages as a package manager links them: `node_modules/<name>` leads to the folder. */
  readonly links?: Readonly<Record<string, string>>;
  readonly from: string;
  /** Configuration that is in force for the importing file; none for a project without one. */
  readonly config?: string;
  readonly specifiers: readonly string[];
  /** How many of them have to be files of the project, so that the comparison says something. */
  readonly found: number;
}

const BUNDLER = '"module": "esnext", "moduleResolution": "bundler"';

const PROJECTS: Readonly<Record<string, Project>> = {
  'relative specifiers': {
    files: {
      'tsconfig.json': `{ "compilerOptions": { ${BUNDLER} } }`,
      'src/b.ts': '',
      'src/c/index.tsx': '',
      'src/d.tsx': '',
      'src/e.mts': '',
      'src/f.js': '',
      'src/g.ts': '',
      'src/g.js': '',
      'src/h/index.js': '',
      'src/i.test.ts': '',
      'top.ts': '',
    },
    from: 'src/a.ts',
    config: 'tsconfig.json',
    specifiers: [
      './b',
      './b.js',
      './c',
      './c/',
      './d.jsx',
      './d.js',
      './e.mjs',
      './f',
      './f.js',
      './g',
      './g.js',
      './h',
      './i.test',
      '../top',
      './gone',
      '.',
      '..',
    ],
    found: 14,
  },
  'paths and baseUrl of an extended configuration with comments': {
    files: {
      'config/base.json': `{
        // Paths count from this file's folder.
        "compilerOptions": { ${BUNDLER}, "baseUrl": "..", "paths": { "@/*": ["src/*"], "@lib": ["src/lib/index.ts"], "multi/*": ["gen/*", "src/multi/*"], "@/special/*": ["other/*"], }, },
      }`,
      'tsconfig.json': '{ "extends": "./config/base.json" }',
      'src/b.ts': '',
      'src/lib/index.ts': '',
      'src/multi/x.ts': '',
      'gen/y.ts': '',
      'src/multi/y.ts': '',
      'other/z.ts': '',
      'src/special/z.ts': '',
      'utils/u.ts': '',
    },
    from: 'src/deep/a.ts',
    config: 'tsconfig.json',
    specifiers: [
      '@/b',
      '@/b.js',
      '@lib',
      'multi/x',
      'multi/y',
      '@/special/z',
      'utils/u',
      'src/b',
      '@/gone',
      'react',
      '@lib/more',
    ],
    found: 8,
  },
  'paths without baseUrl, in the folder of the nearest configuration': {
    files: {
      'app/tsconfig.json': `{ "compilerOptions": { ${BUNDLER}, "paths": { "~/*": ["./src/*"], "*": ["./types/*"] } } }`,
      'tsconfig.json': `{ "compilerOptions": { ${BUNDLER}, "paths": { "~/*": ["./wrong/*"] } } }`,
      'app/src/b.ts': '',
      'wrong/b.ts': '',
      'app/types/known.ts': '',
    },
    from: 'app/src/a.ts',
    config: 'app/tsconfig.json',
    specifiers: ['~/b', 'known', 'unknown'],
    found: 2,
  },
  'imports of a package and the package by its own name': {
    files: {
      'package.json':
        '{ "name": "self", "type": "module", "imports": { "#lib/*": "./src/lib/*.ts", "#db": { "types": "./src/db.ts", "default": "./src/other.ts" }, "#gone": "./src/gone.ts" }, "exports": { ".": "./src/index.ts", "./util": "./src/util.ts" } }',
      'tsconfig.json': `{ "compilerOptions": { ${BUNDLER} } }`,
      'src/lib/x.ts': '',
      'src/db.ts': '',
      'src/other.ts': '',
      'src/index.ts': '',
      'src/util.ts': '',
      'src/hidden.ts': '',
    },
    from: 'src/a.ts',
    config: 'tsconfig.json',
    specifiers: ['#lib/x', '#db', '#gone', '#nothing', 'self', 'self/util', 'self/hidden'],
    found: 4,
  },
  'packages of a workspace': {
    files: {
      'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
      'apps/web/tsconfig.json': `{ "compilerOptions": { ${BUNDLER} } }`,
      'packages/core/package.json':
        '{ "name": "@x/core", "exports": { ".": "./src/index.ts", "./sub/*": "./src/sub/*.ts", "./private/*": null, "./deep": { "import": { "types": "./src/deep.ts" } } } }',
      'packages/core/src/index.ts': '',
      'packages/core/src/sub/one.ts': '',
      'packages/core/src/private/p.ts': '',
      'packages/core/src/deep.ts': '',
      'packages/core/src/hidden.ts': '',
      'packages/plain/package.json': '{ "name": "plain", "main": "./lib/main.js" }',
      'packages/plain/lib/main.js': '',
      'packages/plain/other.ts': '',
    },
    links: { '@x/core': 'packages/core', plain: 'packages/plain' },
    from: 'apps/web/a.ts',
    config: 'apps/web/tsconfig.json',
    specifiers: [
      '@x/core',
      '@x/core/sub/one',
      '@x/core/sub/two',
      '@x/core/private/p',
      '@x/core/deep',
      '@x/core/src/hidden',
      'plain',
      'plain/other',
      '@x/none',
    ],
    found: 5,
  },
};

describe('modules of a workspace, as TypeScript resolves them', () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'green-ai-modules-')));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  for (const [name, project] of Object.entries(PROJECTS)) {
    it(name, async () => {
      write(root, project);
      const resolution = new ModuleResolution(new NodeFileSystem(), root.replaceAll('\\', '/'));
      await resolution.resolve(project.from, project.specifiers);
      const own = project.specifiers.map((specifier) => [specifier, resolution.resolved(project.from, specifier)]);
      const expected = project.specifiers.map((specifier) => [specifier, byTypeScript(root, project, specifier)]);
      assert.deepEqual(own, expected);
      assert.equal(expected.filter(([, target]) => target !== undefined).length, project.found);
    });
  }
});

function write(root: string, { files, links = {}, from }: Project): void {
  for (const [name, text] of Object.entries({ ...files, [from]: '' })) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  for (const [name, folder] of Object.entries(links)) {
    const link = path.join(root, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(root, folder), link, 'junction');
  }
}

function byTypeScript(root: string, { from, config }: Project, specifier: string): string | undefined {
  const parsed =
    config === undefined
      ? undefined
      : ts.getParsedCommandLineOfConfigFile(
          path.join(root, config),
          {},
          { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
        );
  const { resolvedModule } = ts.resolveModuleName(specifier, path.join(root, from), parsed?.options ?? {}, ts.sys);
  const relative = resolvedModule && path.relative(root, resolvedModule.resolvedFileName).replaceAll('\\', '/');
  return relative === undefined || relative.startsWith('..') || relative.includes('node_modules/')
    ? undefined
    : relative;
}
