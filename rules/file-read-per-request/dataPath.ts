import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { writtenSource } from '../shared/writtenSource.ts';

const READERS = /^(node:)?fs(\/promises)?(\.default)?(\.promises)?\.readFile(Sync)?$/;
/** Data, weights, vocabularies; no pages, styles or settings. */
const DATA = /\.(json|jsonl|ndjson|csv|tsv|txt|onnx|bin|gguf|parquet|arrow|npy|safetensors|tflite)$/i;
const SETTINGS =
  /config|settings|package\.json|manifest|tsconfig|\.env|locale|i18n|messages|credentials|key|token|secret|cert/i;

/** The path that a call reads, where it is constant and names data: `'./labels.json'`, `path.join(process.cwd(), 'data', 'rows.csv')`. */
export function dataPath(call: Call, program: Program): string | undefined {
  const [first] = call.node.args;
  if (!READERS.test(call.name ?? '') || !first) return undefined;
  const parts = constantParts(writtenSource(first.value, program), program);
  const path = parts?.at(-1);
  return path !== undefined && DATA.test(path) && !SETTINGS.test(path) ? path : undefined;
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
