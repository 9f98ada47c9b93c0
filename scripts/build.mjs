// Bundles the extension, its worker, the command line, the webview code and the integration suites.
// `node scripts/build.mjs [--minify] [--strict]`. A part whose source does not exist is named and left out;
// with --strict it is an error, so that tests and packages are never made from half a product.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packagedRuleDoc } from './build/packagedRuleDoc.mjs';
import { buildPrograms } from './build/programs.mjs';
import { panelTargets, productTargets, suiteTargets, typescriptCheckSource } from './build/targets.mjs';
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
const homepage = require('../package.json').homepage.replace(/#.*$/, '');
/** Of every bundle. */
const settings = {
  minify,
  sourcemap: minify ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  // The ESM build of web-tree-sitter needs import.meta.url, which a CommonJS bundle does not have.
  alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
  // The CommonJS build of jsonc-parser requires its parts in a way that no bundler can follow.
  mainFields: ['browser', 'module', 'main'],
};
const missing = [];

rmSync(path.join(root, 'dist'), { recursive: true, force: true });
rmSync(path.join(root, 'out', 'test'), { recursive: true, force: true });

const targets = [...productTargets, ...panelTargets(root), ...suiteTargets(root)];
const present = targets.filter(exists);
// One part that fails does not keep the others from being built; esbuild prints each error with its place.
const results = await Promise.allSettled([
  ...present.map(bundle),
  buildPrograms(root, { ...settings, plugins: [typescriptCheckAside(root)] }),
]);
const failures = results.filter(({ status }) => status === 'rejected');
copyGrammars();
copyRuleDocs();

for (const { output, bytes } of results.flatMap(({ value }) => value ?? [])) {
  if (output.startsWith('dist')) console.log(`  ${output.padEnd(28)} ${(bytes / 1024).toFixed(0).padStart(6)} kB`);
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
  const outfile = path.join(root, output);
  await build({
    ...(output.startsWith('dist') ? settings : { ...settings, minify: false, sourcemap: 'linked' }),
    ...options,
    entryPoints: [path.join(root, source)],
    outfile,
    bundle: true,
    plugins: [source === typescriptCheckSource ? typescriptParser(root) : typescriptCheckAside(root)],
    mainFields: options.platform === 'node' ? ['module', 'main'] : settings.mainFields,
  });
  return [{ output, bytes: statSync(outfile).size }];
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

/** Documentation of the rules, opened by the editor without a network: rules/<id>/rule.md becomes dist/rules/<id>.md, with fewer examples. */
function copyRuleDocs() {
  const target = path.join(root, 'dist', 'rules');
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(path.join(root, 'rules'), { withFileTypes: true })) {
    const source = path.join(root, 'rules', entry.name, 'rule.md');
    if (entry.isDirectory() && existsSync(source)) {
      const url = `${homepage}/blob/main/rules/${entry.name}/rule.md`;
      const text = packagedRuleDoc(readFileSync(source, 'utf8').replaceAll('\r\n', '\n'), url);
      writeFileSync(path.join(target, `${entry.name}.md`), text);
    }
  }
}
