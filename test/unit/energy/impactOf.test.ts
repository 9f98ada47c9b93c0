import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Impact } from '../../../src/energy/impact.ts';
import { impactOf } from '../../../src/energy/impactOf.ts';
import type { Workload, WorkloadChange } from '../../../src/energy/workload.ts';
import { builtinProfile, builtinProfiles } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { modelCatalogue } from '../../../src/knowledge/models/modelCatalogue.ts';
import pairs from './measuredPairs.json';

function impact(before: Workload, after: Partial<Workload>, profileId = 'nvidia-a100-80gb'): Impact {
  const profile = builtinProfile(profileId);
  assert.ok(profile, profileId);
  return impactOf({ before, after }, profile, modelCatalogue);
}

const measuredPairs = pairs.entries as readonly { effect: string; before: Workload; after: Partial<Workload> }[];
const LLAMA_8B = { id: 'meta-llama/Llama-3.1-8B-Instruct' };
const eager: Workload = {
  kind: 'generate',
  unit: 'request',
  engine: 'hf',
  model: LLAMA_8B,
  format: 'fp16',
  batch: 1,
  inputTokens: 200,
  outputTokens: 200,
};
const train: Workload = {
  kind: 'train',
  unit: 'run',
  model: { id: 'answerdotai/ModernBERT-base' },
  format: 'fp32',
  batch: 16,
  samples: 10_000,
  epochs: 3,
  inputTokens: 256,
};
const encode: Workload = {
  kind: 'encode',
  unit: 'item',
  model: { id: 'sentence-transformers/all-MiniLM-L6-v2' },
  inputTokens: 128,
  batch: 1,
};

