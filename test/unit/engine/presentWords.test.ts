import assert from 'node:assert/strict';
import { PresentWords } from '../../../src/core/engine/presentWords.ts';

describe('words present in an edited text', () => {
  const words = ['torch', 'pandas', 'torchvision'];

  /** Words after each of the texts. */
  function wordsAfter(...texts: readonly string[]): readonly string[] {
    const present = new PresentWords(words);
    return texts.map((text) => [...present.update(text)].sort().join(' '));
  }

  it('come and go with the edit', () => {
    assert.deepEqual(wordsAfter('import os\n', 'import torch\n', 'import torchvision\n', 'import tor\n', ''), [
      '',
      'torch',
      'torch torchvision',
      '',
      '',
    ]);
  });

  it('are completed at the edge of a change', () => {
    assert.deepEqual(wordsAfter('import pan as x\n', 'import pandas as x\n', 'import panda as x\n'), [
      '',
      'pandas',
      '',
    ]);
  });

  it('stay while another place names them', () => {
    assert.deepEqual(wordsAfter('torch\nx\ntorch\n', 'x\ntorch\n', 'x\n'), ['torch', 'torch', '']);
  });
});
