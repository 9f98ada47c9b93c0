import { findModel } from '../../src/knowledge/models/findModel.ts';
import type { LighterModel } from '../../src/knowledge/models/lighterModels.ts';
import type { Oversized } from './oversized.ts';

/** A smaller model with ONNX weights, under the name of its repository and the catalogue's. */
interface OnnxModel {
  readonly id: string;
  readonly catalogue: string;
  readonly note: string;
  /** Where the catalogue's stands for it. */
  readonly parameters?: number;
}

interface Family {
  /** Last part of the id of the large ones. */
  readonly large: RegExp;
  /** Catalogue name where the id itself is not in the catalogue. */
  readonly catalogue: string;
  readonly lighter: readonly OnnxModel[];
}

const SOURCE =
  'ONNX repositories of the hub, most of them named by huggingface/transformers.js itself, 2026; model cards';
const TURBO: OnnxModel = {
  id: 'onnx-community/whisper-large-v3-turbo',
  catalogue: 'openai/whisper-large-v3-turbo',
  note: 'decoder of 4 layers instead of 24 or 32, cannot translate',
};
const WHISPER_BASE: OnnxModel = {
  id: 'onnx-community/whisper-base',
  catalogue: 'openai/whisper-base',
  note: 'clearly more errors; enough for commands and clear speech',
};
const FAMILIES: readonly Family[] = [
  {
    large: /^whisper-large(-v[23])?(-onnx)?$/,
    catalogue: 'openai/whisper-large-v3',
    lighter: [TURBO, WHISPER_BASE],
  },
  {
    large: /^whisper-medium(\.en)?(-onnx)?$/,
    catalogue: 'openai/whisper-medium',
    lighter: [WHISPER_BASE, TURBO],
  },
  {
    large: /^multilingual-e5-large(-instruct)?$/,
    catalogue: 'intfloat/multilingual-e5-large',
    lighter: [
      {
        id: 'Xenova/multilingual-e5-small',
        catalogue: 'intfloat/multilingual-e5-small',
        note: 'vectors of 384 numbers',
      },
    ],
  },
  {
    large: /^(bge-large-(en|zh)(-v1\.5)?|gte-large|e5-large(-v2)?|mxbai-embed-large-v1)$/,
    catalogue: 'BAAI/bge-large-en-v1.5',
    lighter: [
      { id: 'Xenova/bge-small-en-v1.5', catalogue: 'BAAI/bge-small-en-v1.5', note: 'vectors of 384 numbers, English' },
      {
        id: 'Xenova/all-MiniLM-L6-v2',
        catalogue: 'sentence-transformers/all-MiniLM-L6-v2',
        note: 'English, texts of up to 256 tokens',
      },
    ],
  },
  {
    large: /^(bart-large-mnli|deberta-v3-large-mnli[\w-]*|deberta-v3-large-zeroshot[\w.-]*|roberta-large-mnli)$/,
    catalogue: 'facebook/bart-large-mnli',
    lighter: [
      {
        id: 'Xenova/nli-deberta-v3-xsmall',
        catalogue: 'MoritzLaurer/deberta-v3-xsmall-zeroshot-v1.1-all-33',
        note: '22 M parameters without the vocabulary',
      },
      { id: 'Xenova/mobilebert-uncased-mnli', catalogue: 'google/mobilebert-uncased', note: '25 M parameters' },
    ],
  },
  {
    large: /^clip-vit-large-patch14(-336)?$/,
    catalogue: 'openai/clip-vit-large-patch14',
    lighter: [
      { id: 'Xenova/clip-vit-base-patch32', catalogue: 'openai/clip-vit-base-patch32', note: 'patches of 32 pixels' },
    ],
  },
  {
    large: /^sam-vit-(huge|large)$/,
    catalogue: 'facebook/sam-vit-huge',
    lighter: [
      { id: 'Xenova/slimsam-77-uniform', catalogue: 'facebook/sam-vit-base', parameters: 9.1e6, note: 'pruned' },
    ],
  },
  {
    large: /^detr-resnet-101(-panoptic)?$/,
    catalogue: 'facebook/detr-resnet-101',
    lighter: [
      {
        id: 'Xenova/detr-resnet-50',
        catalogue: 'facebook/detr-resnet-50',
        note: 'about 1.5 points of AP less on COCO',
      },
    ],
  },
  {
    large: /^depth-anything(-v2)?-large(-hf)?$/,
    catalogue: 'depth-anything/Depth-Anything-V2-Large-hf',
    lighter: [
      {
        id: 'onnx-community/depth-anything-v2-small',
        catalogue: 'depth-anything/Depth-Anything-V2-Small-hf',
        note: '25 M parameters, Apache-2.0',
      },
    ],
  },
  {
    large: /^(nllb-200-(distilled-)?1\.3b|m2m100_1\.2b)$/,
    catalogue: 'facebook/nllb-200-1.3B',
    lighter: [
      {
        id: 'Xenova/nllb-200-distilled-600M',
        catalogue: 'facebook/nllb-200-distilled-600M',
        note: 'same 200 languages',
      },
    ],
  },
];

/** A large model of Transformers.js, and smaller ones that have ONNX weights. */
export function largeOnnxModel(id: string): Oversized | undefined {
  const name = (id.split('/').at(-1) ?? id).toLowerCase();
  const family = FAMILIES.find(({ large }) => large.test(name));
  if (!family) return undefined;
  const before = findModel(id) ? id : family.catalogue;
  const model = findModel(before);
  const [first] = family.lighter;
  if (!model || !first) return undefined;
  const lighter = family.lighter.map((other): LighterModel => {
    const parameters = other.parameters ?? findModel(other.catalogue)?.parameters;
    return { id: other.id, note: other.note, source: SOURCE, ...(parameters === undefined ? {} : { parameters }) };
  });
  return { model, lighter, isGenerativeForLabels: false, measuredAs: { before, after: first.catalogue } };
}
