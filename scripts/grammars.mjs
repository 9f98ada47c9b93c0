// Copies the parsers from the installed packages into grammars/ and writes grammars/manifest.json.
// `node scripts/grammars.mjs` copies; `--check` only compares and exits 1 with every difference named.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'grammars');
const manifestPath = path.join(folder, 'manifest.json');

/** The runtime stays in its package and is bundled from there; the manifest pins it all the same, because grammars must fit it. */
const sources = [
  { name: 'runtime', package: 'web-tree-sitter', file: 'web-tree-sitter.wasm', isCopied: false },
  { name: 'python', package: 'tree-sitter-python', file: 'tree-sitter-python.wasm', isCopied: true },
  { name: 'typescript', package: 'tree-sitter-typescript', file: 'tree-sitter-typescript.wasm', isCopied: true },
  { name: 'tsx', package: 'tree-sitter-typescript', file: 'tree-sitter-tsx.wasm', isCopied: true },
];

const options = process.argv.slice(2);
const unknown = options.filter((option) => option !== '--check');
if (unknown.length > 0) {
  console.error(`grammars: unknown option ${unknown.join(' ')} (known: --check)`);
  process.exit(2);
}

try {
  const differences = options.includes('--check') ? await check() : await copy();
  for (const difference of differences) console.error(`grammars: ${difference}`);
  if (differences.length > 0) console.error('grammars: run `node scripts/grammars.mjs` and commit grammars/');
  process.exitCode = differences.length > 0 ? 1 : 0;
} catch (error) {
  console.error(`grammars: ${error.message}`);
  process.exitCode = 1;
}

async function copy() {
  for (const source of sources.filter(({ isCopied }) => isCopied)) {
    writeFileSync(path.join(folder, source.file), installed(source));
  }
  writeFileSync(manifestPath, await manifestText());
  return [];
}

async function check() {
  const differences = [];
  for (const source of sources.filter(({ isCopied }) => isCopied)) {
    if (sha256(readOrFail(path.join(folder, source.file))) !== sha256(installed(source))) {
      differences.push(`grammars/${source.file} differs from the one in ${source.package}`);
    }
  }
  if (readOrFail(manifestPath).toString('utf8') !== (await manifestText())) {
    differences.push('grammars/manifest.json does not describe the installed packages');
  }
  return differences;
}

async function manifestText() {
  await Parser.init({ wasmBinary: installed(sources[0]) });
  const files = [];
  for (const source of sources) {
    const bytes = installed(source);
    const meta = JSON.parse(readOrFail(path.join(packageFolder(source), 'package.json')).toString('utf8'));
    const abi = source.isCopied ? { abi: (await Language.load(new Uint8Array(bytes))).abiVersion } : {};
    files.push({
      name: source.name,
      file: source.file,
      package: source.package,
      version: meta.version,
      licence: meta.license,
      sha256: sha256(bytes),
      ...abi,
      isCopied: source.isCopied,
    });
  }
  return `${JSON.stringify({ files }, undefined, 2)}\n`;
}

function packageFolder(source) {
  return path.join(root, 'node_modules', source.package);
}

function installed(source) {
  return readOrFail(path.join(packageFolder(source), source.file));
}

function readOrFail(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`cannot read ${path.relative(root, file)} (${error.code}); run \`npm install\` first`);
  }
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
