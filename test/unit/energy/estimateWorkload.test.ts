import assert from 'node:assert/strict';
import { estimateWorkload } from '../../../src/energy/estimateWorkload.ts';
import type { Profile } from '../../../src/energy/profile.ts';
import type { Workload } from '../../../src/energy/workload.ts';
import { builtinProfile, builtinProfiles } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { modelCatalogue } from '../../../src/knowledge/models/modelCatalogue.ts';

const a100 = profile('nvidia-a100-80gb');
const generate: Workload = {
  kind: 'generate',
  unit: 'request',
  engine: 'vllm',
  model: { id: 'meta-llama/Llama-3.1-8B-Instruct' },
  format: 'bf16',
  batch: 16,
  inputTokens: 200,
  outputTokens: 300,
};

function profile(id: string): Profile {
  const found = builtinProfile(id);
  assert.ok(found, id);
  return found;
}

function device(change: Partial<Workload>, at = a100): number {
  return estimateWorkload({ ...generate, ...change }, at, modelCatalogue).deviceWh.mid;
}

describe('estimateWorkload', () => {
  it('converts device to wall energy, carbon and money by the stated factors', () => {
    const estimate = estimateWorkload(generate, a100, modelCatalogue);
    const { hardware, site } = a100;
    close(estimate.wallWh.mid, estimate.deviceWh.mid * hardware.hostFactor * site.pue);
    close(estimate.gco2e.mid, (estimate.wallWh.mid / 1000) * site.gramsPerKwh);
    close(estimate.usd.mid, (estimate.wallWh.mid / 1000) * site.usdPerKwh);
    assert.equal(estimate.deviceWh.unit, 'Wh');
    assert.equal(estimate.gco2e.unit, 'gCO2e');
  });

  it('adds up its parts', () => {
    const estimate = estimateWorkload(
      { ...generate, loadsPerUnit: 1, readsPerUnit: 2, bytesPerRead: 1e8 },
      a100,
      modelCatalogue,
    );
    assert.deepEqual(
      estimate.parts.map((part) => part.name),
      ['compute', 'model loading', 'data reading'],
    );
    close(
      estimate.parts.reduce((sum, part) => sum + part.wallWh, 0),
      estimate.wallWh.mid,
    );
  });

  it('stays near published measurements of an 8 B model on an H100 (ML.ENERGY v3: about 0.1 to 0.3 J per token at 64 to 256 sequences)', () => {
    const wattHours = device({ batch: 128, outputTokens: 500 }, profile('nvidia-h100'));
    const joulesPerToken = (wattHours * 3600) / 500;
    assert.ok(joulesPerToken > 0.05 && joulesPerToken < 0.4, String(joulesPerToken));
  });

  it('needs more energy for more tokens, larger models, smaller batches and wider formats', () => {
    for (const [less, more] of [
      [{ outputTokens: 100 }, { outputTokens: 400 }],
      [{ inputTokens: 100 }, { inputTokens: 8000 }],
      [{ model: { id: 'meta-llama/Llama-3.2-1B-Instruct' } }, { model: { id: 'meta-llama/Llama-3.1-8B-Instruct' } }],
      [{ model: { id: 'meta-llama/Llama-3.1-8B-Instruct' } }, { model: { id: 'meta-llama/Llama-3.1-70B-Instruct' } }],
      [{ batch: 64 }, { batch: 8 }],
      [{ format: 'bf16' }, { format: 'fp32' }],
      [
        { engine: 'vllm', batch: 1 },
        { engine: 'hf', batch: 1 },
      ],
      [{ repeats: 1 }, { repeats: 3 }],
    ] as const satisfies readonly (readonly [Partial<Workload>, Partial<Workload>])[]) {
      assert.ok(device(less) < device(more), `${JSON.stringify(less)} < ${JSON.stringify(more)}`);
    }
  });

  it('reads more experts of a mixture when more sequences run, but fewer bytes than a dense model of that size', () => {
    const mixture = { id: 'Qwen/Qwen3-30B-A3B' };
    const dense = { parameters: 30.5e9 };
    assert.ok(device({ model: mixture, batch: 8 }) < device({ model: dense, batch: 8 }));
    const saving = (model: Workload['model'] & object): number =>
      device({ model, batch: 1 }) / device({ model, batch: 8 });
    assert.ok(saving(mixture) < 8);
  });

  it('keeps low <= mid <= high and finite numbers for every kind on every built-in profile', () => {
    const kinds: readonly Workload['kind'][] = [
      'generate',
      'encode',
      'vision',
      'speech',
      'diffusion',
      'train',
      'classical-fit',
      'classical-predict',
      'load-model',
      'read-data',
      'hosted-call',
    ];
    for (const at of builtinProfiles) {
      for (const kind of kinds) {
        const estimate = estimateWorkload({ kind, unit: 'run' }, at, modelCatalogue);
        for (const value of [estimate.deviceWh, estimate.wallWh, estimate.gco2e, estimate.usd]) {
          assert.ok(
            Number.isFinite(value.high) && value.low > 0 && value.low <= value.mid && value.mid <= value.high,
            `${at.id} ${kind}`,
          );
        }
        assert.ok(estimate.wallWh.mid > estimate.deviceWh.mid, `${at.id} ${kind}: wall above device`);
        assert.ok(estimate.assumptions.length > 0);
      }
    }
  });

  it('widens when engine, batch, model or tokens are not known, and says so', () => {
    const width = (workload: Workload): number => {
      const { deviceWh } = estimateWorkload(workload, a100, modelCatalogue);
      return deviceWh.high / deviceWh.low;
    };
    const known = width(generate);
    const { engine: _engine, ...noEngine } = generate;
    const { model: _model, ...noModel } = generate;
    const { outputTokens: _tokens, ...noTokens } = generate;
    for (const vague of [noEngine, noModel, noTokens]) assert.ok(width(vague) > known);
    assert.match(estimateWorkload(noModel, a100, modelCatalogue).assumptions.join(' '), /model is not known/);
  });

  it('computes browser inference on the visitor and server-side scikit-learn on the processor', () => {
    const browser = estimateWorkload({ kind: 'encode', unit: 'render', engine: 'ort-web-wasm' }, a100, modelCatalogue);
    assert.match(browser.assumptions.join(' '), /WebAssembly on the visitor's machine/);
    const forest = estimateWorkload({ kind: 'classical-fit', unit: 'run', engine: 'sklearn' }, a100, modelCatalogue);
    assert.match(forest.assumptions.join(' '), /Computed on the processor/);
  });
});

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.abs(expected), `${actual} is not ${expected}`);
}
