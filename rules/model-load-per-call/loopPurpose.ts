import type { Loop } from '../../src/core/semantics/place.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import { readNames } from '../shared/expressionNames.ts';
import { hasWord } from '../shared/identifierWords.ts';

const SWEEP = new Set(
  (
    'fold seed trial run rep repeat round exp experiment config cfg setting variant method strategy layer alpha scale ratio rate lr bit ' +
    'quant quantization checkpoint ckpt adapter lora rank model models backend device precision dtype generation episode gpu worker ' +
    'pipeline encoder estimator classifier detector architecture arch backbone candidate baseline split cv kfold'
  ).split(' '),
);
/** Methods and functions that change a model: each turn then wants a fresh one. */
const CHANGES =
  /(^|\.)(fit\w*|train(?!able)\w*|finetune\w*|fine_tune\w*|backward|partial_fit|get_peft_model|add_adapter|load_adapter|set_adapter|load_lora\w*|load_state_dict|load_weights|load_attn_procs|quantize\w*|prune\w*|compile|merge_and_unload|fuse\w*|save_pretrained|save_model|export\w*|convert\w*|register_forward\w*|resize_token_embeddings|parameters|Trainer|apply_\w+|inject\w*|replace_\w+|freeze\w*|set_trainable|summary|unload\w*|dispose)$/;

/** A loop over models, folds, seeds, settings or workers: a fresh model per turn is its purpose. */
export function isModelSweep(loop: Loop, program: Program): boolean {
  const names = [...(loop.target ? readNames(loop.target) : []), ...(loop.iterable ? readNames(loop.iterable) : [])];
  if (names.some((name) => hasWord(name, SWEEP))) return true;
  return loop.iterable?.kind === 'attribute' && hasWord(program.text(loop.iterable), SWEEP);
}

/** True when code inside the span trains, rewrites, exports or frees a model. */
export function changesModel(span: Span, program: Program): boolean {
  return program.calls.some(({ node, api }) => {
    if (!contains(span, node)) return false;
    if (api && (api.roles.includes('train') || api.roles.includes('optimizer'))) return true;
    const { callee } = node;
    const name = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : undefined;
    return name !== undefined && CHANGES.test(name);
  });
}

/** Methods after which the next turn needs weights that were not trained yet, or that free or export the model. */
const TRAINS =
  /^(fit\w*|train(?!able)\w*|finetune\w*|fine_tune\w*|backward|partial_fit|Trainer|load_state_dict|load_weights|quantize\w*|prune\w*|save_pretrained|save_model|export\w*|convert\w*|merge_and_unload|dispose)$/;

/** True when code inside the span trains, exports or frees a model; wrapping it with an adapter does not count. */
export function trainsModel(span: Span, program: Program): boolean {
  return program.calls.some(({ node }) => {
    if (!contains(span, node)) return false;
    const { callee } = node;
    const name = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : undefined;
    return name !== undefined && TRAINS.test(name);
  });
}
