import assert from 'node:assert/strict';
import { languageOf } from '../../src/languages/languageOf.ts';
import { type LowerText, typeScriptLowering } from '../unit/typescript/lowerText.ts';
import { differences, reasonOf } from './typescript/compare.ts';
import { jsxSources } from './typescript/jsxSources.ts';
import { moduleFacts } from './typescript/moduleFacts.ts';
import { oracleFacts } from './typescript/oracleFacts.ts';
import { readSource, sourceFiles } from './typescript/sourceFiles.ts';

/** Folder of other repositories to compare instead of the project's own packages. */
const folder = process.env['GREEN_AI_DIFF_DIR'];

interface Outcome {
  readonly facts: number;
  readonly unexplained: readonly string[];
}

describe('TypeScript front end against typescript-estree', () => {
  let lower: LowerText;

  before(async () => {
    lower = await typeScriptLowering();
  });

  function compare(path: string, text: string, oracle: readonly string[]): Outcome {
    const module = lower(text, languageOf(path));
    const unexplained = differences(oracle, moduleFacts(module), text)
      .filter((difference) => reasonOf(difference) === undefined)
      .map(({ side, fact }) => `${path}: only the ${side} has ${fact.slice(0, 200)}`);
    return { facts: oracle.length, unexplained };
  }

  it('sees the same imports, exports, names, calls, arguments and option keys in real files', function () {
    if (folder !== undefined) this.timeout(0);
    const outcomes: Outcome[] = [];
    const rejected: string[] = [];
    const files = sourceFiles(folder);
    for (const file of files) {
      const text = readSource(file);
      const oracle = oracleOrReason(text, file);
      if (typeof oracle === 'string') rejected.push(`${file}: ${oracle}`);
      else outcomes.push(compare(file, text, oracle));
    }
    if (folder !== undefined) console.log(`${outcomes.length} files compared, the oracle rejects ${rejected.length}`);
    assert.deepEqual(
      outcomes.flatMap((outcome) => outcome.unexplained),
      [],
    );
    if (folder === undefined) {
      assert.ok(rejected.length <= files.length / 50, `the oracle rejects too many files:\n${rejected.join('\n')}`);
      assert.ok(outcomes.length > 300, `only ${outcomes.length} files compared`);
      assert.ok(outcomes.reduce((sum, outcome) => sum + outcome.facts, 0) > 15_000, 'too few facts compared');
    }
  });

  it('sees the same in components with JSX', () => {
    for (const { path, text } of jsxSources) {
      const outcome = compare(path, text, oracleFacts(text, path));
      assert.deepEqual(outcome.unexplained, []);
      assert.ok(outcome.facts > 20);
    }
  });
});

/** The oracle's facts, or why it does not accept the file. */
function oracleOrReason(text: string, file: string): readonly string[] | string {
  try {
    return oracleFacts(text, file);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
