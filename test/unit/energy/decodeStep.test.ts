import assert from 'node:assert/strict';
import { constants } from '../../../src/energy/constants.ts';
import { type DecodeInput, decodeStep } from '../../../src/energy/decodeStep.ts';

/** Llama 3.1 8B in 16 bit on one H100. */
const dense: DecodeInput = {
  totalParameters: 8.03e9,
  activeParameters: 8.03e9,
  bytesPerWeight: 2,
  cacheBytesPerToken: 131_072,
  layers: 32,
  engine: 'server',
  devices: 1,
  bandwidthGbs: 3350,
  peakTflops: 989,
  tdpWatts: 700,
  batch: 16,
  inputTokens: 200,
  outputTokens: 400,
};
const mixture: DecodeInput = {
  ...dense,
  totalParameters: 235e9,
  activeParameters: 22e9,
  experts: 128,
  expertShare: 8 / 128,
  layers: 94,
  devices: 8,
};

function step(input: DecodeInput): ReturnType<typeof decodeStep> {
  return decodeStep(input, constants.generate);
}

describe('decodeStep', () => {
  it('takes no less than the bytes need and draws no more than the TDP', () => {
    for (const batch of [1, 8, 64, 512]) {
      const found = step({ ...dense, batch });
      assert.ok(found.seconds > (8.03e9 * 2) / 3350e9);
      assert.ok(found.watts <= 700 && found.watts > 100);
    }
  });

  it('costs less per token and more per step the more sequences run together', () => {
    const batches = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
    const found = batches.map((batch) => step({ ...dense, batch }));
    for (const [index, { joulesPerToken, seconds }] of found.entries()) {
      const before = found[index - 1];
      if (before) assert.ok(joulesPerToken < before.joulesPerToken && seconds > before.seconds);
    }
  });

  it('lets an eager engine hide work behind its host, and a server not', () => {
    const small: DecodeInput = { ...dense, totalParameters: 1e8, activeParameters: 1e8, engine: 'eager', batch: 1 };
    const larger = { ...small, totalParameters: 1e9, activeParameters: 1e9 };
    assert.ok(
      step(larger).joulesPerToken / step(small).joulesPerToken < 1.3,
      'size hardly matters while the host sets the pace',
    );
    assert.ok(step({ ...small, engine: 'server' }).seconds < 0.2 * step(small).seconds);
  });

  it('reads more experts the more sequences choose, up to all', () => {
    const few = step({ ...mixture, batch: 1 });
    const some = step({ ...mixture, batch: 32 });
    const dense235 = step({ ...mixture, batch: 32, activeParameters: 235e9 });
    assert.ok(few.seconds < some.seconds && some.seconds < dense235.seconds);
  });

  it('makes block-scaled FP8 of a mixture cost energy in small batches and not in large ones', () => {
    const ratio = (batch: number): number =>
      step({ ...mixture, batch, bytesPerWeight: 1, blockFp8: true }).joulesPerToken /
      step({ ...mixture, batch }).joulesPerToken;
    assert.ok(ratio(8) > 1.2, `batch 8: ${ratio(8)}`);
    assert.ok(ratio(256) < 1.05, `batch 256: ${ratio(256)}`);
  });

  it('keeps no more than the window in windowed layers', () => {
    const long = { ...dense, inputTokens: 8000, outputTokens: 8000, batch: 64 };
    const windowed = step({ ...long, windowTokens: 1024, windowShare: 0.83 });
    assert.ok(windowed.joulesPerToken < 0.7 * step(long).joulesPerToken);
    const short = { ...dense, inputTokens: 100, outputTokens: 100 };
    assert.equal(step({ ...short, windowTokens: 1024, windowShare: 0.83 }).seconds, step(short).seconds);
  });

  it('pays for every link', () => {
    const joules = [1, 2, 4, 8].map((devices) => step({ ...dense, devices }).joulesPerToken);
    for (const [index, value] of joules.entries()) assert.ok(index === 0 || value > (joules[index - 1] ?? 0));
  });
});
