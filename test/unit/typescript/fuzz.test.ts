// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a fragment opens a hole of a template literal
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { damagedText, fuzzParameters } from './damage.ts';
import { fuzzSources } from './fuzzSources.ts';
import { type LowerText, typeScriptLowering } from './lowerText.ts';
import { spanProblems } from './spanProblems.ts';

const languages: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const openers = ['{', '(', '[', '<', '`', '${', '"', "'", '/*', '//', '@', '#', '...', '=>', '=', '?.', '<a>'];
const closers = ['}', ')', ']', '>', ',', ';', '*/', '</a>', '\r', '\n', '\0', '\ud83d'];
const words = [
  'await ',
  'class ',
  'import ',
  'export ',
  'as ',
  'const ',
  'if ',
  'for ',
  'case ',
  'function ',
  'yield ',
];

describe('TypeScript front end on damaged sources', () => {
  let lower: LowerText;

  before(async () => {
    lower = await typeScriptLowering();
  });

  it('takes the undamaged sources without syntax errors', () => {
    const [typescript = '', javascript = ''] = fuzzSources;
    for (const [text, language] of [
      [typescript, 'typescript'],
      [javascript, 'javascript'],
    ] as const) {
      const module = lower(text, language);
      assert.equal(module.hasSyntaxErrors, false);
      assert.deepEqual(spanProblems(module), []);
    }
  });

  it('never throws and keeps every span inside the text and its parent', () => {
    const text = damagedText(fuzzSources, [...openers, ...closers, ...words]);
    const property = fc.property(text, fc.constantFrom(...languages), (damaged, language) => {
      assert.deepEqual(spanProblems(lower(damaged, language)), []);
    });
    fc.assert(property, fuzzParameters());
  });
});
