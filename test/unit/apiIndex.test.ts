import assert from 'node:assert/strict';
import { apiFiles } from '../../src/knowledge/apis/apiFiles.ts';
import { ApiIndex } from '../../src/knowledge/apis/apiIndex.ts';

const index = new ApiIndex(apiFiles.python);

describe('API index', () => {
  it('finds an entry by its exact name', () => {
    assert.equal(index.lookup('transformers.pipeline')?.modelParameter, 'model');
  });

  it('finds an entry by a pattern for the class', () => {
    const entry = index.lookup('transformers.BertForSequenceClassification.from_pretrained');
    assert.deepEqual(entry?.roles, ['model-load']);
    assert.equal(entry?.returns, 'transformers.PreTrainedModel');
  });

  it('lets a pattern with a literal beginning win', () => {
    assert.equal(
      index.lookup('transformers.TFBertForMaskedLM.from_pretrained')?.returns,
      'transformers.TFPreTrainedModel',
    );
    assert.equal(
      index.lookup('diffusers.FlaxStableDiffusionPipeline.from_pretrained')?.returns,
      'diffusers.FlaxDiffusionPipeline',
    );
  });

  it('resolves re-export paths to the public name', () => {
    assert.equal(index.canonicalName('transformers.models.bert.modeling_bert.BertModel'), 'transformers.BertModel');
    assert.equal(index.canonicalName('transformers.pipelines.pipeline'), 'transformers.pipeline');
    assert.equal(index.canonicalName('torch.utils.data.dataloader.DataLoader'), 'torch.utils.data.DataLoader');
    assert.equal(index.canonicalName('tensorflow.keras.models.load_model'), 'keras.models.load_model');
    assert.equal(index.canonicalName('transformers.pipelines'), 'transformers.pipelines');
  });

  it('inherits methods from base types', () => {
    assert.equal(index.lookup('transformers.PreTrainedModel.eval')?.name, 'torch.nn.Module.eval');
    assert.equal(index.lookup('transformers.PreTrainedModel.generate')?.disablesGradients, true);
    assert.equal(index.isSubtype('transformers.PreTrainedModel', 'torch.nn.Module'), true);
    assert.equal(index.isSubtype('torch.nn.Module', 'transformers.PreTrainedModel'), false);
  });

  it('knows nothing of names outside the data', () => {
    for (const name of [
      '',
      '.',
      'transformers',
      'mylib.Model.from_pretrained',
      'torch.nn.functional.relu',
      'constructor',
    ]) {
      assert.equal(index.lookup(name), undefined, name);
    }
  });
});
