import data from './architectures.json';

/** What a network's design says about energy beyond its size; absent fields are as usual or not known. */
export interface Architecture {
  /** Tokens that one picture becomes. */
  readonly imageTokens?: number;
  /** A share of the layers attends to at most so many tokens. */
  readonly windowTokens?: number;
  readonly windowShare?: number;
  /** Bytes of key-value cache per token where they do not follow from heads and layers. */
  readonly cacheBytesPerToken?: number;
  readonly layers?: number;
  /** Speech: layers of the decoder where fewer than the encoder's, and its share of the parameters. */
  readonly decoderLayers?: number;
  readonly decoderShare?: number;
  /** Pictures: attention between patches rather than convolutions. */
  readonly transformer?: boolean;
  /** FP8 weights carry one scale per block instead of one per row. */
  readonly blockFp8?: boolean;
}

interface Entry extends Architecture {
  readonly pattern: string;
  readonly source: string;
  readonly year: number;
}

const entries = (data.entries as readonly Entry[]).map((entry) => ({ entry, pattern: new RegExp(entry.pattern) }));
const USUAL: Architecture = {};

/** Design of the model with this id, in any spelling that holds the family's name. */
export function findArchitecture(id: string | undefined): Architecture {
  const name = id?.toLowerCase() ?? '';
  return entries.find(({ pattern }) => pattern.test(name))?.entry ?? USUAL;
}
