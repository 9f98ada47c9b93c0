import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '@typescript-eslint/typescript-estree';
import * as vscode from 'vscode';
import type { parsesAsTypeScript } from '../../../src/host/fixCheck/typescriptCheck.ts';

/** The suites are bundled to `out/test`. */
const root = path.resolve(__dirname, '..', '..');
const sampleSize = 60;

describe('the bundled TypeScript check', () => {
  let check: typeof parsesAsTypeScript;

  before(async () => {
    const extension = vscode.extensions.getExtension('green-ai.green-ai');
    assert.ok(extension);
    const bundle: { parsesAsTypeScript: typeof parsesAsTypeScript } = await import(
      path.join(extension.extensionPath, 'dist', 'typescriptCheck.js')
    );
    check = bundle.parsesAsTypeScript;
  });

  // The bundle holds only what parses: whatever was left out must not be needed for any text, right or wrong.
  it('judges whole and damaged sources as the whole compiler does', () => {
    const verdicts = { right: 0, wrong: 0 };
    for (const file of sources()) {
      const text = readFileSync(file, 'utf8');
      const middle = Math.floor(text.length / 2);
      for (const variant of [
        text,
        text.slice(0, middle) + text.slice(middle + 7),
        `${text.slice(0, middle)}({${text.slice(middle)}`,
      ]) {
        const expected = wholeCompiler(variant, file);
        const verdict = check(variant, file);
        assert.equal(verdict === true ? true : verdict.message, expected, file);
        verdicts[expected === true ? 'right' : 'wrong'] += 1;
      }
    }
    assert.ok(verdicts.right >= sampleSize / 2 && verdicts.wrong >= sampleSize / 2, JSON.stringify(verdicts));
  });
});

function wholeCompiler(text: string, filePath: string): true | string {
  try {
    parse(text, { filePath, jsx: false });
    return true;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Some of the project's own sources, evenly chosen. */
function sources(): readonly string[] {
  const all = readdirSync(path.join(root, 'src'), { recursive: true })
    .map((name) => path.join(root, 'src', String(name)))
    .filter((name) => name.endsWith('.ts'))
    .sort();
  return all.filter((_file, index) => index % Math.max(1, Math.floor(all.length / sampleSize)) === 0);
}
