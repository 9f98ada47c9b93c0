import assert from 'node:assert/strict';
import { estimateWorkload, type WorkloadEstimate } from '../../../src/energy/estimateWorkload.ts';
import type { Impact } from '../../../src/energy/impact.ts';
import { impactOf } from '../../../src/energy/impactOf.ts';
import type { Profile } from '../../../src/energy/profile.ts';
import type { Workload } from '../../../src/energy/workload.ts';
import { findArchitecture } from '../../../src/knowledge/architectures/findArchitecture.ts';
import { builtinProfile, defaultProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { modelCatalogue } from '../../../src/knowledge/models/modelCatalogue.ts';

const processor = profile('server-cpu');
const forest: Workload = { kind: 'classical-fit', unit: 'run', engine: 'sklearn', learner: 'forest', samples: 10_000 };
const call: Workload = {
  kind: 'hosted-call',
  unit: 'request',
  engine: 'hosted',
  model: { id: 'gpt-4o' },
  inputTokens: 20_000,
  outputTokens: 200,
};

function profile(id: string): Profile {
  const found = builtinProfile(id);
  assert.ok(found, id);
  return found;
}

function estimate(workload: Workload, at = defaultProfile()): WorkloadEstimate {
  return estimateWorkload(workload, at, modelCatalogue);
}

function joules(workload: Workload, at = defaultProfile()): number {
  return estimate(workload, at).deviceWh.mid * 3600;
}

function impact(before: Workload, after: Partial<Workload>, at = defaultProfile()): Impact {
  return impactOf({ before, after }, at, modelCatalogue);
}

describe('regimes of the energy model', () => {
  it('fits classical learners by rows, features and estimators, as their algorithms grow', () => {
    const base = joules(forest);
    close(joules({ ...forest, estimators: 200 }) / base, 2);
    assert.ok(joules({ ...forest, samples: 20_000 }) / base > 2 && joules({ ...forest, samples: 20_000 }) / base < 2.2);
    close(joules({ ...forest, features: 80 }) / base, 2);
    const kernel: Workload = { ...forest, learner: 'kernel' };
    close(joules({ ...kernel, samples: 20_000 }) / joules(kernel), 4);
    const boosting: Workload = { ...forest, learner: 'boosting' };
    const saved = impact(boosting, { learner: 'histogram-boosting' });
    assert.equal(saved.direction, 'saves');
    assert.ok(saved.share.mid > 0.9);
  });

  it('says that classical figures rest on no measurement and keeps them wide', () => {
    const found = estimate(forest);
    assert.ok(found.deviceWh.high / found.deviceWh.mid > 5);
    assert.ok(found.assumptions.some((sentence) => sentence.includes('no public measurements')));
  });

  it('computes a cached prompt at a tenth', () => {
    const plain = joules(call);
    const cached = joules({ ...call, cachedInputShare: 0.9 });
    assert.ok(cached < plain && cached > 0.1 * plain);
    assert.equal(impact(call, { cachedInputShare: 0.9 }).direction, 'saves');
  });

  it('lets a speech model with a short decoder save', () => {
    const speech: Workload = { kind: 'speech', unit: 'item', model: { id: 'openai/whisper-large-v3' } };
    const found = impact(speech, { model: { id: 'openai/whisper-large-v3-turbo' } }, profile('nvidia-a10g'));
    assert.equal(found.direction, 'saves');
  });

  it('knows processors: float16 without units costs energy, int8 saves', () => {
    const encode: Workload = { kind: 'encode', unit: 'item', engine: 'hf', format: 'fp32', batch: 8, inputTokens: 128 };
    const slow = impact(encode, { format: 'fp16' }, processor);
    assert.equal(slow.direction, 'increases');
    const quick = impact(encode, { engine: 'onnxruntime', format: 'int8', quantMethod: 'onnx-int8' }, processor);
    assert.equal(quick.direction, 'saves');
  });

  it('trains large networks in 16 bit at the rate of the tensor cores', () => {
    const train: Workload = {
      kind: 'train',
      unit: 'run',
      model: { id: 'meta-llama/Llama-3.1-8B' },
      format: 'bf16',
      batch: 16,
      samples: 1000,
      epochs: 1,
      inputTokens: 2048,
    };
    const found = estimate(train, profile('nvidia-h100'));
    const operations = 6 * 8e9 * 2048 * 1000;
    const share = operations / found.seconds / 989e12;
    assert.ok(share > 0.25 && share < 0.45, `share of the peak ${share}`);
  });

  it('reads the design of a family from its name', () => {
    assert.equal(findArchitecture('google/gemma-3-27b-it').imageTokens, 256);
    assert.equal(findArchitecture('openai/gpt-oss-120b').windowTokens, 128);
    assert.equal(findArchitecture('deepseek-ai/DeepSeek-R1').cacheBytesPerToken, 70272);
    assert.equal(findArchitecture('deepseek-ai/DeepSeek-R1-Distill-Llama-8B').cacheBytesPerToken, undefined);
    assert.equal(findArchitecture('Qwen/Qwen3-235B-A22B-Instruct-2507-FP8').blockFp8, true);
    assert.deepEqual(findArchitecture(undefined), {});
  });
});

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual / expected - 1) < 0.01, `${actual} is not ${expected}`);
}
