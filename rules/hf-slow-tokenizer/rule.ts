import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { removeArgument } from '../../src/core/fixes/callEdits.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { hasCommentNear } from '../shared/commentNear.ts';
import { methodName } from '../shared/devices.ts';
import { namedModel } from '../shared/namedModels.ts';
import { largestScale } from '../shared/scale.ts';
import { transformersVersion } from '../shared/transformersVersion.ts';
import { isAtLeast } from '../shared/versions.ts';

interface State {
  readonly call: Call;
  /** `use_fast=False`; absent where the class itself is the slow one. */
  readonly flag: Argument | undefined;
}

/** Classes written in Python up to version 4 whose fast counterpart gives the same tokens. */
const SLOW_CLASS = /^transformers\.(Bert|Roberta|DistilBert|GPT2|Electra|Bart|MPNet)Tokenizer\./;

/** Families whose fast tokenizer differs or is missing (LLaMA's legacy one, DeBERTa v2, byte-level and Japanese ones). */
const NEEDS_SLOW =
  /llama|llava|vicuna|alpaca|mistral|deberta|byt5|canine|japanese|jp-|clip|opt-|baichuan|chatglm|qwen-|internlm|yi-|falcon|mpt|xlnet|phobert|bertweet|m2m|nllb|mbart|speech|wav2vec/i;

export default defineRule<State>({
  meta: {
    id: 'hf-slow-tokenizer',
    title: 'Tokenizer in pure Python asked for',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['hf-slow-tokenizer'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    const isFive = isAtLeast(transformersVersion(program), '5');
    if (program.isTestOrBenchmark || isFive === 'yes') return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state, isFive === 'unknown');
    }
  },

  fixes({ state: { call, flag } }, program): readonly Fix[] {
    const edit = flag && removeArgument(call.node, flag, program.module.text);
    if (edit === undefined) return [];
    return [
      {
        title: 'Use the fast tokenizer',
        safety: 'suggestion',
        edits: [edit],
        reason: 'Check on some texts that the tokens are the same: a few models differ in details.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  if (call.api?.roles.includes('tokenizer-load') !== true || !/^transformers\..*Tokenizer\./.test(call.name ?? ''))
    return undefined;
  const flag = call.node.args.find(({ name }) => name === 'use_fast');
  const value = flag && program.constant(flag.value);
  const model = namedModel(program, call);
  const asksForSlow = value?.kind === 'known' && value.value === false;
  const isSlowClass = flag === undefined && SLOW_CLASS.test(call.name ?? '');
  if ((!asksForSlow && !isSlowClass) || model === undefined) return undefined;
  if (NEEDS_SLOW.test(model.id) || hasCommentNear(program, flag ?? call.node, 1, /fast|slow|tokeni/i)) return undefined;
  // `slow_tokenizer = …`: shown beside the fast one.
  const statement = program.statement(call.node);
  if (statement && /slow/i.test(program.text({ start: statement.start, end: call.node.start }))) return undefined;
  const runs = program.methodCalls(call).filter((run) => run.api?.roles.includes('encode'));
  // Beside a model that answers each text the tokens cost next to nothing.
  if (isSlowClass) return runs.some((run) => preparesData(program, run)) ? { call, flag } : undefined;
  const scale = largestScale(program, runs)?.kind;
  const isMapped = runs.some(({ place }) => place.function !== undefined);
  return scale === 'items' || scale === 'request' || isMapped ? { call, flag } : undefined;
}

/** In a function that a data set maps over its rows. */
function preparesData(program: Program, { place }: Call): boolean {
  const owner = place.function;
  return program.calls.some(
    (call) =>
      owner !== undefined &&
      methodName(call) === 'map' &&
      call.node.args.some(({ value }) =>
        program.values(value).some((found) => found.kind === 'function' && found.definition === owner),
      ),
  );
}

function report(state: State, dependsOnVersion: boolean): Hit<State> {
  const { call, flag } = state;
  return {
    span: flag ? { start: flag.start, end: flag.end } : { start: call.node.start, end: call.node.callee.end },
    severity: 'hint',
    message: {
      what: flag
        ? 'The tokenizer is asked for in pure Python.'
        : 'This tokenizer class is written in Python up to version 4.',
      why: 'The fast tokenizer of the same model is written in Rust and took a fifth to a thirtieth of the time, while the GPU waits for the texts.',
      advice: flag ? 'Leave `use_fast` at its default.' : 'Use `AutoTokenizer` or the class whose name ends in `Fast`.',
      condition: dependsOnVersion
        ? 'Holds for transformers 4: version 5 has only the fast ones.'
        : 'It matters where many texts are tokenised.',
    },
    related: [],
    requiresStrict: dependsOnVersion,
    state,
  };
}