describe('impactOf', () => {
  it('knows no energy effect of gradients that are no longer recorded', () => {
    const found = impact({ ...encode, recordsGradients: true }, { recordsGradients: false });
    assert.equal(found.direction, 'none');
    assert.equal(found.energyPerYear.mid, 0);
  });

  it('saves all the loading when the model is kept, and only the loading', () => {
    const found = impact({ ...encode, unit: 'request', loadsPerUnit: 1 }, { loadsPerUnit: 0 });
    assert.equal(found.direction, 'saves');
    assert.ok(found.share.low > 0 && found.share.high < 1);
    const only = impact({ kind: 'load-model', unit: 'request', model: LLAMA_8B, loadsPerUnit: 1 }, { loadsPerUnit: 0 });
    assert.equal(only.share.mid, 1);
    assert.equal(only.probability, 1);
  });

  it('saves by counts exactly: reading ten times to once is nine tenths', () => {
    const found = impact({ kind: 'read-data', unit: 'run', readsPerUnit: 10, bytesPerRead: 1e8 }, { readsPerUnit: 1 });
    assert.ok(Math.abs(found.share.mid - 0.9) < 0.01);
    assert.equal(found.direction, 'saves');
  });

  it('saves by batching on a GPU', () => {
    const found = impact(encode, { batch: 32 });
    assert.equal(found.direction, 'saves');
    assert.ok(found.share.mid > 0.5);
  });

  it('halves about the energy of eager generation when fp32 weights become 16 bit on a GPU with 16-bit units', () => {
    const found = impact({ ...eager, format: 'fp32' }, { format: 'bf16' }, 'nvidia-a10g');
    assert.equal(found.direction, 'saves');
    assert.ok(found.share.mid > 0.2 && found.share.mid < 0.75);
  });

  it('does not promise a saving from 16 bit on a processor without 16-bit units', () => {
    const found = impact({ ...eager, format: 'fp32' }, { format: 'bf16' }, 'laptop-cpu');
    assert.equal(found.direction, 'may-increase');
  });

  it('is the same every time and antisymmetric in direction', () => {
    const change: WorkloadChange = { before: train, after: { format: 'fp16' } };
    const at = builtinProfile('nvidia-t4');
    assert.ok(at);
    assert.deepEqual(impactOf(change, at, modelCatalogue), impactOf(change, at, modelCatalogue));
    const back = impact({ ...train, format: 'fp16' }, { format: 'fp32' }, 'nvidia-t4');
    assert.equal(back.direction, 'increases');
  });

  it('multiplies by the stated workload and the site', () => {
    const at = builtinProfile('nvidia-t4');
    assert.ok(at);
    const change: WorkloadChange = { before: { ...encode, unit: 'request' }, after: { batch: 8 } };
    const once = impactOf(change, at, modelCatalogue);
    const twice = impactOf(
      change,
      { ...at, workload: { ...at.workload, requestsPerYear: 2 * at.workload.requestsPerYear } },
      modelCatalogue,
    );
    const ratio = twice.energyPerYear.mid / once.energyPerYear.mid;
    assert.ok(Math.abs(ratio - 2) < 1e-9);
    assert.ok(Math.abs(once.energyPerYear.mid - (once.perUnit.mid * at.workload.requestsPerYear) / 1000) < 1e-9);
    assert.ok(Math.abs(once.carbonPerYear.mid - (once.energyPerYear.mid * at.site.gramsPerKwh) / 1000) < 1e-9);
    assert.ok(Math.abs(once.costPerYear.mid - once.energyPerYear.mid * at.site.usdPerKwh) < 1e-9);
  });

  it('keeps intervals in order, directions and probabilities in agreement, on every built-in profile', () => {
    for (const at of builtinProfiles) {
      for (const { effect: name, before, after } of measuredPairs) {
        const found = impactOf({ before, after }, at, modelCatalogue);
        for (const value of [found.share, found.perUnit, found.energyPerYear, found.carbonPerYear, found.costPerYear]) {
          assert.ok(
            value.low <= value.mid && value.mid <= value.high && Number.isFinite(value.high - value.low),
            `${at.id} ${name}`,
          );
        }
        assert.equal(found.direction === 'saves', found.share.low > 0, `${at.id} ${name}`);
        if (found.direction === 'saves') assert.ok(found.probability > 0.9, `${at.id} ${name}`);
        if (found.direction === 'increases') assert.ok(found.probability < 0.1, `${at.id} ${name}`);
      }
    }
  });

  it('gives finite numbers in order whatever the code says', () => {
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(0, -1, 1, 1e300, Number.NaN, Number.POSITIVE_INFINITY),
      fc.integer(),
    );
    const fields = {
      batch: number,
      inputTokens: number,
      outputTokens: number,
      steps: number,
      loadsPerUnit: number,
      readsPerUnit: number,
      bytesPerRead: number,
      repeats: number,
      samples: number,
      epochs: number,
      devices: number,
      model: fc.record({ id: fc.string(), parameters: number, activeParameters: number }, { requiredKeys: [] }),
    };
    const kind = fc.constantFrom<Workload['kind']>(
      'generate',
      'encode',
      'vision',
      'speech',
      'diffusion',
      'train',
      'classical-fit',
      'load-model',
      'read-data',
      'hosted-call',
    );
    const anything = fc.record(fields, { requiredKeys: [] });
    fc.assert(
      fc.property(kind, anything, anything, (what, before, after) => {
        const found = impact({ kind: what, unit: 'run', ...before }, after, 'nvidia-t4');
        for (const value of [found.share, found.perUnit, found.energyPerYear, found.carbonPerYear, found.costPerYear]) {
          assert.ok(value.low <= value.mid && value.mid <= value.high, JSON.stringify(value));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the year of a machine', () => {
  it('never counts more work than the hardware can do in a year, and says so', () => {
    const profile = builtinProfile('nvidia-l4');
    assert.ok(profile);
    const busy = { ...profile, workload: { ...profile.workload, requestsPerYear: 1e12 } };
    const found = impactOf({ before: eager, after: { batch: 8 } }, busy, modelCatalogue);
    const { hardware, site } = busy;
    const mostKwh = (hardware.tdpWatts * hardware.count * hardware.hostFactor * site.pue * 8760) / 1000;
    assert.ok(found.energyPerYear.mid <= 3 * mostKwh, `${found.energyPerYear.mid} kWh of at most ${mostKwh}`);
    assert.match(found.assumptions.join('\n'), /busy for [\d,]+ years; one year of its full time is counted/);
  });

  it('says when the weights do not fit', () => {
    const found = impact({ ...eager, format: 'fp32', model: { parameters: 7.2e9 } }, { format: 'bf16' }, 'nvidia-l4');
    assert.match(found.assumptions.join('\n'), /the model does not fit: the weights need 29 GB/);
  });
});
