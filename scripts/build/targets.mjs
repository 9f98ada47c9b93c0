// What is bundled from what. Read by scripts/build.mjs; paths are relative to the project's root.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Only this module and what it imports may hold the TypeScript compiler; every other bundle loads it at run time. */
export const typescriptCheckSource = 'src/host/fixCheck/typescriptCheck.ts';

const node = { platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] };
const browser = { platform: 'browser', target: 'es2022' };

/** Programs that are built together, so that the package holds what they share once: `dist/<name>.js`. */
export const programs = [
  { name: 'extension', source: 'src/editor/extension.ts' },
  { name: 'engineWorker', source: 'src/host/engineWorker.ts' },
  { name: 'cli', source: 'src/cli/main.ts', isExecutable: true },
  { name: 'webExtension', source: 'src/editor/web/extension.ts' },
  { name: 'webEngineWorker', source: 'src/host/web/engineWorker.ts' },
];

/** Those that a browser runs, with the files below `dist` that take the place of a file of the same name. */
export const webPrograms = [
  { name: 'webExtension', replacements: ['web/typescriptCheck.js'] },
  { name: 'webEngineWorker', replacements: [] },
];

/** Bundles that stand alone. */
export const productTargets = [
  { source: typescriptCheckSource, output: 'dist/typescriptCheck.js', options: node },
  // A thread that reads which hardware this is; loaded only when somebody asks for it.
  { source: 'src/host/machine/probe.ts', output: 'dist/machineProbe.js', options: node },
  {
    source: 'src/editor/web/loader.ts',
    output: 'dist/web/extension.js',
    options: { ...browser, format: 'cjs', external: ['vscode'] },
  },
  {
    source: 'src/host/web/typescriptCheck.ts',
    output: 'dist/web/typescriptCheck.js',
    options: { ...browser, format: 'cjs' },
  },
];

/** Scripts and styles of the webviews: every file directly in the browser folder is an entry. */
export function panelTargets(root) {
  return filesIn(root, 'src/editor/panel/browser', (name) => /\.(ts|css)$/.test(name) && !name.endsWith('.d.ts')).map(
    (source) => ({
      source,
      output: path.join('dist', 'panel', path.basename(source).replace(/\.ts$/, '.js')),
      options: { ...browser, format: 'iife' },
    }),
  );
}

/** The integration suites, which run inside VS Code; mocha stays outside so that one copy collects all suites. */
export function suiteTargets(root) {
  const suites = filesIn(root, 'test/integration/suite', (name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
  return suites
    .filter((source) => source.endsWith('.test.ts') || path.basename(source) === 'index.ts')
    .map((source) => ({
      source,
      output: path.join('out', 'test', path.basename(source).replace(/\.ts$/, '.js')),
      options: { ...node, external: ['vscode', 'mocha'] },
    }));
}

function filesIn(root, folder, wanted) {
  const absolute = path.join(root, folder);
  if (!existsSync(absolute)) {
    return [];
  }
  return readdirSync(absolute)
    .filter(wanted)
    .sort()
    .map((name) => path.posix.join(folder, name));
}
