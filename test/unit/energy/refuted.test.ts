import { strict as assert } from 'node:assert';
import { parseEstimateRequest } from '../../../src/cli/estimate/estimateRequest.ts';
import { type EstimateFigures, runEstimate } from '../../../src/cli/estimate/runEstimate.ts';
import { runTrainingEstimate } from '../../../src/cli/estimate/runTrainingEstimate.ts';
import { parseTrainingRequest } from '../../../src/cli/estimate/trainingRequest.ts';

function figures(request: Readonly<Record<string, unknown>>): EstimateFigures {
  const parsed = parseEstimateRequest(request);
  assert.ok(!('error' in parsed), JSON.stringify(parsed));
  const answer = runEstimate(parsed);
  assert.ok(!('error' in answer), JSON.stringify(answer));
  return answer;
}

const joules = (request: Readonly<Record<string, unknown>>): number =>
  figures(request).joules_per_output_token?.mid ?? 0;
const width = ({ low, high }: { readonly low: number; readonly high: number }): number => Math.sqrt(high / low);
const LLAMA = { model: 'meta-llama/Llama-3.1-8B-Instruct', hardware: 'A100-SXM4-80GB', engine: 'vllm' };
const SHORT = { ...LLAMA, batch: 16, inputTokens: 200, outputTokens: 200 };

