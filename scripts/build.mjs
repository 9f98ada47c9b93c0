// Bundles the extension, its worker, the command line, the webview code and the integration suites.
// `node scripts/build.mjs [--minify] [--strict]`. A part whose source does not exist is named and left out;
// with --strict it is an error, so that tests and packages are never made from half a product.

import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { enginePrograms, panelTargets, productTargets, suiteTargets, typescriptCheckSource } from './build/targets.mjs';
import { typescriptCheckAside } from './build/typescriptCheckAside.mjs';
import { typescriptParser } from './build/typescriptParser.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const flags = new Set(process.argv.slice(2));
const unknown = [...flags].filter((flag) => flag !== '--minify' && flag !== '--strict');
if (unknown.length > 0) {
  console.error(`build: unknown option ${unknown.join(' ')} (known: --minify --strict)`);
  process.exit(2);
}
const minify = flags.has('--minify');
const missing = [];

rmSync(path.join(root, 'dist'), { recursive: true, force: true });
rmSync(path.join(root, 'out', 'test'), { recursive: true, force: true });

const targets = [...productTargets, ...panelTargets(root), ...suiteTargets(root)];
const present = targets.filter(exists);
const programs = enginePrograms.programs.filter(exists);
// One part that fails does not keep the others from being built; esbuild prints each error with its place.
const results = await Promise.allSettled([...present.map(bundle), bundlePrograms()]);
const failures = results.filter(({ status }) => status === 'rejected');
copyGrammars();
copyRuleDocs();

for (const { output } of [enginePrograms, ...present]) {
  if (output.startsWith('dist') && existsSync(path.join(root, output))) {
    const kilobytes = statSync(path.join(root, output)).size / 1024;
    console.log(`  ${output.padEnd(28)} ${kilobytes.toFixed(0).padStart(6)} kB`);
  }
}
for (const source of missing) {
  console.error(`build: left out, source does not exist: ${source}`);
}
for (const { reason } of failures) {
  console.error(`build: ${reason.message.split('\n')[0]}`);
}
if (failures.length > 0 || (flags.has('--strict') && missing.length > 0)) {
  process.exit(1);
}

function exists({ source }) {
  return existsSync(path.join(root, source)) || !missing.push(source);
}

async function bundle({ source, output, options }) {
  await build({ ...settings(source, output, options), entryPoints: [path.join(root, source)] });
}

/** One bundle with every program as a function, and for each program a file that calls its function. */
async function bundlePrograms() {
  const { output, options } = enginePrograms;
  const functions = programs.map(({ name, source }) => `exports.${name} = () => require('./${source}');`);
  await build({ ...settings(undefined, output, options), stdin: { contents: functions.join('\n'), resolveDir: root } });
  for (const { name, output: file, executable } of programs) {
    const start = `require('./${path.basename(output)}').${name}();\n`;
    const mode = executable ? 0o755 : 0o644;
    writeFileSync(path.join(root, file), executable ? `#!/usr/bin/env node\n${start}` : start, { mode });
  }
}

function settings(source, output, options) {
  const isSmall = minify && output.startsWith('dist');
  return {
    ...options,
    outfile: path.join(root, output),
    bundle: true,
    minify: isSmall,
    sourcemap: isSmall ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
    // The ESM build of web-tree-sitter needs import.meta.url, which a CommonJS bundle does not have.
    alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
    // The CommonJS build of jsonc-parser requires its parts in a way that no bundler can follow.
    mainFields: options.platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
    plugins: [source === typescriptCheckSource ? typescriptParser() : typescriptCheckAside(root, checkFor(options))],
  };
}

/** What a bundle without the compiler gets in place of the TypeScript check; `undefined`: the check's own bundle. */
function checkFor({ platform }) {
  return platform === 'browser' ? 'src/host/web/typescriptCheck.ts' : undefined;
}

/** Parsers as bytes for the engine: the grammars of the project and the runtime of the installed web-tree-sitter. */
function copyGrammars() {
  const target = path.join(root, 'dist', 'grammars');
  mkdirSync(target, { recursive: true });
  const source = path.join(root, 'grammars');
  const grammars = existsSync(source) ? readdirSync(source).filter((name) => name.endsWith('.wasm')) : [];
  if (grammars.length === 0) {
    missing.push('grammars/*.wasm');
  }
  for (const name of grammars) {
    cpSync(path.join(source, name), path.join(target, name));
  }
  cpSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), path.join(target, 'web-tree-sitter.wasm'));
}

/** Documentation of the rules, opened by the editor without a network: rules/<id>/rule.md becomes dist/rules/<id>.md. */
function copyRuleDocs() {
  const target = path.join(root, 'dist', 'rules');
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(path.join(root, 'rules'), { withFileTypes: true })) {
    const source = path.join(root, 'rules', entry.name, 'rule.md');
    if (entry.isDirectory() && existsSync(source)) {
      cpSync(source, path.join(target, `${entry.name}.md`));
    }
  }
}
