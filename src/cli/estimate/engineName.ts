import type { EngineClass } from '../../energy/workload.ts';

export interface EngineName {
  readonly engine: EngineClass;
  /** Version that the spelling states: `vLLM 0.5.4`. */
  readonly version?: string;
}

const SPELLINGS: readonly (readonly [RegExp, EngineClass])[] = [
  [
    /^(?:vllm|sglang|tgi|text[- ]generation[- ]inference|tensorrt[- ]?llm|trt[- ]?llm|lmdeploy|deepspeed[- ]?(?:mii|fastgen)|server)\b/,
    'vllm',
  ],
  [/^(?:llama[._ -]?cpp|llamacpp|ollama|llamafile|lm studio|gguf|mlx(?:[-_]lm)?)\b/, 'llama.cpp'],
  [/^(?:xdit|diffusers)\b/, 'diffusers'],
  [/^(?:hf|huggingface|hugging face|transformers|fastchat|eager)\b/, 'hf'],
  [/^(?:sentence[-_ ]transformers)\b/, 'sentence-transformers'],
  [/^(?:onnx ?runtime|onnxruntime(?:-node)?|ort|optimum)\b/, 'onnxruntime'],
  [/^(?:ort-web-wasm|wasm)\b/, 'ort-web-wasm'],
  [/^(?:ort-web-webgpu|webgpu)\b/, 'ort-web-webgpu'],
  [/^(?:tfjs|tensorflow\.js)\b/, 'tfjs'],
  [/^(?:torch|pytorch)\b/, 'torch'],
  [/^(?:keras|tensorflow|tf)\b/, 'keras'],
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
  const version = /\b(\d+\.\d+(?:\.\d+)?)\b/.exec(wanted)?.[1];
  return { engine: found[1], ...(version === undefined ? {} : { version }) };
}
