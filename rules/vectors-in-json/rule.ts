import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { jsonPath } from '../shared/fileContent.ts';
import { namedFile } from '../shared/filePath.ts';
import { holdsVectors } from './vectorUse.ts';

interface State {
  readonly place: Span;
  readonly path: string;
  readonly bytes: number;
  readonly isPerRequest: boolean;
}

const LARGE_BYTES = 10e6;
/** A file that says in its name what it holds, in a program that computes with vectors. */
const NAMED = /(?:embedding|vector)s?[^/]*$/i;
const VECTORS = /\.(?:embeddings?|vectors?)\b|\btensor[12]?d?\(|cosine|dotProduct|dot_product|similarity|Float32Array/i;
/** A script that runs once to build something. */
const BUILDS = /(?:^|\/)(?:scripts?|build|tools|migrations?)\//;
/** Measured for 20,000 × 384 numbers: bytes of Float32 against those of JSON. */
const BINARY_SHARE = 0.2;

export default defineRule<State>({
  meta: {
    id: 'vectors-in-json',
    title: 'Vectors kept as large JSON',
    category: 'redundant-data-loading',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['data-json-vectors'],
    libraries: [
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-node',
      '@huggingface/transformers',
      '@xenova/transformers',
      'openai',
      'ai',
      'langchain',
      'cohere-ai',
      '@google/genai',
    ],
    words: ['embedding', 'embeddings', 'vector', 'vectors', 'cosineSimilarity', 'cosine_similarity', 'dotProduct'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || BUILDS.test(program.path) || program.environment.files === undefined) return;
    for (const state of [...imported(program), ...program.calls.flatMap((call) => parsed(program, call) ?? [])])
      yield report(state);
  },

  effect({ state: { bytes, isPerRequest } }): WorkloadChange {
    return {
      before: { kind: 'read-data', unit: isPerRequest ? 'request' : 'run', readsPerUnit: 1, bytesPerRead: bytes },
      after: { bytesPerRead: BINARY_SHARE * bytes },
      alsoSaves: ['memory', 'latency'],
    };
  },
});

/** `import vectors from './vectors.json'`. */
function imported(program: Program): readonly State[] {
  return program.module.body.flatMap((node) => {
    const file = node.kind === 'import' ? program.environment.files?.[node.module] : undefined;
    if (node.kind !== 'import' || file === undefined || file.bytes < LARGE_BYTES) return [];
    const names = node.names.flatMap(({ local }) => local ?? []);
    if (!isNamed(node.module, program) && !holdsVectors(program, names)) return [];
    return [{ place: node, path: node.module, bytes: file.bytes, isPerRequest: false }];
  });
}

/** `JSON.parse(readFileSync(p))`, `require('./x.json')`, `(await fetch('/x.json')).json()`. */
function parsed(program: Program, call: Call): State | undefined {
  const path = jsonPath(call, program);
  const file = path && namedFile(path, program);
  if (!file?.path.endsWith('.json') || file.bytes < LARGE_BYTES) return undefined;
  if (!isNamed(file.path, program) && !holdsVectors(program, call.node)) return undefined;
  const isPerRequest = call.place.entryPoint !== undefined && !call.place.isMemoised;
  return { place: call.node, path: file.path, bytes: file.bytes, isPerRequest };
}

function isNamed(path: string, program: Program): boolean {
  return NAMED.test(path) && VECTORS.test(codeText(program));
}

function report(state: State): Hit<State> {
  const megabytes = Math.round(state.bytes / 1e6);
  return {
    span: { start: state.place.start, end: state.place.end },
    severity: state.isPerRequest ? 'warning' : 'information',
    message: {
      what: `\`${state.path}\` holds ${megabytes} MB of vectors as text${state.isPerRequest ? ', parsed for every request' : ''}.`,
      why: 'Numbers as text take about five times the bytes of Float32, and parsing them about 100 times the CPU time: 151 MB in 1.1 s against 31 MB in 12 ms for 20,000 vectors of 384.',
      advice: 'Store a Float32Array (`.f32`, `.npy`) or Arrow beside the texts, and read the buffer.',
    },
    related: [],
    state,
  };
}
