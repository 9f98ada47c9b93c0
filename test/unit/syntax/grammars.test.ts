import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

interface ManifestFile {
  readonly name: string;
  readonly file: string;
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  readonly sha256: string;
  readonly abi?: number;
  readonly isCopied: boolean;
}

const { files }: { files: readonly ManifestFile[] } = JSON.parse(readFileSync('grammars/manifest.json', 'utf8'));

describe('grammars/manifest.json', () => {
  it('lists every wasm file of the folder, and the runtime', () => {
    const present = readdirSync('grammars').filter((name) => name.endsWith('.wasm'));
    assert.deepEqual(
      files
        .filter(({ isCopied }) => isCopied)
        .map(({ file }) => file)
        .sort(),
      present.sort(),
    );
    assert.deepEqual(files.map(({ name }) => name).sort(), ['python', 'runtime', 'tsx', 'typescript']);
  });

  for (const entry of files) {
    it(`describes ${entry.file}`, async () => {
      const bytes = readFileSync(
        entry.isCopied ? path.join('grammars', entry.file) : path.join('node_modules', entry.package, entry.file),
      );
      assert.equal(createHash('sha256').update(bytes).digest('hex'), entry.sha256);
      const installed = JSON.parse(readFileSync(path.join('node_modules', entry.package, 'package.json'), 'utf8'));
      assert.deepEqual([entry.version, entry.licence], [installed.version, installed.license]);
    });
  }

  for (const entry of files.filter(({ isCopied }) => isCopied)) {
    it(`${entry.name} loads with the ABI it states`, async () => {
      await Parser.init({ wasmBinary: readFileSync('node_modules/web-tree-sitter/web-tree-sitter.wasm') });
      const grammar = await Language.load(readFileSync(path.join('grammars', entry.file)));
      assert.equal(grammar.abiVersion, entry.abi);
    });
  }
});
