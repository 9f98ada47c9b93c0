import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { argumentFor } from '../shared/argumentFor.ts';
import { calleeText } from '../shared/calleeText.ts';
import { readNames } from '../shared/expressionNames.ts';
import { outlivesCall } from '../shared/outlivesCall.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { embeddedInput, fillsNothing } from './embeddedInput.ts';
import { isFixedCorpus, isFixedFile } from './fixedCorpus.ts';

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
    libraries: [
      'langchain',
      '@langchain/classic',
      '@langchain/community',
      '@langchain/core',
      '@langchain/openai',
      'llamaindex',
      'openai',
      'ai',
      '@mistralai/mistralai',
      'cohere-ai',
      'ollama',
      '@google/genai',
      '@google/generative-ai',
      '@huggingface/transformers',
      '@xenova/transformers',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || KEEPS.test(program.module.text)) return;
    for (const call of program.calls) {
      if (call.place.isMemoised) continue;
      const site = embedsFile(call, program);
      if (site) yield embeddingHit(site, program);
      const documents = documentsOf(call);
      if (!documents) continue;
      const scale = scaleOf(program, call);
      const isRepeated = scale.kind === 'request' || scale.kind === 'items';
      if (!isRepeated || !isFixedCorpus(documents, program)) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        ...(isRefilled(call, program) ? refilled(call, program) : rebuilt(call, scale, program)),
        related: relatedScale(scale),
        state: { call, scale },
      };
    }
  },
});

/** The index is kept and nothing is looked up here: somebody refreshes it, after an upload for instance. */
function isRefilled(call: Call, program: Program): boolean {
  const { function: owner } = call.place;
  return outlivesCall(call, program) && owner !== undefined && !LOOKS_UP.test(program.text(owner.bodySpan));
}

const LOOKS_UP = /\.(similaritySearch\w*|maxMarginalRelevanceSearch|as(Retriever|QueryEngine|ChatEngine))\(/;

function refilled(call: Call, program: Program): Pick<Hit<State>, 'severity' | 'message'> {
  return {
    severity: 'information',
    message: {
      what: `\`${calleeText(call, program)}\` embeds all documents again each time this request refills the index.`,
      why: 'Documents that are in the index already go through the embedding model once more for each one that is new.',
      advice: 'Add only what is new (`addDocuments`), or keep the vectors in a store that lasts.',
      condition: 'It depends on how many documents there are and how often they change.',
    },
  };
}

function rebuilt(call: Call, scale: Scale, program: Program): Pick<Hit<State>, 'severity' | 'message'> {
  return {
    severity: 'warning',
    message: {
      what: `\`${calleeText(call, program)}\` embeds the same documents again for every ${scale.kind === 'items' ? 'item' : 'request'}.`,
      why: 'Every part of every document goes through the embedding model before the one question is looked up.',
      advice:
        'Build the index once, in a promise at module level or behind `??=`, or keep it in a vector store that lasts.',
    },
  };
}

/** The embedding call, or the call of the function around it, that is given the text of a file. */
function embedsFile(call: Call, program: Program): Call | undefined {
  const texts = embeddedInput(call, program);
  if (!texts) return undefined;
  if (isFixedFile(texts, program)) return call;
  const owner = call.place.function;
  const names = new Set(readNames(texts));
  const parameter = owner?.parameters.find(({ target }) => target.kind === 'name' && names.has(target.name));
  if (!owner || parameter?.target.kind !== 'name') return undefined;
  const { name } = parameter.target;
  return program.callsTo(owner).find((caller) => {
    const given = argumentFor(caller, owner, name);
    return given && fillsNothing(caller, program) && isFixedFile(given.value, program);
  });
}

/** Texts that are embedded without an index around them. */
function embeddingHit(call: Call, program: Program): Hit<State> {
  const scale = scaleOf(program, call);
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message: {
      what: `\`${calleeText(call, program)}\` embeds the same file again for every request.`,
      why: 'What a file of the program says does not depend on the request, and neither do its vectors.',
      advice:
        'Embed it once, in a promise at module level or behind `??=`, or keep the vectors in a file or a vector store.',
      condition: 'It depends on how long the file is.',
    },
    related: relatedScale(scale),
    state: { call, scale },
  };
}

/** A store that is saved and read back, a cache around the embeddings, or an index with a folder of its own. */
const KEEPS =
  /\.(save|load)\(\s*['"`\w]*(dir|path|store|index|folder|\.\/)|CacheBackedEmbeddings|storageContext|persistDir|unstable_cache/i;

const IN_MEMORY =
  /^(langchain|@langchain\/\w+)\/.*\.(MemoryVectorStore|FaissStore|HNSWLib)\.from(Documents|Texts)$|^llamaindex\.VectorStoreIndex\.fromDocuments$/;

function documentsOf(call: Call): Call['node']['args'][number]['value'] | undefined {
  return IN_MEMORY.test(call.name ?? '') ? call.node.args[0]?.value : undefined;
}
