import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { isDemonstration } from '../shared/demonstration.ts';

interface State {
  readonly span: Span;
}

export default defineRule<State>({
  meta: {
    id: 'embedding-model-legacy',
    title: 'Embedding model of 2022 by default',
    category: 'oversized-model',
    languages: ['typescript'],
    tier: 'strict',
    fixes: [],
    catalogue: ['embed-legacy-or-oversized-model'],
    libraries: ['openai', '@langchain/openai', 'langchain', 'llamaindex', '@llamaindex/openai'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || isDemonstration(program.path)) return;
    for (const call of program.calls) {
      const legacy = legacyModel(call, program);
      if (!legacy || onlyQueries(call, program)) continue;
      yield {
        span: legacy.span,
        severity: 'hint',
        message: {
          what: legacy.isDefault
            ? 'Without a model this is `text-embedding-ada-002` of 2022.'
            : '`text-embedding-ada-002` of 2022 is asked for.',
          why: '`text-embedding-3-small` gives vectors of the same length for a fifth of the price and finds more.',
          advice:
            'Name `text-embedding-3-small`, and embed the stored documents again: vectors of two models cannot be compared.',
          condition: 'Providers publish no energy of embedding models; an index that exists has to be built anew.',
        },
        related: [],
        state: { span: legacy.span },
      };
    }
  },
});

const EXISTING = /\.from(ExistingIndex|ExistingCollection|ExistingTable)$/;
const INGESTS = /^(addDocuments|addVectors|addTexts|fromDocuments|fromTexts|embedDocuments)$/;

/** The object serves an index that exists, and nothing here writes to it: another model would not find what the old one stored. */
function onlyQueries(call: Call, program: Program): boolean {
  const receivers = program
    .uses(call)
    .flatMap(({ kind, call: receiver }) => (kind === 'argument' && receiver ? [receiver] : []));
  if (!receivers.some(({ node }) => EXISTING.test(program.text(node.callee)))) return false;
  return !program.calls.some(({ node }) => node.callee.kind === 'attribute' && INGESTS.test(node.callee.name));
}

/** Constructors whose default is the old model: @langchain/openai 1.6.0 `embeddings.js`, @llamaindex/openai 0.4 `index.js`. */
const DEFAULTS =
  /^(@langchain\/openai|langchain\/embeddings\/openai)\.OpenAIEmbeddings$|^(llamaindex|@llamaindex\/openai)\.OpenAIEmbedding$/;
const OLD = 'text-embedding-ada-002';

function legacyModel(call: Call, program: Program): { readonly span: Span; readonly isDefault: boolean } | undefined {
  const name = call.api?.name ?? '';
  if (name === 'openai.OpenAI.embeddings.create' || DEFAULTS.test(name)) {
    const parameters = ['body.model', 'fields.model', 'fields.modelName', 'init.model'];
    const given = parameters.map((parameter) => call.argument(parameter)).find(({ kind }) => kind !== 'absent');
    if (given?.kind === 'known') {
      const value = program.constant(given.value);
      const isOld = value.kind === 'known' && value.value === OLD;
      return isOld ? { span: { start: given.value.start, end: given.value.end }, isDefault: false } : undefined;
    }
    // Azure names deployments, and an address of one's own has its own models.
    const [fields] = call.node.args;
    const isPlain =
      given === undefined &&
      (fields === undefined || fields.value.kind === 'mapping') &&
      DEFAULTS.test(name) &&
      !/azure|baseURL|configuration/i.test(program.text(call.node));
    return isPlain ? { span: { start: call.node.start, end: call.node.end }, isDefault: true } : undefined;
  }
  return undefined;
}
