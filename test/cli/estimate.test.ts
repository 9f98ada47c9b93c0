import assert from 'node:assert/strict';
import { builtinCatalogue } from '../../src/host/project/builtinCatalogue.ts';
import { machineProfile } from '../../src/knowledge/hardware/machineProfile.ts';
import { project, removeProjects } from './support/project.ts';

const LOCAL = machineProfile({
  processor: 'AMD EPYC 7742 64-Core Processor',
  cores: 64,
  memoryGb: 512,
  graphics: [{ name: 'Tesla T4' }, { name: 'Tesla T4' }],
});
const profiles = { ...builtinCatalogue, local: () => Promise.resolve({ profile: LOCAL }) };
const LLAMA = ['estimate', '--model', 'meta-llama/Llama-3.1-8B-Instruct', '--engine', 'vllm', '--batch', '8'];

interface Answer {
  readonly error?: string;
  readonly field?: string;
  readonly assumptions?: readonly string[];
  readonly joules_per_output_token?: { readonly low: number; readonly mid: number; readonly high: number };
  readonly wall_joules_per_output_token?: { readonly mid: number };
  readonly wh_per_request?: { readonly mid: number };
  readonly wall_wh_per_request?: { readonly mid: number };
  readonly gco2e_per_request?: { readonly mid: number };
  readonly embodied_gco2e_per_request?: { readonly mid: number };
}

async function lines(requests: readonly unknown[]): Promise<Answer[]> {
  const stdin = requests.map((request) => (typeof request === 'string' ? request : JSON.stringify(request))).join('\n');
  const { code, stdout, stderr } = await project().run(['estimate', '--stdin', '--format', 'json'], {
    stdin,
    profiles,
  });
  assert.deepEqual([code, stderr], [0, '']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): Answer => JSON.parse(line));
}

