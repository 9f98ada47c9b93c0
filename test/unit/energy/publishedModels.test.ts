import assert from 'node:assert/strict';
import { runEstimate } from '../../../src/cli/estimate/runEstimate.ts';
import { findModel } from '../../../src/knowledge/models/findModel.ts';
import { sizeInName } from '../../../src/knowledge/models/sizeInName.ts';

/** Id, billions in all and at work, layers, heads as the published configuration has them. */
const MIXTURES: readonly (readonly [id: string, all: number, active: number, layers: number, heads: number])[] = [
  ['MiniMaxAI/MiniMax-M2', 230, 10, 62, 48],
  ['zai-org/GLM-4.5', 355, 32, 92, 96],
  ['zai-org/GLM-4.5-Air', 106, 12, 46, 96],
  ['zai-org/GLM-4.6-FP8', 355, 32, 92, 96],
  ['deepseek-ai/DeepSeek-V3', 671, 37, 61, 128],
  ['deepseek-ai/DeepSeek-V3.2-Exp', 671, 37, 61, 128],
  ['deepseek-ai/DeepSeek-V2-Lite-Chat', 15.7, 2.4, 27, 16],
  ['inclusionAI/Ling-1T', 1000, 50, 80, 64],
  ['inclusionAI/Ring-1T', 1000, 50, 80, 64],
  ['tencent/Hunyuan-A13B-Instruct', 80.4, 13, 32, 32],
  ['ai21labs/Jamba-v0.1', 51.57, 12, 32, 32],
  ['ibm-granite/granite-4.0-h-small', 32.2, 9, 40, 32],
  ['Qwen/Qwen3-Next-80B-A3B-Thinking', 81.3, 3.9, 48, 16],
  ['moonshotai/Kimi-K2-Instruct-0905', 1026, 32, 61, 64],
  ['moonshotai/Kimi-K2-Thinking', 1026, 32, 61, 64],
  ['xai-org/grok-1', 314, 86, 64, 48],
];
const WHISPERS: readonly (readonly [id: string, base: string])[] = [
  ['Systran/faster-whisper-large-v3', 'openai/whisper-large-v3'],
  ['Systran/faster-whisper-large-v2', 'openai/whisper-large-v2'],
  ['Systran/faster-whisper-tiny.en', 'openai/whisper-tiny.en'],
  ['Systran/faster-distil-whisper-large-v3', 'distil-whisper/distil-large-v3'],
  ['Systran/faster-distil-whisper-medium.en', 'distil-whisper/distil-medium.en'],
  ['deepdml/faster-whisper-large-v3-turbo-ct2', 'openai/whisper-large-v3-turbo'],
];

describe('models as published', () => {
  for (const [id, all, active, layers, heads] of MIXTURES) {
    it(id, () => {
      const model = findModel(id);
      assert.deepEqual(
        [model?.parameters, model?.activeParameters, model?.layers, model?.heads],
        [Math.round(all * 1e9), active * 1e9, layers, heads],
      );
      assert.ok((model?.experts ?? 0) > (model?.expertsPerToken ?? 0));
    });
  }

  for (const [id, base] of WHISPERS) {
    it(id, () => {
      const model = findModel(id);
      assert.deepEqual([model?.id, model?.kind, model?.storedFormat], [base, 'speech', 'fp16']);
    });
  }

  it('knows weights that were published in four and eight bits', () => {
    assert.equal(findModel('moonshotai/Kimi-K2-Thinking')?.storedFormat, 'int4');
    assert.equal(findModel('MiniMaxAI/MiniMax-M2')?.storedFormat, 'fp8');
    assert.equal(findModel('genmo/mochi-1-preview')?.kind, 'diffusion');
  });

  it('reads trillions, and what works on a token alone', () => {
    assert.deepEqual(sizeInName('thing-1t-a50b'), { parameters: 1e12, activeParameters: 50e9 });
    assert.deepEqual(sizeInName('thing-1t'), { parameters: 1e12, activeParameters: 40e9, isMixtureAssumed: true });
    assert.deepEqual(sizeInName('thing-a13b'), { parameters: 104e9, activeParameters: 13e9, isMixtureAssumed: true });
    assert.deepEqual(sizeInName('thing-3b-1t'), { parameters: 3e9, activeParameters: 3e9 });
    assert.equal(sizeInName('gpt-4t0'), undefined);
  });

  it('says what it assumed of a mixture, and widens', () => {
    const request = { hardware: 'H200', devices: 8, engine: 'vllm', batch: 8 };
    const [half, whole] = ['nobody/Thing-A13B', 'nobody/Thing-104B-A13B'].map((model) =>
      runEstimate({ ...request, model }),
    );
    assert.ok(half && whole && !('error' in half) && !('error' in whole));
    assert.match(half.assumptions.join('\n'), /states half of a mixture's size: 104 billion .* 13 billion/);
    assert.equal(half.wh_per_request.mid, whole.wh_per_request.mid);
    assert.ok(half.wh_per_request.high > 1.2 * whole.wh_per_request.high);
  });
});
