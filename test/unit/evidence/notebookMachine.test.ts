import assert from 'node:assert/strict';
import { rules } from '../../../rules/registry.ts';
import type { AnalysisInput, AnalysisSettings } from '../../../src/core/engine/analysis.ts';
import { Analyzer } from '../../../src/core/engine/analyzer.ts';
import { notebookMachine } from '../../../src/core/evidence/notebookMachine.ts';
import { readDeployment } from '../../../src/core/evidence/readDeployment.ts';
import { withMachine } from '../../../src/core/evidence/withMachine.ts';
import { UNKNOWN } from '../../../src/core/semantics/fact.ts';
import { builtinProfile, defaultProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { notebookInput } from '../../../src/languages/notebook/notebookInput.ts';
import { parseNotebook } from '../../../src/languages/notebook/parseNotebook.ts';
import { loadParsers } from '../../support/programOf.ts';

describe('machines that notebooks show', () => {
  const outputs: readonly (readonly [string, string, string | undefined])[] = [
    ['nvidia-smi', '| N/A   35C |\n|   0  Tesla T4            Off  | 00000000:00:04.0 Off |', 'gpu Tesla T4'],
    [
      'nvidia-smi of a newer driver',
      '|   0  NVIDIA A100-SXM4-40GB          Off |   00000000',
      'gpu NVIDIA A100-SXM4-40GB',
    ],
    [
      'TensorFlow',
      'physical_device_desc: "device: 0, name: Tesla P100-PCIE-16GB, pci bus id: 0000"',
      'gpu Tesla P100-PCIE-16GB',
    ],
    ['get_device_name', "'NVIDIA A100-SXM4-80GB'", 'gpu NVIDIA A100-SXM4-80GB'],
    ['using cuda', 'Using device: cuda', 'gpu'],
    ['device object', "device(type='cuda', index=0)", 'gpu'],
    ['using cpu', 'Using device: cpu', 'cpu'],
    ['none available', 'Num GPUs Available:  0', 'cpu'],
    ['Lightning', 'GPU available: False, used: False', 'cpu'],
    ['anything else', 'loss 0.3', undefined],
    ['using cuda, with its number', 'device = cuda:0', 'gpu'],
    ['running on cuda', 'Running on CUDA', 'gpu'],
    ['installation', 'Collecting nvidia-cuda-runtime-cu12==12.1\nInstalling build dependencies on cuda', undefined],
    ['prose', 'Training is faster on a device with cuda support.', undefined],
    ['both', 'Using device: cpu\nUsing device: cuda', undefined],
  ];
  for (const [title, output, expected] of outputs) {
    it(`saved output: ${title}`, () => {
      const found = notebookMachine('a.ipynb', [{ language: 'python', text: '', output }], {});
      assert.equal(found && [found.kind, found.chip].filter(Boolean).join(' '), expected);
    });
  }

  const metadata: readonly (readonly [string, object, string | undefined])[] = [
    ['Colab', { accelerator: 'GPU', gpuType: 'T4' }, 'gpu T4'],
    ['Colab of old', { accelerator: 'GPU' }, 'gpu'],
    ['Kaggle', { accelerator: 'nvidiaTeslaT4' }, 'gpu T4'],
    ['Kaggle without', { accelerator: 'none' }, 'cpu'],
    ['TPU', { accelerator: 'TPU' }, undefined],
    ['nothing', {}, undefined],
  ];
  for (const [title, facts, expected] of metadata) {
    it(`metadata: ${title}`, () => {
      const found = notebookMachine('a.ipynb', [], facts);
      assert.equal(found && [found.kind, found.chip].filter(Boolean).join(' '), expected);
    });
  }

  it('keeps the card of the metadata where an output only says that there is one', () => {
    const cells = [{ language: 'python' as const, text: '', output: 'Using device: cuda' }];
    assert.equal(notebookMachine('a.ipynb', cells, { accelerator: 'GPU', gpuType: 'L4' })?.chip, 'L4');
    assert.equal(notebookMachine('a.ipynb', cells, { accelerator: 'none' })?.kind, 'gpu');
  });

  const settings = (more: Partial<AnalysisSettings>): AnalysisSettings => ({
    tier: 'recommended',
    rules: {},
    smallestSavingKwh: 0,
    profile: defaultProfile(),
    environment: { versions: { complete: false, ranges: {}, undecided: [] }, runtime: UNKNOWN },
    ...more,
  });
  const notebook = (file: object): AnalysisInput => {
    const parsed = parseNotebook(JSON.stringify(file));
    if (parsed.kind !== 'notebook') throw new Error(parsed.reason);
    return notebookInput('a.ipynb', parsed);
  };
  const code = { cell_type: 'code', source: ['x = 1'] };
  const t4 = { metadata: { accelerator: 'GPU', colab: { gpuType: 'T4' } }, cells: [code] };

  it('decide the profile that nobody chose', () => {
    const inForce = withMachine(notebook(t4), settings({ assumedProfile: defaultProfile() }));
    assert.equal(inForce.profile.hardware.device, 'NVIDIA T4');
    assert.equal(inForce.environment.machine?.chip, 'T4');
    assert.match(inForce.profile.source, /a\.ipynb: accelerator: GPU, gpuType: T4/);
  });

  it('leave a chosen profile', () => {
    const chosen = builtinProfile('apple-m2');
    assert.ok(chosen);
    assert.equal(withMachine(notebook(t4), settings({ profile: chosen })).profile, chosen);
  });

  it('read saved outputs of both formats', () => {
    const stream = { output_type: 'stream', text: ['Using device: ', 'cuda\n'] };
    const result = { output_type: 'execute_result', data: { 'text/plain': "device(type='cuda')" } };
    const old = { output_type: 'pyout', text: ["device(type='cuda')"] };
    for (const output of [stream, result]) {
      const input = notebook({ cells: [{ ...code, outputs: [output] }] });
      assert.equal(withMachine(input, settings({})).environment.machine?.kind, 'gpu');
    }
    const third = notebook({ worksheets: [{ cells: [{ cell_type: 'code', input: ['x'], outputs: [old] }] }] });
    assert.equal(withMachine(third, settings({})).environment.machine?.kind, 'gpu');
  });

  it('hold for what is deployed: no notebook, no training script, no Python beside a platform for pages', () => {
    const given = (path: string, text: string): AnalysisSettings => {
      const [machine] = readDeployment(path, text);
      assert.ok(machine);
      return settings({ assumedProfile: defaultProfile(), environment: { ...settings({}).environment, machine } });
    };
    const python = (path: string, text: string): AnalysisInput => ({ kind: 'file', path, language: 'python', text });
    const kindFor = (input: AnalysisInput, around: AnalysisSettings): string | undefined =>
      withMachine(input, around).environment.machine?.kind;
    const compose = given('docker-compose.yml', 'services:\n  api:\n    build: .\n');
    const page = given('vercel.json', '{}');
    const wheels = given('requirements.txt', 'torch==2.3.0+cpu\n');
    const cells = notebook({ cells: [code] });
    assert.equal(kindFor(python('app.py', 'x = 1'), compose), 'cpu');
    assert.equal(kindFor(python('train.py', 'loss.backward()'), compose), undefined);
    assert.equal(kindFor(cells, compose), undefined);
    assert.equal(kindFor(python('backend/app.py', 'x = 1'), page), undefined);
    assert.equal(kindFor(python('api/app.py', 'x = 1'), page), 'cpu');
    assert.equal(kindFor(python('train.py', 'loss.backward()'), wheels), 'cpu');
    assert.equal(kindFor(cells, wheels), 'cpu');
  });

  it('are told by the rules that they decide', async () => {
    const [machine] = readDeployment('docker-compose.yml', 'services:\n  api:\n    build: .\n');
    assert.ok(machine);
    const analyzer = new Analyzer({ parsers: await loadParsers(), rules });
    const text = `from fastapi import FastAPI
from transformers import pipeline
app = FastAPI()
classify = pipeline("zero-shot-classification", model="facebook/bart-large-mnli")
@app.post("/label")
def label(text: str):
    return classify(text, candidate_labels=["a", "b"])
`;
    const environment = { ...settings({}).environment, machine };
    const { findings } = analyzer.analyze(
      { kind: 'file', path: 'app.py', language: 'python', text },
      settings({ onlyRules: ['float32-transformer-on-cpu'], assumedProfile: defaultProfile(), environment }),
    );
    assert.match(findings[0]?.text ?? '', /docker-compose\.yml: build: \./);
  });

  it('lose to nothing: code that insists on a GPU contradicts files without one', () => {
    const [machine] = readDeployment('requirements.txt', 'torch==2.3.0+cpu\n');
    assert.ok(machine);
    const given = settings({ assumedProfile: defaultProfile(), environment: { ...settings({}).environment, machine } });
    const file = (text: string): AnalysisInput => ({ kind: 'file', path: 'a.py', language: 'python', text });
    assert.equal(withMachine(file('model.to("cuda")'), given).environment.machine, undefined);
    const open = 'device = "cuda" if torch.cuda.is_available() else "cpu"\nmodel.to(device)';
    assert.equal(withMachine(file(open), given).environment.machine?.kind, 'cpu');
  });
});
