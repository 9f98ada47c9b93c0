// Measured pairs (energy after / before), as published; the model's call is compared with their direction.

const LLAMA_8B = 'meta-llama/Llama-3.1-8B-Instruct';
const LLAMA_70B = 'meta-llama/Llama-3.1-70B-Instruct';
const QWEN_3B = 'Qwen/Qwen2.5-Coder-3B-Instruct';
const QWEN_235B = 'Qwen/Qwen3-235B-A22B-Instruct-2507';
const served = (batch, extra = {}) => ({
  kind: 'generate',
  unit: 'request',
  engine: 'vllm',
  model: { id: LLAMA_8B },
  format: 'bf16',
  inputTokens: 200,
  outputTokens: 400,
  batch,
  ...extra,
});
const eager = (id, extra = {}) => ({
  kind: 'generate',
  unit: 'request',
  engine: 'hf',
  model: { id },
  format: 'fp16',
  batch: 1,
  inputTokens: 200,
  outputTokens: 200,
  ...extra,
});
const gguf = (format) => ({
  kind: 'generate',
  unit: 'request',
  engine: 'llama.cpp',
  model: { id: 'mistralai/Mistral-7B-Instruct-v0.3' },
  batch: 1,
  inputTokens: 250,
  outputTokens: 230,
  quantMethod: 'gguf',
  format,
});
const train = (extra = {}) => ({
  kind: 'train',
  unit: 'run',
  model: { id: 'answerdotai/ModernBERT-base' },
  format: 'fp32',
  batch: 16,
  samples: 10000,
  epochs: 3,
  inputTokens: 256,
  ...extra,
});

