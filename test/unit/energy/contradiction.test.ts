import assert from 'node:assert/strict';
import type { EstimateRequest } from '../../../src/cli/estimate/estimateRequest.ts';
import { runEstimate } from '../../../src/cli/estimate/runEstimate.ts';
import { runTrainingEstimate } from '../../../src/cli/estimate/runTrainingEstimate.ts';

const BASE: EstimateRequest = {
  model: 'meta-llama/Llama-3.1-8B-Instruct',
  hardware: 'A100-SXM4-80GB',
  batch: 1,
  inputTokens: 200,
  outputTokens: 200,
};
const AWQ = 'Qwen/Qwen2.5-7B-Instruct-AWQ';
const REFUSED: readonly (readonly [request: EstimateRequest, field: string, message: RegExp])[] = [
  [{ quantMethod: 'nf4', dtype: 'fp8' }, 'dtype', /"fp8" contradicts quantMethod "nf4"/],
  [{ quantMethod: 'llm.int8', dtype: 'int4' }, 'dtype', /contradicts/],
  [{ quantMethod: 'fp8', dtype: 'int4' }, 'dtype', /contradicts/],
  [{ quantMethod: 'awq', dtype: 'q4_k_m' }, 'dtype', /contradicts/],
  [{ quantMethod: 'awq', engine: 'llama.cpp' }, 'quantMethod', /does not run in llama\.cpp, which reads GGUF/],
  [{ dtype: 'nf4', engine: 'ollama' }, 'quantMethod', /does not run in ollama/],
  [{ model: AWQ, engine: 'llama.cpp' }, 'engine', /holds awq weights/],
  [{ params: 72e9 }, 'params', /72 billion contradicts the model .* 8\.03 billion/],
  [{ model: 'mistralai/Mixtral-8x7B-Instruct-v0.1', params: 13e9 }, 'params', /work on a token as "active"/],
];
const ACCEPTED: readonly EstimateRequest[] = [
  { quantMethod: 'nf4', dtype: 'bf16' },
  { quantMethod: 'bitsandbytes', dtype: 'int8' },
  { quantMethod: 'gptq', dtype: 'int8', engine: 'vllm' },
  { quantMethod: 'gptq', engine: 'exllamav2' },
  { quantMethod: 'fp8', dtype: 'bf16', engine: 'vllm' },
  { dtype: 'q8_0', engine: 'ollama' },
  { model: AWQ, dtype: 'q4_k_m', engine: 'llama.cpp' },
  { params: 8e9 },
  { model: 'google/gemma-7b-it', params: 7e9 },
];

describe('requests that contradict themselves', () => {
  for (const [request, field, message] of REFUSED) {
    it(`${JSON.stringify(request)} is refused`, () => {
      const answer = runEstimate({ ...BASE, ...request });
      assert.ok('error' in answer, 'answered');
      assert.equal(answer.field, field);
      assert.match(answer.error, message);
    });
  }

  for (const request of ACCEPTED) {
    it(`${JSON.stringify(request)} is answered`, () => {
      const answer = runEstimate({ ...BASE, ...request });
      assert.ok(!('error' in answer), JSON.stringify(answer));
    });
  }

  it('refuses a size that is not the model to be trained', () => {
    const run = { model: 'Qwen/Qwen2.5-7B-Instruct', hardware: 'H100', devices: 8, samples: 1000, epochs: 1 };
    const answer = runTrainingEstimate({ ...run, params: 72e9 });
    assert.ok('error' in answer && answer.field === 'params', 'answered');
    assert.ok(!('error' in runTrainingEstimate({ ...run, params: 7e9 })));
  });

  it("reads vLLM's names of methods", () => {
    const [plain, marlin] = ['awq', 'awq_marlin'].map((quantMethod) => runEstimate({ ...BASE, quantMethod }));
    assert.deepEqual(marlin, plain);
  });

  it('takes a stated size before that of a name or a pipeline, and says so', () => {
    const named = runEstimate({ ...BASE, model: 'nobody/Anything-E4B', params: 8e9 });
    assert.ok(!('error' in named));
    assert.match(named.assumptions.join('\n'), /states 8 billion parameters of .*its name says 4 billion/);
    const pipeline = runEstimate({ model: 'black-forest-labs/FLUX.1-dev', params: 12e9, hardware: 'H100' });
    assert.ok(!('error' in pipeline));
    assert.match(pipeline.assumptions.join('\n'), /the catalogue has 16\.9 billion: the stated size is taken/);
  });
});
