import { defineRule, type Fix, type Hit, type Severity } from '../../src/core/engine/rule.ts';
import { removeArgument } from '../../src/core/fixes/callEdits.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { hasCommentNear } from '../shared/commentNear.ts';
import { fileTrains } from '../shared/training.ts';
import { type FixedPadding, fixedPadding } from './fixedPadding.ts';

interface State extends FixedPadding {
  readonly trains: boolean;
}

/** Lengths up to this are short anyway. */
const SHORT = 32;
/** From this length on most texts leave most of the sequence empty. */
const LONG = 256;
/** Compilers and chips that need one shape, text encoders that were trained on one length, and the older SageMaker compiler. */
const FIXED_SHAPES =
  /torch_xla|xla_spawn|TPUStrategy|tpu_name|TrainingCompiler|neuron|inferentia|tensorrt|onnxruntime|torch\.onnx|openvino|torch\.compile|torch_compile|jit\.trace|coremltools|\bdiffusers\b|CLIPText|CLIPTokenizer|stable.?diffusion|Whisper|SpeechT5|habana|graphcore|poptorch/i;
/** Corpora whose texts are nearly all longer than a short limit: no padding is left. */
const LONG_TEXTS =
  /["'/](stanfordnlp\/imdb|imdb|cnn_dailymail|arxiv|pubmed|scientific_papers|pg19|govreport|multi_news|openwebtext|bookcorpus|c4|wikipedia)\b/i;
/** A data set cut down to at most some thousand rows: `split="train[:1000]"`, `.select(range(500))`. */
const SAMPLE = /\[:\d{1,4}\]["']|\.select\(\s*range\(\s*\d{1,4}\s*\)/;
/** Collators that pad each batch to its own longest text. */
const DYNAMIC =
  /^transformers\.(\w+\.)*DataCollator(WithPadding|ForLanguageModeling|ForSeq2Seq|ForTokenClassification|ForWholeWordMask)$/;

export default defineRule<State>({
  meta: {
    id: 'hf-pad-max-length',
    title: 'Every text padded to the maximum length',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['hf-pad-max-length'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || FIXED_SHAPES.test(program.module.text)) return;
    const trains = fileTrains(program);
    for (const call of program.calls) {
      const padding = fixedPadding(program, call);
      if (padding && isWorthwhile(program, padding))
        yield report({ ...padding, trains }, hasDynamicCollator(program), SAMPLE.test(program.module.text));
    }
  },

  effect({ state: { length, trains } }): WorkloadChange {
    const before = length ?? 512;
    return {
      before: { kind: trains ? 'train' : 'encode', unit: trains ? 'run' : 'item', engine: 'hf', inputTokens: before },
      // A quarter to a half of the sequence holds text, as typical fine-tuning data sets have it.
      after: { inputTokens: Math.ceil(before / 3) },
      alsoSaves: ['latency', 'memory'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    if (state.site !== 'map' || !hasDynamicCollator(program) || makesTensors(program, state.call)) return [];
    const edit = removeArgument(state.call.node, state.argument, program.module.text);
    if (edit === undefined) return [];
    return [
      {
        title: 'Let the collator pad each batch',
        safety: 'suggestion',
        edits: [edit],
        reason:
          'Batches get different lengths: the collator of this file pads them, other users of the data set must do so too.',
      },
    ];
  },
});

function isWorthwhile(program: Program, { call, length }: FixedPadding): boolean {
  if (length !== undefined && length <= SHORT) return false;
  if (length !== undefined && length <= LONG && LONG_TEXTS.test(program.module.text)) return false;
  if (/model_max_length/.test(program.text(call.node))) return false;
  return !hasCommentNear(
    program,
    call.node,
    2,
    /static|fixed (shape|length|size)|same (shape|length)|compile|xla|tpu/i,
  );
}

function hasDynamicCollator(program: Program): boolean {
  return program.calls.some((call) => DYNAMIC.test(call.name ?? ''));
}

/** The function hands out tensors, or labels that the collator may not pad. */
function makesTensors(program: Program, call: Call): boolean {
  if (call.node.args.some(({ name }) => name === 'return_tensors')) return true;
  const owner = call.place.function;
  const body = owner ? program.text(owner.bodySpan) : '';
  const padsLabels = program.calls.some(({ name }) => /DataCollatorFor(Seq2Seq|TokenClassification)$/.test(name ?? ''));
  return /\[\s*["']labels["']\s*\]|["']labels["']\s*:/.test(body) && !padsLabels;
}

function report(state: State, hasCollator: boolean, isSample: boolean): Hit<State> {
  const { length, trains, site, argument } = state;
  const isLong = length !== undefined && length >= LONG;
  const severity: Severity = trains && hasCollator && isLong && !isSample ? 'warning' : 'information';
  const toLength = length === undefined ? 'one fixed length' : `${length} tokens`;
  return {
    span: argument,
    severity,
    message: {
      what: `Every text is padded to ${toLength}, however short it is.`,
      why: 'Padding is computed like text: the work grows with the length, and the part that attention masks is thrown away.',
      advice: hasCollator
        ? 'Leave the padding to the data collator of this file, which pads each batch to its longest text; grouping texts by length saves more.'
        : site === 'map'
          ? 'Tokenise without padding and use DataCollatorWithPadding, which pads each batch to its longest text.'
          : 'Tokenise without padding and pad in `collate_fn` (DataCollatorWithPadding), to the longest text of each batch.',
      ...(severity === 'warning'
        ? {}
        : { condition: 'The saving depends on how much shorter the texts are than this length.' }),
    },
    related: [],
    state,
  };
}
