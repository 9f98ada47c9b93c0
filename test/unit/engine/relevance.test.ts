import assert from 'node:assert/strict';
import { rules } from '../../../rules/registry.ts';
import { libraryNames, Relevance } from '../../../src/core/engine/relevance.ts';

describe('relevance of a text', () => {
  const globals = new Map([['tf', '@tensorflow/tfjs']]);
  const relevance = new Relevance(libraryNames(rules, globals));

  const cases: readonly [title: string, text: string, expected: boolean][] = [
    ['an import', "import * as tf from '@tensorflow/tfjs';", true],
    ['an address', "importScripts('https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4');", true],
    ["a script tag's variable", "const model = await tf.loadLayersModel('/model.json');", true],
    ['a name that ends like it', "new Buffer(text, 'utf').toString(); pdf.open(); this.tf.run();", false],
    ['a word that begins like it', "const tfidf = rank(words); tf('x');", false],
    ['nothing', 'export const add = (a, b) => a + b;', false],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => assert.equal(relevance.isRelevant('javascript', text), expected));
  }

  it('does not look for variables of pages in Python', () => {
    assert.equal(relevance.isRelevant('python', 'tf.loadLayersModel(path)'), false);
  });
});
