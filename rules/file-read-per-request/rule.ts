import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { dependsOnCaller } from '../shared/dependsOnCaller.ts';
import { namedFile } from '../shared/filePath.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { dataPath, isFetch } from './dataPath.ts';

interface State {
  readonly read: Call;
  readonly scale: Scale;
  /** Size of the file, where it is in the workspace. */
  readonly bytes: number | undefined;
}

export default defineRule<State>({
  meta: {
    id: 'file-read-per-request',
    title: 'Same data file read again for every request',
    category: 'redundant-data-loading',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['data-sync-read-per-call'],
    libraries: [
      'onnxruntime-node',
      'onnxruntime-web',
      '@huggingface/transformers',
      '@xenova/transformers',
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-node',
      'openai',
      'ai',
      'langchain',
      'llamaindex',
      'brain.js',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || CHANGES.test(program.module.text)) return;
    for (const read of program.calls) {
      const path = dataPath(read, program);
      if (path === undefined || read.place.isMemoised || isKept(read, program) || feedsIndex(read, program)) continue;
      const scale = scaleOf(program, read);
      const [address] = read.node.args;
      if (!repeats(scale) || !address || dependsOnCaller(address.value, program)) continue;
      yield report({ read, scale, bytes: namedFile(address.value, program)?.bytes }, path);
    }
  },

  effect({ state: { scale, bytes } }): WorkloadChange {
    const isLoop = scale.kind === 'items' || scale.kind === 'elsewhere';
    return {
      before: {
        kind: 'read-data',
        unit: isLoop ? 'item' : 'request',
        device: 'cpu',
        readsPerUnit: 1,
        ...(bytes === undefined ? {} : { bytesPerRead: bytes }),
      },
      after: { readsPerUnit: 0 },
      alsoSaves: ['latency'],
    };
  },
});

function report(state: State, path: string): Hit<State> {
  const { read, scale, bytes } = state;
  const often = scale.kind === 'request' ? scale.entryPoint.kind : 'item';
  return {
    span: { start: read.node.start, end: read.node.end },
    severity: 'information',
    message: {
      what: isFetch(read)
        ? `\`${path}\` is fetched and parsed again for every ${often}.`
        : `\`${path}\` is read from disk again for every ${often}.`,
      why: 'Reading and parsing cost processor time each time: 151 MB of vectors in JSON took 1.1 s.',
      advice: 'Read it once at module level, or keep it behind `??=`; keep vectors in a binary file (`Float32Array`).',
      ...(bytes === undefined ? { condition: 'The saving depends on the size of the file.' } : {}),
    },
    related: relatedScale(scale),
    state,
  };
}

/** The program writes files or watches them: the next read may give something else. */
const CHANGES = /writeFile|createWriteStream|appendFile|fs\.watch|watchFile|chokidar|outputFile|\brename(Sync)?\(/;

/**
 * Requests and items. What one person sets off is rare, and a page often keeps what it fetched then; a loop that only counts may wait
 * for the file to change.
 */
function repeats(scale: Scale): boolean {
  if (scale.kind === 'items' || scale.kind === 'elsewhere')
    return /^(items|batches|messages|frames)$/.test(scale.loop.purpose);
  return scale.kind === 'request';
}

/** The index that is built from the file is the dearer part, and is reported by a rule of its own. */
function feedsIndex({ place }: Call, program: Program): boolean {
  return place.function !== undefined && /\.from(Documents|Texts)\(/.test(program.text(place.function.bodySpan));
}

/** `cache[path] = …`, or a variable of the module that is tested before. */
function isKept(read: Call, program: Program): boolean {
  const statement = program.statement(read.node);
  return statement?.kind === 'assign' && statement.declaration === undefined;
}
