import type { Argument, Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { methodName } from '../shared/devices.ts';
import { independentLoop } from '../shared/independentLoop.ts';
import { singleItem } from '../shared/singleItem.ts';

/** A model that runs once for each item of a collection. */
export interface ItemwiseRun {
  readonly call: Call;
  readonly kind: 'pipeline' | 'generate' | 'vllm';
  /** The loop, or the `apply` that calls a function for each row. */
  readonly around: Span;
}

/** Methods of a data frame, a series or a data set that call their argument for each row. */
const ROW_METHODS = /^(apply|map|progress_apply|progress_map|parallel_apply|applymap)$/;
const ONE = { parameter: '', accepts: 'list' } as const;
/** Keywords that only the `generate` of transformers has, for models whose type comes from elsewhere. */
const GENERATE_KEYWORDS = new Set(['max_new_tokens', 'do_sample', 'num_beams', 'eos_token_id', 'pad_token_id']);

export function itemwiseRun(program: Program, call: Call): ItemwiseRun | undefined {
  const kind = kindOf(program, call);
  if (kind === undefined) return undefined;
  const inputs = inputsOf(call, kind);
  if (inputs.length === 0) return undefined;
  if (kind !== 'generate' && !inputs.every((input) => isOne(program, input, kind))) return undefined;
  const loop = independentLoop(program, inputs, call.place.loops);
  if (loop) {
    const isSingle = kind !== 'generate' || encodesOne(program, call, loop);
    return isSingle && !isBuiltUp(program, loop) ? { call, kind, around: loop.head } : undefined;
  }
  const isInRowMethod = call.place.loops.every(({ form }) => form === 'callback');
  const rows = isInRowMethod ? rowMethodAround(program, call) : undefined;
  return rows && (kind !== 'generate' || encodesOne(program, call, rows.body))
    ? { call, kind, around: rows.call.node }
    : undefined;
}

/** One text; for `chat` of vLLM the messages of one conversation, written out as a list of mappings. */
function isOne(program: Program, input: Expression, kind: ItemwiseRun['kind']): boolean {
  if (kind === 'vllm') {
    const values = program.values(input);
    if (values.every((value) => value.kind === 'collection' && holdsMappings(value.node))) return true;
    // Written out in another way: a list of conversations or prompts.
    if (values.some((value) => value.kind === 'collection')) return false;
  }
  return singleItem(input, ONE) !== undefined;
}

function holdsMappings(list: Expression): boolean {
  return list.kind === 'sequence' && list.elements.length > 0 && list.elements.every(({ kind }) => kind === 'mapping');
}

function kindOf(program: Program, call: Call): ItemwiseRun['kind'] | undefined {
  const name = call.api?.name ?? '';
  if (name === 'transformers.Pipeline.__call__') return 'pipeline';
  if (name === 'vllm.LLM.generate' || name === 'vllm.LLM.chat') return 'vllm';
  if (name === 'transformers.PreTrainedModel.generate') return isPlainGenerate(call) ? 'generate' : undefined;
  if (call.api !== undefined || methodName(call) !== 'generate' || call.receiver === undefined) return undefined;
  const isKnown = program.values(call.receiver).some((value) => value.kind !== 'unknown');
  const isHuggingFace = call.node.args.some((argument) => GENERATE_KEYWORDS.has(argument.name ?? ''));
  const isModel = /(^|\.|_)model$/i.test(program.text(call.receiver));
  return !isKnown && isHuggingFace && isModel && isPlainGenerate(call) ? 'generate' : undefined;
}

/** Assisted decoding takes one sequence; a streamer writes for one reader. */
function isPlainGenerate(call: Call): boolean {
  return !call.node.args.some(({ name }) => name === 'assistant_model' || name === 'streamer');
}

/** What the model is given: the first argument, `**inputs`, or the arguments that hold tokens, pictures or sound. */
function inputsOf(call: Call, kind: ItemwiseRun['kind']): readonly Expression[] {
  const { args } = call.node;
  const isInput = ({ name, spread }: Argument, index: number): boolean => {
    if (spread === 'keyword') return kind === 'generate';
    if (name === undefined) return index === 0;
    return /^(input(s|_ids|_values|_features)?|text_inputs|pixel_values|images?)$/.test(name);
  };
  return args.filter(isInput).map(({ value }) => value);
}

/** A tokenizer or processor inside the loop gets one item, not a list, and does not pad. */
function encodesOne(program: Program, call: Call, within: Span): boolean {
  const encoders = program.calls.filter(
    (other) => contains(within, other.node) && other.node.start < call.node.end && isEncoder(program, other),
  );
  if (encoders.length === 0) return false;
  return encoders.every(({ node }) => {
    const first = node.args.find(({ name }) => name === undefined || name === 'text' || name === 'images');
    return first !== undefined && singleItem(first.value, ONE) !== undefined;
  });
}

function isEncoder(program: Program, call: Call): boolean {
  const { callee } = call.node;
  if (callee.kind === 'name') return /(tokenizer|processor|feature_extractor)$/i.test(callee.name);
  if (callee.kind !== 'attribute') return false;
  if (/(tokenizer|processor)$/i.test(callee.name)) return true;
  return callee.name === 'encode' && /tokenizer$/i.test(program.text(callee.object));
}

/** The loop collects items into lists first, keeps results of earlier runs, or measures how long one item takes. */
function isBuiltUp(program: Program, loop: Loop): boolean {
  return /\bcache|\bbatch\w*\s*(=|\.append)|len\(\w*batch|perf_counter|\btime\.time\(|timeit|cuda\.Event\(/i.test(
    program.text(loop),
  );
}

/** The `df["text"].apply(fn)` that calls the function around a call for each row. */
function rowMethodAround(program: Program, call: Call): { readonly call: Call; readonly body: Span } | undefined {
  const owner = call.place.function;
  if (owner === undefined) return undefined;
  const [parameter] = owner.parameters;
  const name = parameter?.target.kind === 'name' ? parameter.target.name : undefined;
  if (name === undefined || !readsParameter(owner.body, name)) return undefined;
  const around = program.calls.find(
    (other) =>
      ROW_METHODS.test(methodName(other) ?? '') &&
      other.node.args
        .slice(0, 1)
        .some(({ value }) =>
          program.values(value).some((candidate) => candidate.kind === 'function' && candidate.definition === owner),
        ) &&
      !other.node.args.some((argument) => argument.name === 'batched'),
  );
  if (around === undefined || around.receiver === undefined) return undefined;
  const isSmall = /\.(head|sample|tail|select|take)\(|\[:\s*\d{1,2}\]|\bgroupby\b/.test(program.text(around.receiver));
  return isSmall ? undefined : { call: around, body: owner.bodySpan };
}

function readsParameter(body: Parameters<typeof walk>[0], name: string): boolean {
  for (const { node } of walk(body)) if (node.kind === 'name' && node.name === name) return true;
  return false;
}