describe('what an independent reader refused of the energy model', () => {
  it('computes attention between the tokens of a long prompt: 8 B, a million tokens, one A100: 30 minutes (MInference, NeurIPS 2024)', () => {
    const answer = figures({ ...LLAMA, batch: 1, inputTokens: 1_000_000, outputTokens: 1 });
    const seconds = answer.seconds_per_request ?? 0;
    assert.ok(seconds > 1200 && seconds < 2700, String(seconds));
    assert.match(answer.assumptions.join(' '), /more than the context/);
  });

  it('holds the published steps of DeepSeek-R1 in FP8 on 8 x H200 (InferenceX issue 870: 12.8 ms at 8, 34.6 ms at 64 sequences)', () => {
    for (const [batch, published] of [
      [8, 0.0128],
      [64, 0.0346],
    ] as const) {
      const request = { model: 'deepseek-ai/DeepSeek-R1-0528', hardware: 'H200', devices: 8, engine: 'sglang', batch };
      const answer = figures({ ...request, inputTokens: 1024, outputTokens: 1024 });
      const step = ((answer.seconds_per_request ?? 0) * batch) / 1024;
      assert.ok(step / published < 1.6 && published / step < 1.6, `${batch}: ${step}`);
    }
  });

  it('does not make FP8 mixtures dearer than bf16 at one sequence by what was measured at eight', () => {
    const request = { hardware: 'H100', engine: 'vllm', batch: 1, inputTokens: 200, outputTokens: 200 };
    const ratio =
      joules({ ...request, model: 'Qwen/Qwen3-30B-A3B-FP8' }) / joules({ ...request, model: 'Qwen/Qwen3-30B-A3B' });
    assert.ok(ratio < 1.3, String(ratio));
  });

  it('puts the spread of a quantisation method into the interval', () => {
    const plain = figures(SHORT).wh_per_request;
    const awq = figures({ ...SHORT, quantMethod: 'awq' }).wh_per_request;
    assert.ok(width(awq) > 1.2 * width(plain), `${width(awq)} ${width(plain)}`);
  });

  it('has no cliffs where the batch grows by one', () => {
    for (const quantMethod of ['nf4', 'gptq', 'awq']) {
      for (let batch = 1; batch < 130; batch += 1) {
        const ratio = joules({ ...SHORT, quantMethod, batch: batch + 1 }) / joules({ ...SHORT, quantMethod, batch });
        assert.ok(ratio < 1.06, `${quantMethod} ${batch}: ${ratio}`);
      }
    }
  });

  it('says and widens where nothing like the device was measured', () => {
    const known = width(figures(SHORT).wh_per_request);
    const kin = figures({ ...SHORT, hardware: 'RTX 4090' });
    const other = figures({ ...SHORT, hardware: 'MI300X' });
    const inside = figures({ ...SHORT, model: 'Qwen/Qwen2.5-0.5B-Instruct', hardware: 'Intel Iris Xe Graphics' });
    assert.ok(width(kin.wh_per_request) > known && width(other.wh_per_request) > width(kin.wh_per_request));
    assert.ok(width(inside.wh_per_request) >= 4);
    assert.match(kin.assumptions.join(' '), /not measured on NVIDIA RTX 4090/);
    assert.match(other.assumptions.join(' '), /Nothing like AMD Instinct MI300X was measured/);
  });

  it('widens carbon and cost by the place that nobody stated', () => {
    const somewhere = figures(SHORT);
    const sweden = figures({ ...SHORT, region: 'SE', pue: 1.2 });
    assert.ok(width(somewhere.gco2e_per_request) > 2 * width(sweden.gco2e_per_request));
    assert.ok(width(somewhere.usd_per_request) > width(sweden.usd_per_request));
  });

  it('takes the usual steps, size and frames of pictures and videos and says so', () => {
    const video = figures({ model: 'Wan-AI/Wan2.1-T2V-14B-Diffusers', hardware: 'H100' });
    assert.ok(video.wh_per_request.low < 140 && video.wh_per_request.high > 79, JSON.stringify(video.wh_per_request));
    assert.match(video.assumptions.join(' '), /50 steps, 832 × 480 pixels and 81 frames are assumed/);
    const four = figures({ model: 'black-forest-labs/FLUX.1-schnell', hardware: 'H100' });
    assert.match(four.assumptions.join(' '), /4 steps/);
  });

  it('notices weights and caches that do not fit, on boards and in large batches', () => {
    const board = runEstimate({ model: 'meta-llama/Llama-3.1-8B-Instruct', hardware: 'Raspberry Pi 5', dtype: 'fp32' });
    const huge = runEstimate({ model: 'meta-llama/Llama-3.1-405B-Instruct', hardware: 'Raspberry Pi 5' });
    assert.ok('error' in huge && /does not fit/.test(huge.error));
    assert.ok('error' in board || /does not fit/.test(board.assumptions.join(' ')));
    const request = { model: 'meta-llama/Llama-2-7b-chat-hf', hardware: 'RTX 4090', engine: 'vllm', batch: 512 };
    const cache = figures({ ...request, inputTokens: 3000, outputTokens: 1000 });
    assert.match(cache.assumptions.join(' '), /key-value cache of 512 sequences of 4000 tokens needs/);
  });

  it('gives each card a share of the layers in llama.cpp: 70 B in Q4 on four L40S, 14.9 tokens a second', () => {
    const request = { model: 'meta-llama/Llama-3.1-70B-Instruct', dtype: 'q4_k_m', hardware: 'L40S', devices: 4 };
    const answer = figures({ ...request, engine: 'llama.cpp', batch: 1, inputTokens: 200, outputTokens: 200 });
    const rate = 200 / (answer.seconds_per_request ?? 1);
    assert.ok(rate > 11 && rate < 20, String(rate));
  });

  it('trains pictures and speech by what they are, and refuses what no card can hold', () => {
    const hours = (request: Readonly<Record<string, unknown>>): number => {
      const parsed = parseTrainingRequest(request);
      const answer = 'error' in parsed ? parsed : runTrainingEstimate(parsed);
      return 'error' in answer ? 0 : answer.hours;
    };
    const sdxl = { model: 'stabilityai/stable-diffusion-xl-base-1.0', samples: 1e5, hardware: 'A100', batch: 8 };
    const perSecond = 1e5 / (hours(sdxl) * 3600);
    assert.ok(perSecond > 2 && perSecond < 9, String(perSecond));
    assert.ok(1e4 / (hours({ model: 'openai/whisper-small', samples: 1e4, hardware: 'A100', batch: 8 }) * 3600) < 60);
    const large = parseTrainingRequest({ model: 'meta-llama/Llama-3.1-70B', tokens: 1e4, hardware: 'A100' });
    const answer = 'error' in large ? large : runTrainingEstimate(large);
    assert.ok('error' in answer && /does not fit/.test(answer.error));
  });
});
