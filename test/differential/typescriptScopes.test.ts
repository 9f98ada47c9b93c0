import assert from 'node:assert/strict';
import { languageOf } from '../../src/languages/languageOf.ts';
import { typeScriptLowering } from '../unit/typescript/lowerText.ts';
import { multisetDifference } from './multiset.ts';
import { bindingScopes } from './typescript/bindingScopes.ts';
import { oracleScopes } from './typescript/oracleScopes.ts';
import { readSource, sourceFiles } from './typescript/sourceFiles.ts';

/** Folder of other repositories to compare instead of the project's own packages. */
const folder = process.env['GREEN_AI_DIFF_DIR'];

describe('TypeScript binding against the scope manager of typescript-eslint', () => {
  it('puts the same reads of a variable together in real files', async function () {
    if (folder !== undefined) this.timeout(0);
    const lower = await typeScriptLowering();
    const differences: string[] = [];
    let compared = 0;
    for (const file of sourceFiles(folder)) {
      const text = readSource(file);
      const module = lower(text, languageOf(file));
      const expected = module.hasSyntaxErrors ? undefined : oracleScopes(text, file);
      if (!expected) continue;
      compared += expected.reads.length;
      const found = bindingScopes(module, expected.declared);
      differences.push(...multisetDifference(expected.reads, found).map((line) => `${file}: ${line}`));
    }
    assert.deepEqual(differences.slice(0, 500), [], `${differences.length} differences in ${compared} reads`);
    if (folder === undefined) assert.ok(compared > 20_000, `only ${compared} reads were compared`);
  });
});
