import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { writtenSource } from '../shared/writtenSource.ts';

const READERS = /^(node:)?fs(\/promises)?(\.default)?(\.promises)?\.readFile(Sync)?$/;
const DENO = /^globalThis\.Deno\.read(Text)?File(Sync)?$/;
/** Data, weights, vocabularies; no pages, styles or settings. */
const DATA = /\.(json|jsonl|ndjson|csv|tsv|onnx|bin|gguf|parquet|arrow|npy|safetensors|tflite)$/i;
/** A text is data where its name says so: a prompt of a few kilobytes costs next to nothing to read. */
const TEXT_DATA = /(label|class|vocab|merges|stop_?words|dictionary|corpus|dataset)[^/]*\.txt$/i;
const SETTINGS =
  /config|settings|package\.json|manifest|tsconfig|\.env|locale|i18n|messages|credentials|key|token|secret|cert/i;
/** Where a page's own files lie, and hosts that give out the same file under the same address. */
const STATIC =
  /^(\.{0,2}\/|[\w-]+(\/|\.\w+$))|^https?:\/\/(cdn\.|[\w.]*\b(jsdelivr\.net|unpkg\.com|githubusercontent\.com|huggingface\.co)\/)/i;
const ANSWERS = /(^|\/)(api|rpc|graphql)\//i;
const CONTENT = /^(json|text|arrayBuffer|bytes|bytesSync|blob)$/;

/** The path that a call reads, where it is constant and names data: `'./labels.json'`, `path.join(process.cwd(), 'data', 'rows.csv')`. */
export function dataPath(call: Call, program: Program): string | undefined {
  const [first] = call.node.args;
  if (!first || !reads(call, program)) return undefined;
  const parts = constantParts(writtenSource(first.value, program), program);
  const path = parts?.at(-1);
  if (path === undefined || (isFetch(call) && !isStatic(parts?.[0] ?? ''))) return undefined;
  const isData = DATA.test(path) && !SETTINGS.test(path);
  return isData || TEXT_DATA.test(path) ? path : undefined;
}

export function isFetch({ name }: Call): boolean {
  return name === 'globalThis.fetch';
}

/** Opening alone reads nothing (`new Response(Bun.file(p))`), and an answer that is kept by the cache is not parsed here. */
function reads(call: Call, program: Program): boolean {
  const { name = '', node } = call;
  if (READERS.test(name) || DENO.test(name)) return true;
  if (name !== 'globalThis.Bun.file' && !(isFetch(call) && node.args.length === 1)) return false;
  return program
    .methodCalls(call)
    .some(({ node: { callee } }) => callee.kind === 'attribute' && CONTENT.test(callee.name));
}

/** An answer that a program computes may be another one each time. */
function isStatic(address: string): boolean {
  return STATIC.test(address) && !ANSWERS.test(address);
}

/** Strings of an expression that reads nothing else than the folder of the file or of the process. */
function constantParts(source: Expression, program: Program): readonly string[] | undefined {
  const constant = program.constant(source);
  if (constant.kind === 'known') return typeof constant.value === 'string' ? [constant.value] : undefined;
  if (source.kind !== 'call' && source.kind !== 'template') return undefined;
  const parts: string[] = [];
  for (const { node } of walkFrom([{ kind: 'expression', node: source }])) {
    if (node.kind === 'literal' && typeof node.value === 'string') parts.push(node.value);
    if (node.kind === 'name' && !FOLDERS.test(node.name)) {
      const value = program.constant(node);
      if (value.kind !== 'known') return undefined;
      if (typeof value.value === 'string') parts.push(value.value);
    }
  }
  return parts;
}

const FOLDERS = /^(path|process|__dirname|dirname|join|resolve|fileURLToPath|URL|import)$/;
