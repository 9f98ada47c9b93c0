import assert from 'node:assert/strict';
import { parseEstimateRequest } from '../../../src/cli/estimate/estimateRequest.ts';
import { type EstimateFigures, runEstimate } from '../../../src/cli/estimate/runEstimate.ts';

interface Request {
  readonly [field: string]: string | number | undefined;
}

const VALUES = {
  model: [
    'meta-llama/Llama-3.1-8B-Instruct',
    'Qwen/Qwen3-30B-A3B',
    'meta-llama/Llama-3.1-70B-Instruct',
    'Qwen/Qwen2.5-0.5B-Instruct',
    'deepseek-ai/DeepSeek-V3',
    'openai/gpt-oss-20b',
    'Qwen/Qwen2.5-7B-Instruct-AWQ',
    'TheBloke/Llama-2-13B-GGUF',
    'bert-base-uncased',
    'openai/whisper-large-v3',
    'stabilityai/stable-diffusion-xl-base-1.0',
    'google/vit-base-patch16-224',
    't5-small',
    'gpt-4o',
  ],
  hardware: [
    undefined,
    'H100-SXM-80GB',
    'A100-SXM-40GB',
    'T4',
    'A10G',
    'V100-SXM-16GB',
    'B200-SXM-180GB',
    'RTX 4090',
    'Apple M2',
    'Intel Core i7-12700K',
    'g5.xlarge',
    'Raspberry Pi 5',
    'Intel Iris Xe',
  ],
  dtype: [undefined, 'fp32', 'bf16', 'fp16', 'fp8', 'int8', 'int4', 'q4_k_m'],
  engine: [undefined, 'hf', 'vllm', 'vLLM 0.5.4', 'llama.cpp', 'diffusers', 'onnxruntime', 'torch', 'webgpu', 'tfjs'],
  quantMethod: [undefined, undefined, undefined, 'gptq', 'awq', 'nf4', 'llm.int8', 'gguf', 'fp8', 'bitsandbytes'],
  kind: [undefined, 'encoder', 'vision', 'speech', 'diffusion'],
  devices: [undefined, 1, 2, 4, 8],
} as const;

/** A linear congruential generator: the same requests on every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function randomRequests(count: number): readonly Request[] {
  const random = randomOf(7);
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const upTo = (most: number): number => Math.round(most ** random());
  const orNot = (value: number): number | undefined => (random() < 0.3 ? undefined : value);
  return Array.from({ length: count }, () => {
    const params = random() < 0.1 ? 10 ** (6 + 6 * random()) : undefined;
    return {
      ...(params === undefined
        ? { model: pick(VALUES.model) }
        : { params, kind: pick(VALUES.kind), active: orNot(params * (0.03 + 0.97 * random())) }),
      hardware: pick(VALUES.hardware),
      dtype: pick(VALUES.dtype),
      engine: pick(VALUES.engine),
      quantMethod: pick(VALUES.quantMethod),
      devices: pick(VALUES.devices),
      batch: orNot(upTo(4096)),
      inputTokens: orNot(upTo(128_000)),
      outputTokens: orNot(upTo(32_000)),
    };
  });
}

const requests = randomRequests(5000);

/** The figures, or undefined where the combination is refused; a refusal names a field. */
function figures(json: Request): EstimateFigures | undefined {
  const request = parseEstimateRequest(json);
  const answer = 'error' in request ? request : runEstimate(request);
  if (!('error' in answer)) return answer;
  assert.ok(answer.error.startsWith(`${answer.field}: `), JSON.stringify(answer));
  return undefined;
}

/** Compares the answers to each request and to its changed form; returns how many could be compared. */
function compare(
  change: (request: Request) => Request | undefined,
  holds: (before: EstimateFigures, after: EstimateFigures) => boolean,
): number {
  let compared = 0;
  for (const request of requests) {
    const changed = change(request);
    const before = changed && figures(request);
    const after = changed && figures(changed);
    if (!before || !after) continue;
    compared += 1;
    assert.ok(holds(before, after), JSON.stringify({ request, changed, before, after }));
  }
  return compared;
}

function twice(field: string): (request: Request) => Request | undefined {
  return (request) => {
    const value = request[field];
    return typeof value === 'number' ? { ...request, [field]: 2 * value } : undefined;
  };
}

const overflows = ({ assumptions }: EstimateFigures): boolean =>
  assumptions.some((sentence) => sentence.startsWith('The key-value cache'));

const falls = (before: EstimateFigures, after: EstimateFigures): boolean =>
  after.wh_per_request.mid < before.wh_per_request.mid * (1 - 1e-9);

describe('5,000 random requests to green-ai estimate', () => {
  it('get finite intervals above zero, or an error that names a field', () => {
    let answered = 0;
    for (const request of requests) {
      const answer = figures(request);
      if (!answer) continue;
      answered += 1;
      const { assumptions, seconds_per_request: seconds, ...intervals } = answer;
      assert.ok(assumptions.length > 0 && (seconds === undefined || seconds > 0), JSON.stringify(request));
      for (const [name, { low, mid, high }] of Object.entries(intervals)) {
        const isSound = low > 0 && low <= mid && mid <= high && Number.isFinite(high);
        assert.ok(isSound, `${name} ${low} ${mid} ${high} ${JSON.stringify(request)}`);
      }
      assert.ok(answer.wall_wh_per_request.mid > answer.wh_per_request.mid, JSON.stringify(request));
    }
    // Formats, methods and engines drawn at random often contradict each other.
    assert.ok(answered > 3000, String(answered));
  });

  it('cost no less with more tokens, on more devices', () => {
    for (const field of ['inputTokens', 'outputTokens', 'devices']) {
      const compared = compare(twice(field), (before, after) => !falls(before, after));
      assert.ok(compared > 1000, `${field} ${compared}`);
    }
  });

  it('cost no more together than alone, in formats whose gain does not depend on the batch', () => {
    const plain = new Set<unknown>([undefined, 'fp32', 'bf16', 'fp16']);
    const more = twice('batch');
    const compared = compare(
      (request) =>
        plain.has(request.dtype) && request.quantMethod === undefined && !/AWQ/.test(String(request.model))
          ? more(request)
          : undefined,
      (before, after) => !falls(after, before),
    );
    assert.ok(compared > 200, String(compared));
  });

  it('have no narrower intervals where batch or tokens are left out', () => {
    const width = ({ wh_per_request: { low, high } }: EstimateFigures): number => high / low;
    for (const field of ['batch', 'inputTokens', 'outputTokens']) {
      const compared = compare(
        (request) => (request[field] === undefined ? undefined : { ...request, [field]: undefined }),
        // A batch that does not fit is the one thing that is known less well than one left out.
        (before, after) => overflows(before) || width(after) >= width(before) * (1 - 1e-9),
      );
      assert.ok(compared > 1000, `${field} ${compared}`);
    }
  });
});
