import { platformName } from './platformName.ts';
import { type StoredAs, splitMarks } from './quantisationMarks.ts';

/** A model id without the marks of mirrors, variants and quantisation, and what those marks said. */
export interface NormalisedModelId extends StoredAs {
  /** Name without organisation and quantisation marks, lower case: `llama-3.1-8b-instruct`. */
  readonly name: string;
  /** `name` without what leaves the network's shape alone (-instruct, -chat, -it, dates, context windows): `llama-3.1-8b`. */
  readonly base: string;
  /** `base` without a version at its end: `mistral-7b`. */
  readonly family: string;
  readonly organisation?: string;
}

const VARIANT =
  /[-_.](?:instruct|chat|it|base|hf|sft|dpo|rlhf|thinking|preview|latest|pt|text|original|turbo-instruct|deduped|python|reasoning|plus|1m|\d{1,3}k|\d{4}|\d{6,8}|\d{4}-\d{2}(?:-\d{2})?|v\d+\.\d+-?hf)$/;
/** Weights of timm: `vit_base_patch16_224.augreg2_in21k_ft_in1k`. */
const TIMM_TAG = /\.(?=[a-z0-9_]*(?:in1k|in12k|in21k|in22k|lvd142m|openai|laion|webli|m38m|dino))[a-z0-9_]+$/;
/** Whisper for CTranslate2 (`Systran/faster-whisper-large-v3`), whose weights are kept in float16. */
const FASTER_WHISPER = /^faster-(?=(?:distil-)?whisper)/;
/** What Ollama serves where a tag names no format: Q4_K_M, 4.85 bits per weight. */
const OLLAMA_DEFAULT: StoredAs = { quantisation: 'gguf', bitsPerWeight: 4.85, format: 'int4' };

/** Reads hub ids, mirrors (`unsloth/`, `TheBloke/`, `Xenova/`), GGUF files, Ollama tags, MLC builds, platform names and hub addresses. */
export function normaliseModelId(id: string): NormalisedModelId {
  const path = id
    .trim()
    .replace(/^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\//i, '')
    .replace(/^(?:hf|hf-hub|models?|ollama|huggingface|timm):\/{0,2}/i, '')
    .replace(/[?#].*$/, '')
    .replace(/\/(?:tree|blob|resolve)\/[^/]+/i, '')
    .replace(/[\\]/g, '/')
    .replace(/\/+$/, '');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  const organisation = segments.length > 1 ? segments[0]?.toLowerCase() : undefined;
  const { name: file, isGguf } = withoutExtension(platformName((segments.at(-1) ?? '').toLowerCase()));
  // Ollama serves gpt-oss in the MXFP4 that it is published in.
  const isOllama = organisation === undefined && !file.startsWith('gpt-oss') && /^[a-z0-9.-]+:[a-z0-9._-]+$/.test(file);
  const tagged = splitMarks(file.replace(/:(?=[^:]*$)/, '-'), isGguf);
  const stored =
    organisation === 'mlx-community' && tagged.stored.scheme !== undefined
      ? { ...tagged.stored, scheme: 'MLX' }
      : tagged.stored;
  const isFaster = FASTER_WHISPER.test(tagged.name);
  const name = yoloName(
    tagged.name
      .replace(FASTER_WHISPER, '')
      .replace(/^distil-whisper-/, 'distil-')
      .replace(TIMM_TAG, ''),
  );
  const base = baseName(name);
  return {
    name,
    base,
    family: base.replace(/-v\d+(?:\.\d+)*$/, ''),
    ...(organisation === undefined ? {} : { organisation }),
    ...(isOllama && tagged.stored.quantisation === undefined && tagged.stored.format === undefined
      ? OLLAMA_DEFAULT
      : isFaster
        ? { format: 'fp16', ...stored }
        : stored),
  };
}

function withoutExtension(name: string): { readonly name: string; readonly isGguf: boolean } {
  const isGguf = /\.(?:gguf|ggml)$/.test(name);
  const shorter = isGguf ? name.replace(/\.(?:gguf|ggml)$/, '').replace(/-\d{5}-of-\d{5}$/, '') : name;
  return { name: shorter.replace(/\.(?:safetensors|bin|onnx|pt|pth|keras|h5|engine|yaml)$/, ''), isGguf };
}

/** Heads for segmentation, poses and the like change little of a YOLO network. */
function yoloName(name: string): string {
  return /^yolo(?:v?\d+)[a-z]u?(?:-(?:seg|cls|pose|obb|oiv7))?$/.test(name)
    ? name.replace(/-(?:seg|cls|pose|obb|oiv7)$/, '')
    : name;
}

function baseName(name: string): string {
  let base = name
    .replace(/^(?:meta-llama|google|qwen|mistralai|microsoft|bartowski|meta|nvidia)[-_](?=[a-z]+[-_.\d])/, '')
    .replace(/^meta-llama/, 'llama');
  for (let shorter = base.replace(VARIANT, ''); shorter !== base && shorter !== ''; shorter = base.replace(VARIANT, ''))
    base = shorter;
  base = base.replace(/[-_]fine-?tuned[-_].*$/, '').replace(/[-_.](?:instruct|chat|it)(?=[-_.])/, '');
  return base.replace(/_/g, '-').replace(/^(llama|gemma|phi)-?(\d)/, '$1-$2');
}
