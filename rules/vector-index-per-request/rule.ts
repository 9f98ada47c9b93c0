import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { isFixedCorpus } from './fixedCorpus.ts';

interface State {
  readonly call: Call;
  readonly scale: Scale;
}

export default defineRule<State>({
  meta: {
    id: 'vector-index-per-request',
    title: 'Fixed documents embedded again for every request',
    category: 'redundant-compute',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['rag-reembed-per-request'],
    libraries: ['langchain', '@langchain/classic', '@langchain/community', '@langchain/core', 'llamaindex'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || KEEPS.test(program.module.text)) return;
    for (const call of program.calls) {
      const documents = documentsOf(call);
      if (!documents || call.place.isMemoised) continue;
      const scale = scaleOf(program, call);
      const isRepeated = scale.kind === 'request' || scale.kind === 'items';
      if (!isRepeated || !isFixedCorpus(documents, program)) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'warning',
        message: {
          what: `\`${calleeText(call, program)}\` embeds the same documents again for every ${scale.kind === 'items' ? 'item' : 'request'}.`,
          why: 'Every part of every document goes through the embedding model before the one question is looked up.',
          advice:
            'Build the index once, in a promise at module level or behind `??=`, or keep it in a vector store that lasts.',
        },
        related: relatedScale(scale),
        state: { call, scale },
      };
    }
  },
});

/** A store that is saved and read back, a cache around the embeddings, or an index with a folder of its own. */
const KEEPS =
  /\.(save|load)\(\s*['"`\w]*(dir|path|store|index|folder|\.\/)|CacheBackedEmbeddings|storageContext|persistDir|unstable_cache/i;

const IN_MEMORY =
  /^(langchain|@langchain\/\w+)\/.*\.(MemoryVectorStore|FaissStore|HNSWLib)\.from(Documents|Texts)$|^llamaindex\.VectorStoreIndex\.fromDocuments$/;

function documentsOf(call: Call): Call['node']['args'][number]['value'] | undefined {
  return IN_MEMORY.test(call.name ?? '') ? call.node.args[0]?.value : undefined;
}
