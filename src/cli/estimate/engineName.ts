import type { EngineClass } from '../../energy/workload.ts';

export interface EngineName {
  readonly engine: EngineClass;
  /** Version that the spelling states: `vLLM 0.5.4`. */
  readonly version?: string;
}

const SPELLINGS: readonly (readonly [RegExp, EngineClass])[] = [
  [
    /^(?:vllm|sglang|tgi|text[- ]generation[- ]inference|tensorrt[- ]?llm|trt[- ]?llm|lmdeploy|deepspeed[- ]?(?:mii|fastgen)|aphrodite|lightllm|nim|triton|server)\b/,
    'vllm',
  ],
  [
    /^(?:llama[._ -]?cpp|llamacpp|ollama|llamafile|lm studio|gguf|mlx(?:[-_]lm)?|exllama(?:v\d)?|mlc(?:[-_]llm)?|ctranslate2|gpt-fast)\b/,
    'llama.cpp',
  ],
  [/^(?:xdit|diffusers|comfyui|stable-diffusion-webui)\b/, 'diffusers'],
  [/^transformers\.js\b/, 'onnxruntime'],
  [
    /^(?:hf|huggingface|hugging face|transformers|fastchat|eager|accelerate|deepspeed|bitsandbytes|peft|text-generation-webui)\b/,
    'hf',
  ],
  [/^(?:sentence[-_ ]transformers)\b/, 'sentence-transformers'],
  [/^(?:ort-web-webgpu|webgpu)\b/, 'ort-web-webgpu'],
  [/^(?:ort-web(?:-wasm)?|onnxruntime-web|wasm)\b/, 'ort-web-wasm'],
  [/^(?:onnx ?runtime|onnxruntime(?:-node)?|ort|optimum)\b/, 'onnxruntime'],
  [/^(?:tfjs|tensorflow\.js)\b/, 'tfjs'],
  [/^(?:torch|pytorch|(?:openai-|faster-)?whisper)\b/, 'torch'],
  [/^(?:keras|tensorflow|tf|jax|flax)\b/, 'keras'],
];

/** What an engine may be called, for an error message. */
export const engineNames: readonly string[] = [
  'hf',
  'vllm',
  'llama.cpp',
  'diffusers',
  'sentence-transformers',
  'onnxruntime',
  'ort-web-wasm',
  'ort-web-webgpu',
  'torch',
  'keras',
  'tfjs',
];

/** Reads an engine's name in the spellings of papers and tables (`vLLM 0.5.4`, `HF transformers (FastChat)`, `llamacpp`). */
export function parseEngine(text: string): EngineName | undefined {
  const wanted = text.trim().toLowerCase();
  const found = SPELLINGS.find(([pattern]) => pattern.test(wanted));
  if (!found) return undefined;
  // The model knows what changed between versions of vLLM only.
  const version = wanted.startsWith('vllm') ? /(?:^|[^\d.])v?(\d+\.\d+(?:\.\d+)?)/.exec(wanted)?.[1] : undefined;
  return { engine: found[1], ...(version === undefined ? {} : { version }) };
}
