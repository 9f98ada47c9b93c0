import assert from 'node:assert/strict';
import { languageOf } from '../../../src/languages/languageOf.ts';

describe('languageOf', () => {
  const known = {
    python: ['train.py', 'a/b.c/serve.PY', 'C:\\code\\run.py'],
    typescript: ['a.ts', 'a.mts', 'a.cts', 'src/.hidden/a.test.ts', 'types.d/a.ts'],
    tsx: ['page.tsx'],
    javascript: ['a.js', 'a.mjs', 'a.cjs', 'a.jsx', 'next.config.js'],
  };

  for (const [language, paths] of Object.entries(known)) {
    for (const path of paths) {
      it(`takes ${path} as ${language}`, () => {
        assert.equal(languageOf(path), language);
      });
    }
  }

  const unknown = [
    'a.d.ts',
    'a.d.mts',
    'a.d.cts',
    'data.d.json.ts',
    'a.pyi',
    'a.ipynb',
    'README',
    '.ts',
    'a.',
    'a.constructor',
    'ts',
    '',
  ];
  for (const path of unknown) {
    it(`knows no language for ${JSON.stringify(path)}`, () => {
      assert.equal(languageOf(path), undefined);
    });
  }
});
