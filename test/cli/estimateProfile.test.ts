import assert from 'node:assert/strict';
import { project, removeProjects } from './support/project.ts';

const PROFILE = '.green-ai/hardware.json';
const MODEL = { model: 'meta-llama/Llama-3.1-8B-Instruct', engine: 'vllm', inputTokens: 200, outputTokens: 200 };

interface Answer {
  readonly error?: string;
  readonly field?: string;
  readonly assumptions: readonly string[];
  readonly wh_per_request: { readonly low: number; readonly mid: number; readonly high: number };
  readonly gco2e_per_request: { readonly mid: number };
}

/** One request in a folder that holds `profile` as its hardware.json. */
async function ask(profile: unknown, request: object, command = 'estimate'): Promise<Answer> {
  const text = typeof profile === 'string' ? profile : JSON.stringify(profile);
  const folder = project(profile === undefined ? {} : { [PROFILE]: text });
  const { code, stdout } = await folder.run([command, '--stdin'], { stdin: JSON.stringify(request) });
  assert.equal(code, 0);
  return JSON.parse(stdout);
}

function said({ assumptions }: Answer): string {
  return assumptions.join('\n');
}

describe("estimate and the folder's own profile", () => {
  afterEach(removeProjects);

  it('takes machine, devices, place and concurrency, and says so', async () => {
    const own = { device: 'A100', count: 2, region: 'FR', workload: { concurrency: 32 } };
    const answer = await ask(own, MODEL);
    const asOptions = await ask(undefined, { ...MODEL, hardware: 'A100', devices: 2, region: 'FR', batch: 32 });
    assert.deepEqual(answer.wh_per_request, asOptions.wh_per_request);
    assert.equal(answer.gco2e_per_request.mid, asOptions.gco2e_per_request.mid);
    assert.match(said(answer), /Hardware: NVIDIA A100 SXM4 80GB; \.green-ai\/hardware\.json/);
    assert.match(said(answer), /The batch is the concurrency that \.green-ai\/hardware\.json states: 32/);
    assert.match(said(answer), /Site: France/);
  });

  it('lets options win', async () => {
    const own = { device: 'A100', count: 2, region: 'FR', workload: { concurrency: 32 } };
    const options = { ...MODEL, hardware: 'L40S', devices: 1, region: 'SE', batch: 4 };
    const answer = await ask(own, options);
    const alone = await ask(undefined, options);
    assert.deepEqual(answer.wh_per_request, alone.wh_per_request);
    assert.equal(answer.gco2e_per_request.mid, alone.gco2e_per_request.mid);
  });

  it('keeps the place for another machine', async () => {
    const answer = await ask({ device: 'A100', gramsPerKwh: 30, pue: 1.1 }, { ...MODEL, hardware: 'L40S' });
    assert.match(said(answer), /Device: NVIDIA L40S/);
    assert.match(said(answer), /The site is that of \.green-ai/);
    assert.match(said(answer), /30 g CO2e\/kWh \(\d+\), PUE 1\.1/);
  });

  it('does not take a concurrency that nobody stated for known', async () => {
    const answer = await ask({ device: 'A100' }, MODEL);
    assert.match(said(answer), /The batch \(concurrency\) is not given/);
    const one = await ask({ device: 'A100', workload: { concurrency: 1 } }, MODEL);
    assert.ok(one.wh_per_request.high / one.wh_per_request.low < 4);
  });

  it('names the place of a mistake', async () => {
    const broken = await ask('{bad', MODEL);
    assert.equal(broken.field, 'hardware');
    assert.match(broken.error ?? '', /\.green-ai\/hardware\.json:1:\d+: invalid JSON/);
    const wrong = await ask('{\n  "device": "RTX 4090",\n  "workload": { "concurrency": -3 }\n}', MODEL);
    assert.match(wrong.error ?? '', /\.green-ai\/hardware\.json:3:\d+: "concurrency" must be at least 1/);
    const training = { model: 'bert-base-uncased', samples: 1000, epochs: 1 };
    assert.match((await ask('{bad', training, 'estimate-training')).error ?? '', /hardware\.json:1/);
  });

  it('serves training runs as well', async () => {
    const answer = await ask(
      { device: 'RTX 4090', region: 'NO' },
      { model: 'bert-base-uncased', samples: 1000, epochs: 1 },
      'estimate-training',
    );
    assert.match(said(answer), /Device: NVIDIA RTX 4090/);
    assert.match(said(answer), /Site: Norway/);
  });
});
