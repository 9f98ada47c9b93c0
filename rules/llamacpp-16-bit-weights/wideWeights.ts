import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { writtenSource } from '../shared/writtenSource.ts';

export interface WideWeights {
  /** The string that names the file or tag. */
  readonly written: Expression;
  readonly id: string;
  readonly format: 'fp16' | 'bf16' | 'fp32';
  /** The same model with 4-bit weights, where its name follows from a registry's convention. */
  readonly quantised?: string;
}

/** llama.cpp's names of builds: `model-f16.gguf`, `model.BF16-00001-of-00002.gguf`. */
const FILE = /[-._](f16|fp16|bf16|f32|fp32)(-\d+-of-\d+)?\.gguf$/i;
/** `hf:user/repository:F16`. */
const URI = /^hf:.*:(f16|bf16|f32)$/i;
/** `llama3.1:8b-instruct-fp16`. */
const TAG = /^[\w./-]+:(?:[\w.-]+-)?(fp16|f16|bf16)$/;
/** Adapters, projectors of pictures, and models so small that they are published in 16 bits. */
const NOT_WORTH =
  /lora|adapter|mmproj|embed|minilm|nomic|\bbge|\bgte\b|arctic|rerank|jina|\be5\b|colbert|(^|[^\d.])(0\.[1-5]|\d{2,3}m)b?([^\d]|$)|\b\d{2,3}m\b/i;

export function wideWeights(call: Call, program: Program): WideWeights | undefined {
  const written = modelText(call, program);
  const value = written && program.constant(written);
  if (!written || value?.kind !== 'known' || typeof value.value !== 'string') return undefined;
  const id = value.value;
  const match = isOllama(call) ? TAG.exec(id) : (FILE.exec(id) ?? URI.exec(id));
  if (!match || NOT_WORTH.test(id)) return undefined;
  return { written, id, format: formatOf(match[1] ?? ''), ...quantisedName(id, isOllama(call)) };
}

function formatOf(token: string): WideWeights['format'] {
  if (/32/.test(token)) return 'fp32';
  return /^b/i.test(token) ? 'bf16' : 'fp16';
}

function quantisedName(id: string, isTag: boolean): { readonly quantised?: string } {
  if (isTag) return { quantised: id.replace(/(fp16|f16|bf16)$/, 'q4_K_M') };
  return URI.test(id) ? { quantised: id.replace(/(f16|bf16|f32)$/i, 'Q4_K_M') } : {};
}

function isOllama(call: Call): boolean {
  return /^ollama\.|^@langchain\/ollama\.|^langchain_ollama\./.test(call.api?.name ?? call.name ?? '');
}

/** The argument that names the model: the string itself, or the last one of a path that is put together. */
function modelText(call: Call, program: Program): Expression | undefined {
  const name = call.api?.name ?? call.name ?? '';
  const isKnown = /^(node-llama-cpp\.(Llama\.loadModel|LlamaModel)|llama_cpp\.Llama|ollama\.)/.test(name);
  const isChat = /^(@langchain\/ollama|langchain_ollama)\.(ChatOllama|Ollama|OllamaLLM)$/.test(name);
  if (!isKnown && !isChat) return undefined;
  const [options] = call.node.args;
  const entry =
    options?.value.kind === 'mapping' ? options.value.entries.find(({ key }) => key === 'model')?.value : undefined;
  const argument = isChat ? undefined : call.argument(call.api?.modelParameter ?? 'model');
  const given = isChat
    ? (entry ?? call.node.args.find((candidate) => candidate.name === 'model')?.value)
    : argument?.kind === 'known'
      ? argument.value
      : undefined;
  if (!given) return undefined;
  const constant = program.values(given);
  const [only] = constant;
  if (constant.length === 1 && only?.kind === 'constant') return only.node.kind === 'literal' ? only.node : given;
  return lastString(writtenSource(given, program));
}

/** `path.join(folder, 'model-f16.gguf')`, `await resolveModelFile('hf:…')`. */
function lastString(source: Expression): Expression | undefined {
  if (source.kind !== 'call') return undefined;
  let last: Expression | undefined;
  for (const { node } of walkFrom([{ kind: 'expression', node: source }])) {
    if (node.kind === 'literal' && typeof node.value === 'string') last = node;
  }
  return last;
}