/** name, profile, before, after, measured ratio with its 10th and 90th percentile. */
export const PAIRS = [
  ...[
    [8, 16, 0.626, 0.551, 0.746],
    [8, 32, 0.409, 0.318, 0.541],
    [8, 64, 0.287, 0.192, 0.391],
    [8, 128, 0.199, 0.126, 0.283],
    [16, 64, 0.449, 0.35, 0.547],
    [32, 128, 0.482, 0.367, 0.622],
    [64, 256, 0.518, 0.381, 0.688],
    [128, 512, 0.546, 0.428, 0.732],
    [256, 1024, 0.621, 0.474, 0.779],
  ].map(([from, to, ...ratio]) => [
    `concurrency ${from} to ${to} (vLLM)`,
    'nvidia-h100',
    served(from),
    { batch: to },
    ...ratio,
  ]),
  [
    'Hugging Face batch 1 to vLLM batch 24',
    'nvidia-a100-40gb',
    eager(LLAMA_8B),
    { engine: 'vllm', batch: 24 },
    0.046,
    0.044,
    0.062,
  ],
  ['GGUF Q4_K_M instead of f16', 'nvidia-t4', gguf('fp16'), { format: 'int4' }, 0.53, 0.477, 0.734],
  ['GGUF Q8_0 instead of f16', 'nvidia-t4', gguf('fp16'), { format: 'int8' }, 0.64, 0.587, 0.751],
  [
    'GPTQ int4, 3 B, batch 1',
    'nvidia-t4',
    eager(QWEN_3B, { engine: 'vllm' }),
    { quantMethod: 'gptq', format: 'int4' },
    0.4,
    0.32,
    0.55,
  ],
  [
    'GPTQ int4, 3 B, batch 64',
    'nvidia-t4',
    eager(QWEN_3B, { engine: 'vllm', batch: 64 }),
    { quantMethod: 'gptq', format: 'int4' },
    1.07,
    0.95,
    1.25,
  ],
  [
    'GPTQ int4, 3 B, batch 128',
    'nvidia-t4',
    eager(QWEN_3B, { engine: 'vllm', batch: 128 }),
    { quantMethod: 'gptq', format: 'int4' },
    1.12,
    1.0,
    1.3,
  ],
  ['LLM.int8()', 'nvidia-a100-80gb', eager(LLAMA_8B), { quantMethod: 'llm.int8', format: 'int8' }, 1.75, 1.2, 2.5],
  [
    'nf4, 7 B, batch 1',
    'nvidia-a100-80gb',
    eager('mistralai/Mistral-7B-Instruct-v0.3'),
    { quantMethod: 'nf4', format: 'int4' },
    0.77,
    0.65,
    0.89,
  ],
  ['nf4, 3 B, batch 1', 'nvidia-a100-80gb', eager(QWEN_3B), { quantMethod: 'nf4', format: 'int4' }, 1.2, 1.1, 1.3],
  [
    'nf4, 7 B, batch 4',
    'nvidia-a100-80gb',
    eager(LLAMA_8B, { batch: 4 }),
    { quantMethod: 'nf4', format: 'int4' },
    1.8,
    1.3,
    2.4,
  ],
  [
    'AWQ on a small GPU',
    'nvidia-t4',
    eager(QWEN_3B, { engine: 'vllm' }),
    { quantMethod: 'awq', format: 'int4' },
    4.8,
    2.5,
    7,
  ],
  [
    'FP8, 8 sequences',
    'nvidia-h100',
    served(8, { model: { id: QWEN_235B }, devices: 8 }),
    { format: 'fp8', quantMethod: 'fp8' },
    1.5,
    1.232,
    1.681,
  ],
  [
    'FP8, 32 sequences',
    'nvidia-h100',
    served(32, { model: { id: QWEN_235B }, devices: 8 }),
    { format: 'fp8', quantMethod: 'fp8' },
    1.01,
    0.886,
    1.218,
  ],
  [
    'FP8, 128 sequences',
    'nvidia-h100',
    served(128, { model: { id: QWEN_235B }, devices: 8 }),
    { format: 'fp8', quantMethod: 'fp8' },
    0.914,
    0.85,
    1.019,
  ],
  [
    '70 B to 8 B',
    'nvidia-h100',
    served(64, { model: { id: LLAMA_70B }, devices: 2 }),
    { model: { id: LLAMA_8B } },
    0.15,
    0.1,
    0.22,
  ],
  [
    '13 B to 7 B (Hugging Face, batch 1)',
    'nvidia-a100-40gb',
    eager('lmsys/vicuna-13b-v1.5'),
    { model: { id: 'lmsys/vicuna-7b-v1.5' } },
    0.596,
    0.52,
    0.6,
  ],
  ['1 to 2 GPUs at the same batch', 'nvidia-h100', served(64, { devices: 1 }), { devices: 2 }, 1.143, 1.018, 1.369],
  ['2 to 4 GPUs at the same batch', 'nvidia-h100', served(64, { devices: 2 }), { devices: 4 }, 1.162, 1.118, 1.364],
  ['4 to 8 GPUs at the same batch', 'nvidia-h100', served(64, { devices: 4 }), { devices: 8 }, 1.322, 1.204, 1.502],
  [
    'KV cache off at 4 k tokens',
    'nvidia-a100-80gb',
    eager(LLAMA_8B, { inputTokens: 2000, outputTokens: 2000 }),
    { kvCache: false },
    21,
    13,
    35,
  ],
  ['speculative decoding, batch 1', 'nvidia-a100-80gb', served(1), { speculativeDecoding: true }, 0.71, 0.55, 0.92],
  ['speculative decoding, batch 128', 'nvidia-a100-80gb', served(128), { speculativeDecoding: true }, 1.26, 1.05, 1.5],
  ['gradient checkpointing', 'nvidia-a100-80gb', train(), { gradientCheckpointing: true }, 1.307, 1.2, 1.4],
  ['mixed precision training', 'nvidia-a100-80gb', train(), { format: 'fp16' }, 0.8, 0.65, 0.92],
  ['LoRA', 'nvidia-a100-80gb', train(), { lora: true }, 0.147, 0.13, 0.8],
  ['torch.compile, fine-tune', 'nvidia-a100-80gb', train(), { compiled: true }, 0.616, 0.5, 0.85],
  ['fused attention, fine-tune', 'nvidia-a100-80gb', train(), { fusedAttention: true }, 0.732, 0.58, 0.98],
  ['shorter sequences', 'nvidia-a100-80gb', train({ batch: 32 }), { inputTokens: 137 }, 0.534, 0.45, 0.65],
  ['GPU power limit 60 %', 'nvidia-v100', train(), { powerLimitShare: 0.6 }, 0.842, 0.736, 1.012],
  ['GPU power limit 70 %', 'nvidia-v100', train(), { powerLimitShare: 0.7 }, 0.891, 0.786, 1.03],
  [
    'training batch 8 to 64',
    'nvidia-v100',
    train({ batch: 8, model: { id: 'microsoft/resnet-50' } }),
    { batch: 64 },
    0.411,
    0.129,
    0.649,
  ],
  ['training batch 16 to 32', 'nvidia-v100', train({ batch: 16 }), { batch: 32 }, 0.754, 0.49, 0.969],
  [
    'image batch 1 to 4',
    'nvidia-h100',
    {
      kind: 'diffusion',
      unit: 'item',
      engine: 'diffusers',
      model: { id: 'stabilityai/stable-diffusion-3.5-medium' },
      batch: 1,
      steps: 28,
    },
    { batch: 4 },
    0.871,
    0.464,
    1.007,
  ],
];

/** What the model calls for each pair, against the measured direction. */
export function directionTable(model) {
  const lines = [];
  let called = 0;
  let right = 0;
  let inside = 0;
  for (const [name, profileId, before, after, measured, low, high] of PAIRS) {
    const profile = model.builtinProfile(profileId);
    const impact = model.impactOf({ before, after }, profile, model.modelCatalogue);
    const ratio = 1 - impact.share.mid;
    const truth = high < 1 ? 'saves' : low > 1 ? 'increases' : measured < 1 ? 'saves' : 'increases';
    const calls = impact.direction === 'saves' || impact.direction === 'increases';
    if (calls) {
      called += 1;
      if (impact.direction === truth) right += 1;
    }
    if (ratio >= low && ratio <= high) inside += 1;
    lines.push(
      `${name.padEnd(44)} measured ${measured.toFixed(2).padStart(6)} (${low} to ${high})`.padEnd(84) +
        ` model ${ratio.toFixed(2).padStart(6)} ${impact.direction}, P(falls) ${impact.probability.toFixed(2)}`,
    );
  }
  lines.push(
    `\n${PAIRS.length} pairs, ${called} called, ${right} with the right sign (${((100 * right) / called).toFixed(0)} %); ratio inside the measured range in ${inside}.`,
  );
  return lines;
}
