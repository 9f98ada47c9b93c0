import type { MappingExpression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { taskOf } from './transformersJs.ts';

/** A dtype for each module that leaves out the one with most of the weights. */
export interface MissingModule {
  readonly dtypes: MappingExpression;
  readonly module: 'decoder_model_merged';
}

/** Models that are loaded as an encoder and a decoder, or as embeddings, an encoder and a decoder (src/models/registry, 4.3.1). */
const WITH_DECODER =
  /^(automatic-speech-recognition|image-text-to-text|image-to-text|translation\w*|summarization|text2text-generation)$/;
/** Modules that only such models have, beside a decoder in a file of its own. */
const BESIDE_DECODER = /^(encoder_model|vision_encoder|audio_encoder|embed_tokens)$/;
const DECODERS = /^(decoder\w*|language_model|model)$/;

/**
 * `dtype: { embed_tokens: 'fp16', vision_encoder: 'q4' }`: a module that is not named gets the default of the device
 * (`selectDtype` in src/utils/dtypes.js, which only warns), whatever the others have.
 */
export function missingModule(load: Call, program: Program): MissingModule | undefined {
  const dtype = load.argument('options.dtype');
  if (dtype.kind !== 'known' || !WITH_DECODER.test(taskOf(load) ?? '')) return undefined;
  const [value, ...others] = program.values(dtype.value);
  if (value?.kind !== 'collection' || value.node.kind !== 'mapping' || others.length > 0) return undefined;
  const { entries } = value.node;
  const keys = entries.map(({ key }) => key);
  if (entries.some(({ isSpread }) => isSpread) || keys.includes(undefined)) return undefined;
  const names = keys.flatMap((key) => key ?? []);
  const isDecoderMissing = names.some((key) => BESIDE_DECODER.test(key)) && !names.some((key) => DECODERS.test(key));
  return isDecoderMissing ? { dtypes: value.node, module: 'decoder_model_merged' } : undefined;
}
