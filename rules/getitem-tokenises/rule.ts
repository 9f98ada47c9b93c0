import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { ClassDefinition } from '../../src/core/ir/definition.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { callsPerSample, isMapDataset, methodOf } from '../shared/datasetClasses.ts';

interface State {
  /** The call of the tokenizer, or the loader of a data set of another file. */
  readonly call: Call;
  readonly owner: Pick<ClassDefinition, 'name' | 'nameSpan'>;
}

const TOKENIZE = /^transformers\.PreTrainedTokenizerBase\.(__call__|encode|encode_plus|batch_encode_plus)$/;
/** Keywords that only tokenizers of transformers take, for one that the constructor of the data set is given. */
const KEYWORDS = new Set(['truncation', 'add_special_tokens', 'return_attention_mask', 'pad_to_max_length']);
/** Samples that differ from epoch to epoch. */
const RANDOM = /random|augment|shuffle|dropout|\bmask_tokens|choice\(|noise/i;
const MANY_EPOCHS = 2;

export default defineRule<State>({
  meta: {
    id: 'getitem-tokenises',
    title: 'Texts tokenized again in every epoch',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['getitem-tokenises'],
    libraries: ['transformers', 'torch'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const owner of program.classes) {
      const item = isMapDataset(program, owner) ? methodOf(owner, '__getitem__') : undefined;
      if (item === undefined || RANDOM.test(program.text(item.bodySpan))) continue;
      const call = callsPerSample(program, owner).find((candidate) => isTokenizer(candidate));
      if (call && program.once(trainsEpochs)) yield report({ call, owner });
    }
    for (const call of program.calls) {
      const name = call.api?.name === 'torch.utils.data.DataLoader' ? tokenizingData(program, call) : undefined;
      if (name !== undefined && program.once(trainsEpochs)) yield report({ call, owner: { name } });
    }
  },
});

/** Class of another file whose objects the loader goes through and which tokenizes each sample, as far as its summary tells. */
function tokenizingData(program: Program, loader: Call): string | undefined {
  const dataset = loader.argument('dataset');
  const values = dataset.kind === 'known' ? program.values(dataset.value) : [];
  const [value] = values;
  if (values.length !== 1 || value?.kind !== 'externalObject' || !isMapDataset(program, value)) return undefined;
  const perSample = value.definition.calls?.['__getitem__'] ?? [];
  const tokenizes = perSample.some((called) => TOKENIZE.test(program.api(called)?.name ?? ''));
  return tokenizes && !perSample.some((called) => RANDOM.test(called)) ? value.definition.name : undefined;
}

function isTokenizer(call: Call): boolean {
  if (TOKENIZE.test(call.api?.name ?? '')) return true;
  if (call.api !== undefined) return false;
  const { callee } = call.node;
  const name = callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
  const holder =
    callee.kind === 'attribute' && /^(encode|encode_plus|batch_encode_plus)$/.test(name) ? callee.object : callee;
  const holderName = holder.kind === 'attribute' || holder.kind === 'name' ? holder.name : '';
  return /tokenizer$/i.test(holderName) && call.node.args.some((argument) => KEYWORDS.has(argument.name ?? ''));
}

/** The file trains several epochs: a loop over them, or an argument that says how many. */
function trainsEpochs(program: Program): boolean {
  return program.calls.some((call) => {
    const loop = call.place.loops.find(({ purpose }) => purpose === 'epochs');
    if (loop) return (loop.tripCount ?? MANY_EPOCHS) >= MANY_EPOCHS && contains(loop, call.node);
    const epochs = call.node.args.find(({ name }) => /^(num_train_epochs|max_epochs|epochs)$/.test(name ?? ''));
    const constant = epochs && program.constant(epochs.value);
    return constant?.kind === 'known' && Number(constant.value) >= MANY_EPOCHS;
  });
}

function report(state: State): Hit<State> {
  const { call, owner } = state;
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'hint',
    message: {
      what: `\`${owner.name ?? 'The data set'}\` tokenizes the same texts again in every epoch, one at a time.`,
      why: 'The tokens of a text do not change, so each epoch after the first repeats the work.',
      advice:
        'Tokenize once before the training: all texts in `__init__`, or `datasets.map(…, batched=True)`, which caches on disk.',
      condition: 'It costs work of the processor; the accelerator waits for it only where there are few workers.',
    },
    related: owner.nameSpan ? [{ span: owner.nameSpan, message: 'the data set' }] : [],
    state,
  };
}
