import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { hasCommentNear } from '../shared/commentNear.ts';
import { methodName } from '../shared/devices.ts';
import { namedModel } from '../shared/namedModels.ts';
import { largestScale, type Scale, scaleOf } from '../shared/scale.ts';
import { fileTrains } from '../shared/training.ts';

/** A place that switches the cache of a generation off. */
export interface Switch {
  readonly place: Span;
  /** The call that takes it as an argument. */
  readonly call: Call | undefined;
  readonly scale: Scale;
  readonly modelId: string | undefined;
  readonly outputTokens: number | undefined;
}

/** Keywords of `generate()` of transformers that no other library's method of that name takes with `use_cache`. */
const GENERATION_KEYWORD =
  /^(max_new_tokens|max_length|min_length|do_sample|num_beams|input_ids|pixel_values|attention_mask|temperature|top_p|top_k|generation_config|pad_token_id|eos_token_id)$/;
/** What a study of the network reads, step by step. */
const STUDIED = ['output_hidden_states', 'output_attentions', 'output_logits', 'output_scores'];
/** With so few new tokens there is little to cache. */
const FEW_TOKENS = 2;

/** `generate(use_cache=False)` and `GenerationConfig(use_cache=False)`. */
export function* argumentSwitches(program: Program): Iterable<Switch> {
  for (const call of program.calls) {
    const argument = call.node.args.find(({ name }) => name === 'use_cache');
    if (argument === undefined || !isOff(program, call) || isExplained(program, argument)) continue;
    if (isGenerate(call)) yield* fromGenerate(program, call, argument);
    else if (call.name === 'transformers.GenerationConfig' && !fileTrains(program)) {
      const runs = program.calls.filter(isGenerate);
      const scale = largestScale(program, runs);
      if (scale) yield { place: argument, call, scale, modelId: undefined, outputTokens: tokensOf(call) };
    }
  }
}

/**
 * `model.generation_config.use_cache = False` in a file that generates. `model.config.use_cache` is not read by `generate()`
 * (transformers 4.57.6 and 5.18.0) and is what training with checkpointing sets.
 */
export function* assignedSwitches(program: Program): Iterable<Switch> {
  const scale = largestScale(program, program.calls.filter(isGenerate));
  if (scale === undefined || fileTrains(program)) return;
  for (const { kind, node } of walk(program.module.body)) {
    if (kind !== 'statement' || node.kind !== 'assign' || node.value === undefined) continue;
    const [target] = node.targets;
    if (target?.kind !== 'attribute' || target.name !== 'use_cache') continue;
    const holder = target.object;
    const isGeneration =
      (holder.kind === 'attribute' || holder.kind === 'name') && /^(generation_config|gen_config)$/.test(holder.name);
    const value = program.constant(node.value);
    if (!isGeneration || value.kind !== 'known' || value.value !== false || isExplained(program, node)) continue;
    if (/use_cache\s*=\s*True/.test(program.module.text.slice(node.end))) continue;
    yield { place: node, call: undefined, scale, modelId: undefined, outputTokens: undefined };
  }
}

function* fromGenerate(program: Program, call: Call, place: Span): Iterable<Switch> {
  const tokens = tokensOf(call);
  if (
    STUDIED.some((name) => call.node.args.some((argument) => argument.name === name)) ||
    (tokens ?? FEW_TOKENS + 1) <= FEW_TOKENS
  )
    return;
  const load = call.receiver && program.origin(call.receiver);
  const modelId = load && namedModel(program, load)?.id;
  yield { place, call, scale: scaleOf(program, call), modelId, outputTokens: tokens };
}

function isGenerate(call: Call): boolean {
  if (call.api?.roles.includes('generate')) return call.api.name.startsWith('transformers.');
  const isMethod = methodName(call) === 'generate' && call.api === undefined;
  return isMethod && call.node.args.some(({ name }) => GENERATION_KEYWORD.test(name ?? ''));
}

function isOff(program: Program, call: Call): boolean {
  const argument = call.node.args.find(({ name }) => name === 'use_cache');
  const value = argument && program.constant(argument.value);
  return value?.kind === 'known' && value.value === false;
}

function tokensOf(call: Call): number | undefined {
  const limit = call.constantArgument('max_new_tokens');
  return limit.kind === 'known' && typeof limit.value === 'number' ? limit.value : undefined;
}

/** The author knows: a comment says that the cache fails here. */
function isExplained(program: Program, place: Span): boolean {
  return hasCommentNear(program, place, 1, /cache/i);
}
