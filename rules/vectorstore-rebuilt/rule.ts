import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { EntryPoint } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { externalSteps } from '../shared/externalSteps.ts';
import { type RebuiltStore, rebuiltOnRerun } from './rerun.ts';
import { fixedCorpus, isBuild, keepsIndex } from './stores.ts';

interface State {
  readonly call: Call;
  readonly entry: EntryPoint | undefined;
}

interface FixedState extends State {
  readonly corpus: Call;
}

export default defineRule<State>({
  meta: {
    id: 'vectorstore-rebuilt',
    title: 'The same documents embedded again on every run',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['vectorstore-rebuilt'],
    libraries: [
      'langchain',
      'langchain_community',
      'langchain_chroma',
      'langchain_core',
      'langchain_classic',
      'langchain_qdrant',
      'llama_index',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    // A notebook's kernel keeps the index from cell to cell.
    if (program.isTestOrBenchmark || program.path.endsWith('.ipynb')) return;
    const rebuilt = rebuiltOnRerun(program);
    if (rebuilt) yield reportRerun(program, rebuilt);
    if (rebuilt || keepsIndex(program)) return;
    const corpus = fixedCorpus(program);
    if (corpus === undefined) return;
    for (const call of program.calls) {
      if (!isBuild(call) || call.place.isMemoised) continue;
      yield report({ call, corpus, entry: call.place.entryPoint });
      return;
    }
  },
});

function reportRerun(program: Program, state: RebuiltStore): Hit<State> {
  const { call, entry } = state;
  const documents = /file_uploader/.test(program.module.text) ? 'The uploaded documents are' : 'All documents are';
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message: {
      what: `${documents} embedded again whenever a person uses a widget.`,
      why: 'Streamlit runs the script from the top on each interaction, a question included, and an uploaded file stays uploaded.',
      advice:
        'Build the store in a function with `@st.cache_resource` that takes the bytes of the file, or keep it in `st.session_state` until another file comes.',
      condition: 'The saving depends on how long the documents are and on how much the app is used.',
    },
    related: externalSteps(entry, 'on every interaction'),
    state,
  };
}

function report(state: FixedState): Hit<State> {
  const { call, corpus, entry } = state;
  const often = entry ? `for every ${entry.kind}` : 'whenever the program starts';
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: entry ? 'warning' : 'information',
    message: {
      what: `All documents are embedded again ${often}, and the index is thrown away.`,
      why: 'The documents come from a fixed place, so each run computes the same vectors with the same model.',
      advice:
        'Save the index after building it (`save_local`, `persist_directory`, `storage_context.persist`) and load it while the documents stay the same.',
      ...(entry ? {} : { condition: 'It depends on how many documents there are and how often the program runs.' }),
    },
    related: [
      { span: corpus.node, message: 'the documents come from here' },
      ...(entry ? externalSteps(entry, `for every ${entry.kind}`) : []),
    ],
    state,
  };
}
