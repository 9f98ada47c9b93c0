import type { VersionRange } from '../../src/core/semantics/environment.ts';
import type { Fact } from '../../src/core/semantics/fact.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { modelFacts } from './modelFacts.ts';
import { isQuantisedId, isToyId, namedModel } from './namedModels.ts';
import { transformersVersion } from './transformersVersion.ts';
import { isAtLeast } from './versions.ts';

/** The largest model that a file loads to train, as far as its text tells. */
export interface TrainedModel {
  readonly id: string | undefined;
  readonly parameters: number | undefined;
  /** A network for pictures of torchvision or timm: convolutions run in TF32 by default. */
  readonly seesPictures: boolean;
  /** `fp32`: its weights are float32 whatever the version; `if-old`: only where transformers 4 loads them. */
  readonly format: 'fp32' | 'if-old';
}

/** Smaller models train in minutes, and their batches are too small to gain. */
const SMALLEST = 2.5e7;
/** Networks of torchvision and timm with the work of a ResNet-50 or more for each picture. */
const LARGE_VISION =
  /resnet(50|101|152|200)|wide_resnet|resnext|vgg|densenet|inception|efficientnet_?(v2|b[3-8])|convnext|vit_|swin|deit|beit|regnet_[xy]_(8|16|32)|maskrcnn|fasterrcnn|deeplab|unet/i;

/** `undefined` where no load proves a model that is large and float32. */
export function trainedModel(program: Program): TrainedModel | undefined {
  const found = program.calls.flatMap((call) => modelOf(program, call) ?? []);
  return found.sort((a, b) => (b.parameters ?? 0) - (a.parameters ?? 0))[0];
}

function modelOf(program: Program, call: Call): TrainedModel | undefined {
  if (!call.api?.roles.includes('model-load')) return undefined;
  const name = call.name ?? '';
  if (/^(torchvision\.models|timm)\./.test(name)) return visionModel(program, call, name);
  if (!/^(transformers|peft)\./.test(name)) return undefined;
  const version = transformersVersion(program);
  const model = namedModel(program, call);
  if (model === undefined)
    return { id: undefined, parameters: undefined, seesPictures: false, format: formatOf(version, undefined) };
  const facts = modelFacts(program, model.id);
  if (isQuantisedId(model.id) || isToyId(model.id) || facts?.quantisation !== undefined) return undefined;
  if (facts !== undefined && facts.parameters < SMALLEST) return undefined;
  if (isAtLeast(version, '5') === 'yes' && facts?.storedFormat !== 'fp32') return undefined;
  const format = formatOf(version, facts?.storedFormat);
  return { id: model.id, parameters: facts?.parameters, seesPictures: false, format };
}

function visionModel(program: Program, call: Call, name: string): TrainedModel | undefined {
  const model = namedModel(program, call);
  const id = model?.id ?? name.split('.').at(-1) ?? '';
  if (!LARGE_VISION.test(name.startsWith('timm.') ? (model?.id ?? '') : id)) return undefined;
  const facts = modelFacts(program, id);
  const known = { id: facts === undefined ? undefined : id, parameters: facts?.parameters ?? SMALLEST };
  return { ...known, seesPictures: true, format: 'fp32' };
}

/** transformers 4 loads every checkpoint as float32, 5 in the format it is stored in (5.18.0, modeling_utils.py). */
function formatOf(version: Fact<VersionRange>, stored: string | undefined): TrainedModel['format'] {
  return stored === 'fp32' || isAtLeast(version, '5') === 'no' ? 'fp32' : 'if-old';
}
