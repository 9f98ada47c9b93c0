import assert from 'node:assert/strict';
import { runTrainingEstimate, type TrainingFigures } from '../../../src/cli/estimate/runTrainingEstimate.ts';
import { parseTrainingRequest } from '../../../src/cli/estimate/trainingRequest.ts';

function answer(json: unknown): TrainingFigures {
  const request = parseTrainingRequest(json);
  assert.ok(!('error' in request), JSON.stringify(request));
  const found = runTrainingEstimate(request);
  assert.ok(!('error' in found), JSON.stringify(found));
  return found;
}

function field(json: unknown): string {
  const request = parseTrainingRequest(json);
  const found = 'error' in request ? request : runTrainingEstimate(request);
  assert.ok('error' in found, JSON.stringify(found));
  return found.field;
}

const BERT = {
  model: 'bert-base-uncased',
  hardware: 'V100-PCIe/SXM2',
  dtype: 'fp32',
  batch: 32,
  samples: 88_524,
  sequenceLength: 384,
  epochs: 1,
};

describe('green-ai estimate-training', () => {
  it('holds the published energy of BERT on SQuAD on a V100 (Zeus, NSDI 2023: 1,733 s at 228 W for one epoch)', () => {
    const { kwh } = answer(BERT);
    const measured = (1733 * 228) / 3.6e6;
    assert.ok(kwh.low < measured && measured < kwh.high, JSON.stringify({ kwh, measured }));
  });

  it('holds the published energy of ResNet-50 on ImageNet on a V100 (Zeus, NSDI 2023: 3,604 s at 222 W for one epoch)', () => {
    const { kwh } = answer({
      model: 'microsoft/resnet-50',
      hardware: 'V100-PCIe/SXM2',
      dtype: 'fp32',
      batch: 128,
      samples: 1_281_167,
    });
    const measured = (3604 * 222) / 3.6e6;
    assert.ok(kwh.low < measured && measured < kwh.high, JSON.stringify({ kwh, measured }));
  });

  it('grows with epochs, samples and model, and takes tokens instead of samples', () => {
    const once = answer(BERT).kwh.mid;
    assert.ok(Math.abs(answer({ ...BERT, epochs: 3 }).kwh.mid / once - 3) < 1e-9);
    assert.ok(answer({ ...BERT, model: 'bert-large-uncased' }).kwh.mid > once);
    const tokens = answer({ ...BERT, samples: undefined, tokens: 88_524 * 384 }).kwh.mid;
    assert.ok(Math.abs(tokens / once - 1) < 1e-9);
  });

  it('says when plain training needs more memory than there is', () => {
    const found = answer({
      model: 'meta-llama/Llama-3.1-8B',
      hardware: 'A100-SXM-40GB',
      samples: 1000,
      sequenceLength: 512,
      dtype: 'bf16',
    });
    assert.match(found.assumptions.join(' '), /4 × NVIDIA A100 SXM4 40GB, an optimiser with fewer bytes or adapters/);
  });

  it('names the field of a mistake', () => {
    assert.equal(field({ samples: 5 }), 'model');
    assert.equal(field({ ...BERT, samples: undefined }), 'samples');
    assert.equal(field({ ...BERT, samples: -1 }), 'samples');
    assert.equal(field({ ...BERT, epochs: 0 }), 'epochs');
    assert.equal(field({ ...BERT, model: 'nobody/knows-this' }), 'model');
    assert.equal(field({ ...BERT, model: 'gpt-4o' }), 'model');
    assert.equal(field({ ...BERT, hardware: 'toaster' }), 'hardware');
    assert.equal(field({ ...BERT, colour: 'red' }), 'colour');
    assert.equal(field(7), 'request');
  });
});
