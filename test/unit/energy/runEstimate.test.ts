import assert from 'node:assert/strict';
import { parseEstimateRequest } from '../../../src/cli/estimate/estimateRequest.ts';
import { type EstimateFigures, runEstimate } from '../../../src/cli/estimate/runEstimate.ts';

function answer(json: unknown): EstimateFigures {
  const request = parseEstimateRequest(json);
  assert.ok(!('error' in request), JSON.stringify(request));
  const found = runEstimate(request);
  assert.ok(!('error' in found), JSON.stringify(found));
  return found;
}

function refusal(json: unknown): { readonly field: string; readonly error: string } {
  const request = parseEstimateRequest(json);
  const found = 'error' in request ? request : runEstimate(request);
  assert.ok('error' in found, JSON.stringify(found));
  return found;
}

const BASE = {
  model: 'meta-llama/Llama-3.1-8B-Instruct',
  hardware: 'H100-SXM-80GB',
  engine: 'vLLM',
  batch: 64,
  inputTokens: 200,
  outputTokens: 400,
  dtype: 'bfloat16',
};

describe('green-ai estimate', () => {
  it('prints device and wall energy, carbon and assumptions', () => {
    const found = answer(BASE);
    const perToken = found.joules_per_output_token;
    assert.ok(perToken && perToken.low < perToken.mid && perToken.mid < perToken.high);
    assert.ok(Math.abs(found.wh_per_request.mid - (perToken.mid * 400) / 3600) < 1e-9);
    assert.ok(found.wall_wh_per_request.mid > found.wh_per_request.mid);
    assert.ok(found.gco2e_per_request.mid > 0 && found.assumptions.length > 0);
  });

  it('takes weights that are published in 4 bits as they are, not as quantised by GPTQ', () => {
    const plain = { ...BASE, model: 'openai/gpt-oss-120b', dtype: undefined };
    const named = answer({ ...plain, dtype: 'mxfp4' }).joules_per_output_token;
    assert.deepEqual(named, answer(plain).joules_per_output_token);
  });

  it('does not believe that all experts of a known mixture work on each token', () => {
    const mixture = { ...BASE, model: 'mistralai/Mixtral-8x7B-Instruct-v0.1', devices: 2 };
    const known = answer(mixture).joules_per_output_token;
    assert.deepEqual(answer({ ...mixture, params: 47e9, active: 47e9 }).joules_per_output_token, known);
    const stated = answer({ ...mixture, params: 47e9, active: 7e9 }).joules_per_output_token;
    assert.ok(stated && known && stated.mid < known.mid);
  });

  it('runs what is quantised where it can run, one request at a time', () => {
    const { engine: _engine, batch: _batch, dtype: _dtype, ...rest } = BASE;
    const gguf = answer({ ...rest, quantMethod: 'gguf', dtype: 'int4' });
    const stated = answer({ ...rest, quantMethod: 'gguf', dtype: 'int4', engine: 'llama.cpp', batch: 1 });
    assert.equal(gguf.joules_per_output_token?.mid, stated.joules_per_output_token?.mid);
    assert.ok(gguf.assumptions.some((sentence) => sentence.includes('llama.cpp')));
    const nf4 = answer({ ...rest, quantMethod: 'nf4' });
    assert.ok(nf4.assumptions.some((sentence) => sentence.includes('Hugging Face')));
  });

  it('reads the engine and hardware spellings of published tables', () => {
    for (const engine of [
      'vLLM',
      'vllm',
      'vLLM 0.5.4',
      'llamacpp',
      'HF transformers (FastChat)',
      'HF transformers/diffusers',
      'hf',
      'diffusers',
      'xDiT',
      'ollama',
    ])
      answer({ ...BASE, engine });
    for (const dtype of [
      'bfloat16',
      'bf16 or fp16 (vLLM default dtype)',
      'fp16',
      '16',
      'f16',
      'q4_K_M',
      'q4_0 (Ollama default)',
      'unspecified (HF default)',
      'fp8',
      'mxfp4',
      'nf4_double',
      'gptq',
      'iq4_XS',
      'q6_K_L',
    ])
      answer({ ...BASE, dtype });
  });

  it('takes counts where the model is not known', () => {
    const known = answer({ ...BASE, params: 8.03e9 });
    const counted = answer({ ...BASE, model: undefined, params: 8.03e9 });
    const ratio = (counted.joules_per_output_token?.mid ?? 0) / (known.joules_per_output_token?.mid ?? 1);
    assert.ok(ratio > 0.8 && ratio < 1.25, String(ratio));
    const mixture = answer({ ...BASE, model: undefined, params: 30e9, active: 3e9 });
    const dense = answer({ ...BASE, model: undefined, params: 30e9 });
    assert.ok((mixture.joules_per_output_token?.mid ?? 9) < (dense.joules_per_output_token?.mid ?? 0));
  });

  it('is about 12 times wider where the batch is not given', () => {
    const known = answer(BASE).joules_per_output_token;
    const vague = answer({ ...BASE, batch: undefined }).joules_per_output_token;
    assert.ok(known && vague);
    assert.ok(vague.high / vague.mid > 11 && known.high / known.mid < 2);
    assert.ok(vague.low < known.mid && known.mid < vague.high);
  });

  it('follows region and PUE', () => {
    const france = answer({ ...BASE, region: 'eu-west-3' });
    const india = answer({ ...BASE, region: 'India' });
    assert.ok(france.gco2e_per_request.mid < india.gco2e_per_request.mid / 3);
    const plain = answer({ ...BASE, pue: 1 });
    const twice = answer({ ...BASE, pue: 2 });
    assert.ok(Math.abs(twice.wall_wh_per_request.mid / plain.wall_wh_per_request.mid - 2) < 1e-9);
    assert.equal(twice.wh_per_request.mid, plain.wh_per_request.mid);
  });

  it('says that 70 B in fp32 does not fit on 16 GB, and what would', () => {
    const found = refusal({ model: 'meta-llama/Llama-3.1-70B-Instruct', hardware: 'Tesla T4', dtype: 'fp32' });
    assert.equal(found.field, 'dtype');
    assert.match(found.error, /does not fit.*282 GB.*16 GB.*would fit/);
  });

  it('takes bitsandbytes for what the number format makes it', () => {
    const small = { ...BASE, engine: 'hf', batch: 1 };
    const mid = (change: object): number => answer({ ...small, ...change }).wh_per_request.mid;
    assert.equal(mid({ dtype: 'int8', quantMethod: 'bitsandbytes' }), mid({ dtype: 'int8', quantMethod: 'llm.int8' }));
    assert.equal(mid({ dtype: 'int4', quantMethod: 'bitsandbytes' }), mid({ dtype: 'int4', quantMethod: 'nf4' }));
    const open = answer({ ...small, dtype: undefined, quantMethod: 'bitsandbytes' });
    assert.match(open.assumptions.join(' '), /nf4\) is assumed/);
  });

  it('claims no saving of 4-bit weights on a server with many requests, whatever made them', () => {
    const busy = { ...BASE, hardware: 'A40', batch: 64 };
    assert.equal(
      answer({ ...busy, dtype: 'int4' }).wh_per_request.mid,
      answer({ ...busy, dtype: 'int4', quantMethod: 'gptq' }).wh_per_request.mid,
    );
  });

  it('reads half the bytes where llama.cpp has 16-bit weights on a processor', () => {
    const local = { ...BASE, hardware: 'AMD EPYC 7763', engine: 'llama.cpp', batch: 1 };
    const mid = (dtype: string): number => answer({ ...local, dtype }).wh_per_request.mid;
    for (const half of ['fp16', 'bf16']) assert.ok(mid(half) < 0.7 * mid('fp32') && mid(half) > mid('int8'), half);
  });

  it('takes the active parameters that are stated beside a model', () => {
    const dense = answer(BASE).wh_per_request.mid;
    assert.ok(answer({ ...BASE, active: 1e9 }).wh_per_request.mid < dense);
    assert.equal(answer({ ...BASE, active: 8e9 }).wh_per_request.mid, dense);
    assert.equal(refusal({ ...BASE, active: 20e9 }).field, 'active');
  });

  it('says of tokens only what it assumes', () => {
    const text = (change: object): string => answer({ ...BASE, ...change }).assumptions.join(' ');
    assert.match(text({ outputTokens: undefined }), /^250 output tokens per request are assumed/);
    assert.doesNotMatch(text({ outputTokens: undefined }), /input and/);
    assert.match(text({ outputTokens: undefined, inputTokens: undefined }), /\d+ input and 250 output tokens/);
  });

  it('gives no time and no share of making the machines for hosted models', () => {
    const found = answer({ model: 'gpt-4o' });
    assert.deepEqual([found.seconds_per_request, found.embodied_gco2e_per_request], [undefined, undefined]);
    assert.ok(found.wall_wh_per_request.mid > 0);
  });

  it('accepts it on enough devices', () => {
    answer({
      model: 'meta-llama/Llama-3.1-70B-Instruct',
      hardware: 'H100-SXM-80GB',
      devices: 4,
      dtype: 'fp32',
      batch: 1,
      engine: 'vllm',
    });
  });

  const BAD: readonly (readonly [unknown, string, RegExp])[] = [
    [{}, 'model', /missing/],
    [{ ...BASE, hardware: 'H1000' }, 'hardware', /nearest: .*H100/],
    [{ ...BASE, model: 'nobody/knows-this', params: undefined }, 'model', /params/],
    [{ ...BASE, batch: 0 }, 'batch', /above 0/],
    [{ ...BASE, batch: -4 }, 'batch', /above 0/],
    [{ ...BASE, outputTokens: 0 }, 'outputTokens', /above 0/],
    [{ ...BASE, devices: 1.5 }, 'devices', /whole/],
    [{ ...BASE, params: Number.NaN }, 'params', /number/],
    [{ ...BASE, params: -7e9 }, 'params', /above 0/],
    [{ ...BASE, params: 7e9, active: 9e9 }, 'active', /exceed/],
    [{ ...BASE, pue: 0.5 }, 'pue', /at least 1/],
    [{ ...BASE, engine: 'steam' }, 'engine', /vllm/],
    [{ ...BASE, dtype: 'fp7' }, 'dtype', /bf16/],
    [{ ...BASE, dtype: 'constructor' }, 'dtype', /bf16/],
    [{ ...BASE, quantMethod: 'magic' }, 'quantMethod', /gptq/],
    [{ ...BASE, region: 'atlantis' }, 'region', /nearest/],
    [{ ...BASE, speed: 5 }, 'speed', /known fields/],
    [{ ...BASE, model: 7 }, 'model', /text/],
    [[], 'request', /object/],
    [null, 'request', /object/],
    ['x', 'request', /object/],
  ];
  for (const [json, field, text] of BAD) {
    it(`refuses ${JSON.stringify(json)?.slice(0, 40)} … naming ${field}`, () => {
      const found = refusal(json);
      assert.equal(found.field, field);
      assert.match(found.error, text);
      assert.ok(found.error.startsWith(`${field}:`));
    });
  }
});
