import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { addressOf, clientOf } from '../shared/clientOf.ts';
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
  const isTag = isOllama(call, program);
  const match = isTag ? TAG.exec(id) : (FILE.exec(id) ?? URI.exec(id));
  if (!match || NOT_WORTH.test(id)) return undefined;
  return { written, id, format: formatOf(match[1] ?? ''), ...quantisedName(id, isTag) };
}

function formatOf(token: string): WideWeights['format'] {
  if (/32/.test(token)) return 'fp32';
  return /^b/i.test(token) ? 'bf16' : 'fp16';
}

function quantisedName(id: string, isTag: boolean): { readonly quantised?: string } {
  if (isTag) return { quantised: id.replace(/(fp16|f16|bf16)$/, 'q4_K_M') };
  return URI.test(id) ? { quantised: id.replace(/(f16|bf16|f32)$/i, 'Q4_K_M') } : {};
}

/** Also through the client of OpenAI, at the port of Ollama (ollama/ollama `docs/openai.md`). */
function isOllama(call: Call, program: Program): boolean {
  const name = call.api?.name ?? call.name ?? '';
  if (/^ollama\.|^@langchain\/ollama\.|^langchain_ollama\./.test(name)) return true;
  const client = /^openai\.OpenAI\.(chat\.|responses\.|completions\.)/.test(name) ? clientOf(call, program) : undefined;
  return client !== undefined && /:11434\b/.test(addressOf(client) ?? '');
}

/** The argument that names the model: the string itself, or the last one of a path that is put together. */
function modelText(call: Call, program: Program): Expression | undefined {
  const name = call.api?.name ?? call.name ?? '';
  if (FETCHES.test(name)) return fetchedText(call);
  const isKnown =
    /^(node-llama-cpp\.(Llama\.loadModel|LlamaModel)|llama_cpp\.Llama|ollama\.)/.test(name) || isOllama(call, program);
  if (!isKnown) return undefined;
  const argument = isChat(call) ? undefined : call.argument(call.api?.modelParameter ?? 'model');
  const given = isChat(call) ? optionOf(call, 'model') : argument?.kind === 'known' ? argument.value : undefined;
  if (!given) return undefined;
  const constant = program.values(given);
  const [only] = constant;
  if (constant.length === 1 && only?.kind === 'constant') return only.node.kind === 'literal' ? only.node : given;
  const source = writtenSource(given, program);
  const fetch = source.kind === 'call' ? program.callOf(source) : undefined;
  return fetch && FETCHES.test(fetch.name ?? '') ? fetchedText(fetch) : lastString(source);
}

/** Functions of node-llama-cpp 3.22.1 that download a build: `utils/resolveModelFile.d.ts`, `utils/createModelDownloader.d.ts`. */
const FETCHES = /^node-llama-cpp\.(resolveModelFile|createModelDownloader)$/;

/** A model object of LangChain: its constructor names the build, its methods run it. */
export function isChat(call: Call): boolean {
  return /^(@langchain\/ollama|langchain_ollama)\.(ChatOllama|Ollama|OllamaLLM)$/.test(
    call.api?.name ?? call.name ?? '',
  );
}

/** A download on its own: what becomes of the file is in other code. */
export function isFetch(call: Call): boolean {
  return FETCHES.test(call.name ?? '');
}

/** `resolveModelFile('hf:…:F16', folder)`, `createModelDownloader({ modelUri: 'hf:…:BF16' })`. */
function fetchedText(call: Call): Expression | undefined {
  const [first] = call.node.args;
  return first?.value.kind === 'mapping' ? optionOf(call, 'modelUri') : first?.value;
}

function optionOf(call: Call, key: string): Expression | undefined {
  const [options] = call.node.args;
  const entry = options?.value.kind === 'mapping' ? options.value.entries.find((item) => item.key === key) : undefined;
  return entry?.value ?? call.node.args.find(({ name }) => name === key)?.value;
}

/** `path.join(folder, 'model-f16.gguf')`. */
function lastString(source: Expression): Expression | undefined {
  if (source.kind !== 'call') return undefined;
  let last: Expression | undefined;
  for (const { node } of walkFrom([{ kind: 'expression', node: source }])) {
    if (node.kind === 'literal' && typeof node.value === 'string') last = node;
  }
  return last;
}
