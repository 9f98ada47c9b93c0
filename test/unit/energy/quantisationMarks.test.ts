import assert from 'node:assert/strict';
import { type EstimateFigures, runEstimate } from '../../../src/cli/estimate/runEstimate.ts';
import { findModel } from '../../../src/knowledge/models/findModel.ts';

/** Id, bits per weight with scales, and the method or the scheme that nobody measured. */
const MARKS: readonly (readonly [id: string, bits: number, by: string])[] = [
  ['nvidia/DeepSeek-R1-FP4', 4.5, 'NVFP4'],
  ['nvidia/DeepSeek-R1-0528-NVFP4-v2', 4.5, 'NVFP4'],
  ['somebody/Llama-3.1-8B-Instruct-MXFP4', 4.25, 'MXFP4'],
  ['turboderp/Llama-3.1-8B-Instruct-exl2', 4, 'ExLlama'],
  ['turboderp/Llama-3.1-8B-Instruct-4.0bpw-h6-exl2', 4, 'ExLlama'],
  ['somebody/Llama-3.1-8B-Instruct-exl3_3.5bpw', 3.5, 'ExLlama'],
  ['ISTA-DASLab/Meta-Llama-3.1-8B-Instruct-AQLM-PV-2Bit-1x16', 2.1, 'AQLM'],
  ['ISTA-DASLab/Meta-Llama-3-8B-Instruct-AQLM-2Bit-1x16-hf', 2.1, 'AQLM'],
  ['mobiuslabsgmbh/Llama-3.1-8b-instruct_4bitgs64_hqq_calib', 4.5, 'HQQ'],
  ['mobiuslabsgmbh/Llama-2-7b-2bit_g16_s128-HQQ', 2.5, 'HQQ'],
  ['relaxml/Llama-2-7b-E8P-2Bit', 2.1, 'QuIP#'],
  ['somebody/Meta-Llama-3-8B-Instruct-W4A16-G128', 4.25, 'gptq'],
  ['neuralmagic/Meta-Llama-3.1-8B-Instruct-quantized.w8a8', 8.25, 'W8A8'],
  ['Qwen/Qwen2.5-7B-Instruct-GPTQ-Int4', 4.25, 'gptq'],
  ['Qwen/Qwen2.5-7B-Instruct-GPTQ-Int8', 8.25, 'gptq'],
  ['somebody/Qwen2.5-7B-Instruct-gptq-8bit-128g-actorder_True', 8.25, 'gptq'],
  ['somebody/Llama-2-7B-gptq-32g', 4.25, 'gptq'],
  ['casperhansen/llama-3-8b-instruct-awq-g128', 4.25, 'awq'],
  ['unsloth/Qwen3-8B-unsloth-bnb-4bit', 4.5, 'nf4'],
  ['somebody/Qwen3-8B-bnb-8bit', 8.25, 'llm.int8'],
  ['mlx-community/Qwen3-8B-4bit', 4.5, 'MLX'],
  ['mlx-community/Qwen3-8B-8bit', 8.5, 'MLX'],
  ['llama3.1:8b-instruct-q8_0', 8.5, 'gguf'],
  ['qwen3:8b', 4.85, 'gguf'],
  ['unsloth/Qwen3-8B-GGUF/Qwen3-8B-UD-Q4_K_XL.gguf', 5, 'gguf'],
  ['bartowski/Llama-3.1-8B-Instruct-GGUF/Llama-3.1-8B-Instruct-IQ2_XXS.gguf', 2.06, 'gguf'],
];

function ask(model: string, engine = 'vllm', hardware = 'A100-SXM4-80GB'): EstimateFigures {
  const found = runEstimate({ model, hardware, engine, batch: 1, inputTokens: 200, outputTokens: 200 });
  if ('error' in found) assert.fail(found.error);
  return found;
}

function joules(figures: EstimateFigures): { readonly low: number; readonly mid: number; readonly high: number } {
  return figures.joules_per_output_token ?? assert.fail('no tokens');
}

function spread(figures: EstimateFigures): number {
  const { mid, high } = joules(figures);
  return high / mid;
}

describe('marks of quantisation in names of models', () => {
  for (const [id, bits, by] of MARKS) {
    it(id, () => {
      const model = findModel(id);
      assert.equal(model?.basis, 'catalogue');
      assert.equal(model?.quantisation ?? model?.scheme, by);
      assert.ok(Math.abs((model?.bitsPerWeight ?? 0) - bits) < 1e-9, String(model?.bitsPerWeight));
    });
  }

  it('leaves weights alone that Ollama serves as they were published', () => {
    assert.equal(findModel('gpt-oss:20b')?.quantisation, undefined);
  });

  it('says that a way of quantising was not measured, reads its bits and widens', () => {
    const plain = ask('meta-llama/Llama-3.1-8B-Instruct');
    for (const mark of ['exl2', 'FP4', 'W8A8', 'AQLM-PV-2Bit-1x16', '4bit']) {
      const marked = ask(`somebody/Llama-3.1-8B-Instruct-${mark}`);
      assert.ok(joules(marked).mid < 0.85 * joules(plain).mid, mark);
      assert.ok(spread(marked) > 1.3 * spread(plain), mark);
      assert.match(marked.assumptions.join('\n'), /stored by .* bits each .*has not been measured/, mark);
    }
  });

  it('tells GPTQ in 8 bits from GPTQ in 4', () => {
    const four = ask('Qwen/Qwen2.5-7B-Instruct-GPTQ-Int4');
    const eight = ask('Qwen/Qwen2.5-7B-Instruct-GPTQ-Int8');
    assert.ok(joules(eight).mid > joules(four).mid);
    assert.match(eight.assumptions.join('\n'), /stored by GPTQ, taken as 8\.25 bits/);
    assert.doesNotMatch(four.assumptions.join('\n'), /stored by/);
  });

  it('fits what is small into memory', () => {
    const request = { engine: 'vllm', batch: 16, inputTokens: 200, outputTokens: 200 };
    const big = runEstimate({ ...request, model: 'nvidia/Llama-3.1-405B-Instruct-FP4', hardware: 'B200', devices: 4 });
    assert.ok(!('error' in big) && !big.assumptions.join('\n').includes('does not fit'));
    const plain = runEstimate({
      ...request,
      model: 'meta-llama/Llama-3.1-405B-Instruct',
      hardware: 'B200',
      devices: 4,
    });
    assert.ok('error' in plain || plain.assumptions.join('\n').includes('does not fit'));
  });

  it('runs GGUF files in llama.cpp where no engine is named', () => {
    const found = runEstimate({ model: 'qwen3:8b', hardware: 'RTX 4090', batch: 1 });
    assert.ok(!('error' in found) && found.assumptions.join('\n').includes('llama.cpp is assumed'));
  });
});