describe('estimate', () => {
  afterEach(removeProjects);

  it('answers JSON lines in order, one each, and says what is wrong with a bad one', async () => {
    const good = {
      model: 'meta-llama/Llama-3.1-8B-Instruct',
      hardware: 'H100-SXM-80GB',
      engine: 'vLLM',
      batch: 16,
      inputTokens: 100,
      outputTokens: 200,
      region: 'FR',
      pue: 1.2,
      devices: 1,
      dtype: 'bf16',
      quantMethod: '',
    };
    const answers = await lines([
      good,
      '{broken',
      { ...good, batch: -1 },
      { ...good, hardware: 'H100-SMX-80GB-typo' },
      { params: 7e9, active: 2e9, hardware: 'A100-SXM-80GB' },
      { params: '7B', 'quant-method': 'awq', input_tokens: 10, output_tokens: 20, hardware: '2x A100', batch: '4' },
      {},
      { model: 'meta-llama/Llama-3.1-70B-Instruct', hardware: 'T4', dtype: 'fp32' },
      '[]',
    ]);
    assert.deepEqual(
      answers.map(({ field }) => field ?? 'ok'),
      ['ok', 'request', 'batch', 'hardware', 'ok', 'ok', 'model', 'dtype', 'request'],
    );
    assert.match(answers[3]?.error ?? '', /nearest: NVIDIA H/);
    assert.match(answers[7]?.error ?? '', /does not fit: .*what would fit: 19 × NVIDIA T4/);
    const [first] = answers;
    const { low = 0, mid = 0, high = 0 } = first?.joules_per_output_token ?? {};
    assert.ok(low > 0 && low < mid && mid < high);
    assert.ok((first?.wall_joules_per_output_token?.mid ?? 0) > mid, 'wall energy is above device energy');
    assert.ok(Math.abs((first?.wh_per_request?.mid ?? 0) - (mid * 200) / 3600) < 1e-9);
    assert.ok((first?.gco2e_per_request?.mid ?? 0) > 0 && (first?.embodied_gco2e_per_request?.mid ?? 0) > 0);
  });

  it('takes null, empty and absent fields for the same, and numbers as texts', async () => {
    const request = { model: 'Qwen/Qwen2.5-7B-Instruct', hardware: 'L4', engine: 'hf', batch: 2 };
    const [plain, empty, texts] = await lines([
      request,
      { ...request, dtype: null, region: '', pue: null },
      { ...request, batch: '2' },
    ]);
    assert.deepEqual(empty, plain);
    assert.deepEqual(texts, plain);
  });

  it('asks of every number that it makes sense', async () => {
    const request = { model: 'Qwen/Qwen2.5-7B-Instruct', hardware: 'L4' };
    const bad: readonly (readonly [string, unknown])[] = [
      ['params', 0],
      ['active', -7e9],
      ['devices', 0],
      ['devices', 1.5],
      ['batch', 0],
      ['batch', 'many'],
      ['batch', 'NaN'],
      ['inputTokens', -1],
      ['outputTokens', 0],
      ['pue', 0.5],
      ['pue', 9],
      ['width', 0],
      ['steps', -5],
      ['frames', 0],
      ['audioSeconds', 0],
      ['sequenceLength', -1],
      ['kind', 'poem'],
      ['region', 'Atlantis'],
      ['engine', 'abacus'],
      ['dtype', 'int3'],
      ['quantMethod', 'magic'],
      ['colour', 'red'],
    ];
    const answers = await lines(bad.map(([field, value]) => ({ ...request, [field]: value })));
    assert.deepEqual(
      answers.map(({ field }) => field),
      bad.map(([field]) => field),
    );
    for (const { error } of answers) assert.match(error ?? '', /^[a-zA-Z]+: ./);
  });

  it('takes what each kind of model needs', async () => {
    const answers = await lines([
      { model: 'openai/whisper-large-v3', hardware: 'T4', audioSeconds: 30 },
      { model: 'openai/whisper-large-v3', hardware: 'T4', audioSeconds: 300 },
      { model: 'stabilityai/stable-diffusion-xl-base-1.0', hardware: 'A100', width: 512, height: 512, steps: 20 },
      { model: 'stabilityai/stable-diffusion-xl-base-1.0', hardware: 'A100', width: 1024, height: 1024, steps: 40 },
      { model: 'BAAI/bge-large-en-v1.5', hardware: 'T4', sequenceLength: 64 },
      { model: 'BAAI/bge-large-en-v1.5', hardware: 'T4', inputTokens: 512 },
      { params: 110e6, kind: 'encoder', hardware: 'T4', sequenceLength: 128 },
      { model: 'timm/resnet50.a1_in1k', hardware: 'T4' },
    ]);
    const energy = answers.map((answer) => answer.wh_per_request?.mid ?? 0);
    assert.ok(
      energy.every((value) => value > 0),
      JSON.stringify(answers),
    );
    assert.ok(Math.abs((energy[1] ?? 0) / (energy[0] ?? 1) - 10) < 1e-6, 'ten windows of sound');
    assert.ok((energy[3] ?? 0) > 4 * (energy[2] ?? 0), 'more pixels and steps');
    assert.ok((energy[5] ?? 0) > (energy[4] ?? 0), 'longer texts');
    for (const answer of answers) assert.equal(answer.joules_per_output_token, undefined);
  });

  it('takes weights that are published in four bits for what they are', async () => {
    const [own, stated] = await lines([
      { model: 'openai/gpt-oss-20b', hardware: 'RTX 4090', engine: 'llama.cpp', batch: 1 },
      { params: 8.03e9, hardware: 'RTX 4090', engine: 'llama.cpp', batch: 1, dtype: 'q4_K_M' },
    ]);
    assert.ok(own?.assumptions && !own.assumptions.some((text) => text.includes('does not fit')), JSON.stringify(own));
    const [plain] = await lines([
      { params: 8.03e9, hardware: 'RTX 4090', engine: 'llama.cpp', batch: 1, dtype: 'f16' },
    ]);
    assert.ok((stated?.wh_per_request?.mid ?? 0) < 0.7 * (plain?.wh_per_request?.mid ?? 0));
  });

  it("asks for no hardware and no building where a provider's machines do the work", async () => {
    const [plain, elsewhere] = await lines([
      { model: 'gpt-4o' },
      { model: 'gpt-4o', hardware: 'RTX 4090', region: 'FR' },
    ]);
    const energy = ({ wall_wh_per_request: wall, gco2e_per_request: grams }: Answer = {}) => [wall?.mid, grams?.mid];
    assert.deepEqual(energy(plain), energy(elsewhere));
    assert.ok(!plain?.assumptions?.some((text) => /hardware is not given|Site:/.test(text)));
  });

  it('knows that quantised weights are small, whoever quantised them', async () => {
    const at = { hardware: 'A100-SXM4-80GB', engine: 'vllm', batch: 8 };
    const model = 'Qwen/Qwen2.5-72B-Instruct';
    const small = { model: 'Qwen/Qwen2.5-14B-Instruct', hardware: 'RTX 4070', engine: 'llama.cpp', batch: 1 };
    const [awq, gptq, method, plain, gguf, tagged] = await lines([
      { ...at, model: `${model}-AWQ` },
      { ...at, model: `${model}-GPTQ-Int4` },
      { ...at, model, quantMethod: 'awq' },
      { ...at, model },
      { ...small, model: 'bartowski/Qwen2.5-14B-Instruct-GGUF' },
      { ...small, model: 'Qwen2.5-14B-Instruct-Q4_K_M.gguf' },
    ]);
    for (const fits of [awq, gptq, method, gguf, tagged]) assert.equal(fits?.error, undefined);
    assert.match(plain?.error ?? '', /does not fit: the weights need 145 GB/);
    assert.equal(gguf?.joules_per_output_token?.mid, tagged?.joules_per_output_token?.mid);
    assert.match(gguf?.assumptions?.join('\n') ?? '', /Q4_K_M with 4\.85 bits per weight is assumed/);
    assert.doesNotMatch(tagged?.assumptions?.join('\n') ?? '', /is assumed: Q4_K_M|Q4_K_M with/);
  });

  it('computes in float16 where the device lacks bfloat16 and nobody states a format', async () => {
    const at = { model: 'meta-llama/Llama-3.2-1B-Instruct', hardware: 'T4', engine: 'vllm', batch: 64 };
    const [unstated, half] = await lines([at, { ...at, dtype: 'fp16' }]);
    assert.equal(unstated?.joules_per_output_token?.mid, half?.joules_per_output_token?.mid);
    assert.match(unstated?.assumptions?.join('\n') ?? '', /no units for bfloat16; float16 is assumed/);
  });

  it('reads a model from its folder', async () => {
    const config = {
      model_type: 'llama',
      hidden_size: 4096,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      intermediate_size: 14336,
      vocab_size: 128256,
      torch_dtype: 'bfloat16',
    };
    const own = project({ 'models/mine/config.json': JSON.stringify(config), 'broken/config.json': '{"model_type": ' });
    const run = (...argv: string[]) =>
      own.run(['estimate', ...argv, '--hardware', 'L4', '--engine', 'hf', '--batch', '1', '--format', 'json']);
    const folder = await run('--model', './models/mine');
    const hub = await run('--model', 'meta-llama/Meta-Llama-3-8B-Instruct');
    assert.equal(folder.code, 0, folder.stderr);
    const energy = (text: string): number => (JSON.parse(text) as Answer).wh_per_request?.mid ?? 0;
    assert.ok(Math.abs(energy(folder.stdout) / energy(hub.stdout) - 1) < 0.001);
    assert.match(folder.stdout, /config\.json, parameters counted/);
    const broken = await run('--model', 'broken');
    assert.deepEqual([broken.code, broken.stdout], [2, '']);
    assert.match(broken.stderr, /estimate: model: "broken": config\.json cannot be read/);
    const missing = await run('--model', './nowhere');
    assert.match(missing.stderr, /model: "\.\/nowhere" is not known/);
  });

  it('estimates for this machine, read once', async () => {
    let looks = 0;
    const counted = { ...profiles, local: () => Promise.resolve({ profile: LOCAL }).finally(() => (looks += 1)) };
    const { code, stdout } = await project().run([...LLAMA, '--hardware', 'local'], { profiles: counted });
    assert.deepEqual([code, looks], [0, 1]);
    assert.match(stdout, /Hardware: This machine \(2 × NVIDIA T4\)/);
    const one = await project().run([...LLAMA, '--hardware', 'local', '--devices', '1'], { profiles });
    assert.notEqual(one.stdout, stdout);
    const none = await project().run([...LLAMA, '--hardware', 'local'], {
      profiles: { ...builtinCatalogue, local: () => Promise.resolve({ failure: 'the hardware cannot be read' }) },
    });
    assert.deepEqual([none.code, none.stderr], [2, 'green-ai: estimate: hardware: the hardware cannot be read.\n']);
  });

  it('fits and asks classical learners by rows, features and estimators', async () => {
    const fitted = async (...argv: string[]): Promise<number> => {
      const { code, stdout, stderr } = await project().run(
        ['estimate-training', '--learner', 'forest', '--hardware', 'i7-12700K', '--format', 'json', ...argv],
        { profiles },
      );
      assert.equal(code, 0, stderr);
      return (JSON.parse(stdout) as { kwh: { mid: number } }).kwh.mid;
    };
    const small = await fitted('--samples', '10k', '--features', '20', '--estimators', '100');
    assert.ok(small > 0);
    assert.ok(
      Math.abs((await fitted('--samples', '10k', '--features', '20', '--estimators', '500')) / small - 5) < 1e-6,
    );
    assert.ok((await fitted('--samples', '1M', '--features', '20', '--estimators', '100')) > 100 * small);
    const [answer, unknown] = await lines([
      { learner: 'linear', rows: 1000, features: 50, hardware: 'i7-12700K' },
      { learner: 'oracle', hardware: 'i7-12700K' },
    ]);
    assert.ok((answer?.wh_per_request?.mid ?? 0) > 0, JSON.stringify(answer));
    assert.equal(unknown?.field, 'learner');
    assert.match(unknown?.error ?? '', /known: forest/);
  });

  it('shows use and making of the device apart, and device and wall energy', async () => {
    const { stdout } = await project().run([...LLAMA, '--hardware', 'L4']);
    for (const label of [
      'Device energy per output token',
      'Wall energy per request',
      'Carbon per request (use)',
      'Carbon per request (making the device)',
    ])
      assert.ok(stdout.includes(label), label);
  });

  it('answers JSON lines about training runs as it does about requests', async () => {
    const run = { model: 'bert-base-uncased', hardware: 'T4', samples: 1000, sequenceLength: 128 };
    const lines = [run, { ...run, epochs: 2 }, { ...run, epochs: -1 }, { ...run, hardware: 'toaster' }, 'x', {}];
    const stdin = `${lines.map((line) => (line === 'x' ? '{x' : JSON.stringify(line))).join('\n\n')}\n`;
    const { code, stdout, stderr } = await project().run(['estimate-training', '--stdin'], { stdin, profiles });
    assert.deepEqual([code, stderr], [0, '']);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly field?: string; readonly kwh?: { readonly mid: number } });
    assert.deepEqual(
      answers.map(({ field }) => field ?? 'ok'),
      ['ok', 'ok', 'epochs', 'hardware', 'request', 'model'],
    );
    assert.ok(Math.abs((answers[1]?.kwh?.mid ?? 0) / (answers[0]?.kwh?.mid ?? 1) - 2) < 1e-9);
    const both = await project().run(['estimate-training', '--stdin', '--epochs', '3'], { stdin, profiles });
    assert.match(both.stderr, /not from --epochs/);
  });

  it('trains a model of a folder on this machine', async () => {
    const config = {
      model_type: 'bert',
      hidden_size: 768,
      num_hidden_layers: 12,
      num_attention_heads: 12,
      intermediate_size: 3072,
      vocab_size: 30522,
      max_position_embeddings: 512,
      type_vocab_size: 2,
    };
    const own = project({ 'm/config.json': JSON.stringify(config) });
    const run = (...argv: string[]) =>
      own.run(['estimate-training', ...argv, '--samples', '10k', '--sequence-length', '128', '--format', 'json'], {
        profiles,
      });
    const local = await run('--model', 'm', '--hardware', 'local', '--devices', '1');
    const same = await run('--model', 'bert-base-uncased', '--hardware', 'T4');
    assert.equal(local.code, 0, local.stderr);
    const kwh = (text: string): number => (JSON.parse(text) as { kwh: { mid: number } }).kwh.mid;
    assert.ok(Math.abs(kwh(local.stdout) / kwh(same.stdout) - 1) < 0.02);
  });
});
