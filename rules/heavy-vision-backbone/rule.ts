import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { methodName } from '../shared/devices.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { fileTrains } from '../shared/training.ts';
import { type Backbone, backboneOf, type LighterBackbone, lighterBackbones } from './backbones.ts';

interface State {
  readonly call: Call;
  readonly backbone: Backbone;
  readonly lighter: readonly LighterBackbone[];
  readonly trains: boolean;
  readonly scale: Scale;
}

/** The layers of VGG as such: style transfer, perceptual losses, metrics of pictures, and looks into a network. */
const NEEDS_THIS_NETWORK =
  /style|content_(loss|layer)|gram_?matrix|perceptual|lpips|\bfid\b|vgg_?loss|feature_?loss|discriminator|super_?res|srgan|grad_?cam|saliency|activation_?max|deep_?dream|visuali[sz]|filters?_?(vis|plot)|heat_?map|occlusion|adversarial|\bfgsm\b|prun(e|ing)|distill|faster_?rcnn|mask_?rcnn|\bssd\b|\bfcn\b|unet|segnet|roi_?pool/i;
/** The pictures' classes are what the network is for. */
const CLASSIFIES = /cross_?entropy|\bn?bce|nll_?loss|(num|n)_?class|softmax|classifier/i;
const STUDY = /(^|\/)[^/]*(bench|compar|zoo|paper|reproduc|style|visuali|profil|deepdream|gradcam|filters)[^/]*(\/|$)/i;

export default defineRule<State>({
  meta: {
    id: 'heavy-vision-backbone',
    title: 'Heavy network for pictures where a newer one does with a fraction',
    category: 'oversized-model',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['oversized-vision-backbone'],
    libraries: ['torchvision', 'keras', 'tensorflow'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || STUDY.test(program.path)) return;
    const code = codeText(program);
    if (NEEDS_THIS_NETWORK.test(code)) return;
    const builders = program.calls.filter((call) => builderOf(call) !== undefined);
    // A choice between several networks is a comparison.
    if (new Set(builders.map((call) => builderOf(call)?.name.toLowerCase())).size > 1) return;
    for (const call of builders) {
      // The convolutions alone, for no class: distances between pictures, or a look at what the layers do.
      if (isFeaturesOnly(program, call) && !CLASSIFIES.test(code)) continue;
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  effect({ state: { backbone, trains, scale } }): WorkloadChange | undefined {
    if (backbone.catalogue === undefined) return undefined;
    return {
      before: {
        kind: trains ? 'train' : 'vision',
        unit: trains ? 'run' : scale.kind === 'request' ? 'request' : 'item',
        model: { id: backbone.catalogue },
      },
      after: { model: { id: 'microsoft/resnet-50' } },
      alsoSaves: ['memory', 'latency'],
    };
  },
});

interface Builder {
  readonly library: 'torchvision' | 'keras';
  readonly name: string;
}

/** A network by name: `torchvision.models.vgg16(…)`, `keras.applications.VGG16(…)`. */
function builderOf(call: Call): Builder | undefined {
  if (!call.api?.roles.includes('model-load')) return undefined;
  const [, library, name] =
    /^(torchvision\.models|(?:tensorflow\.)?keras\.applications)\.(?:\w+\.)*(\w+)$/.exec(call.name ?? '') ?? [];
  if (library === undefined || name === undefined) return undefined;
  if (name !== 'get_model') return { library: library === 'torchvision.models' ? 'torchvision' : 'keras', name };
  const id = call.constantArgument('name');
  return id.kind === 'known' && typeof id.value === 'string' ? { library: 'torchvision', name: id.value } : undefined;
}

/** Built only to print its layers. */
function isOnlyShown(program: Program, call: Call): boolean {
  const methods = program.methodCalls(call).map((method) => methodName(method));
  return methods.length > 0 && methods.every((name) => name === 'summary') && program.uses(call).length === 0;
}

/** `vgg16(…).features`. */
function isFeaturesOnly(program: Program, call: Call): boolean {
  const parent = program.parent(call.node);
  return parent?.kind === 'attribute' && parent.name === 'features';
}

function judge(program: Program, call: Call): State | undefined {
  if (isOnlyShown(program, call)) return undefined;
  const builder = builderOf(call);
  const backbone = builder && backboneOf(builder.name);
  if (builder === undefined || backbone === undefined) return undefined;
  const trains = fileTrains(program) || program.calls.some(({ api }) => api?.name === 'keras.Model.fit');
  const runs = program.methodCalls(call).filter((run) => run.api?.roles.includes('predict'));
  const scale = runs.map((run) => scaleOf(program, run)).find(({ kind }) => kind === 'request' || kind === 'items');
  if (!trains && scale === undefined) return undefined;
  return { call, backbone, lighter: lighterBackbones(builder.library), trains, scale: scale ?? { kind: 'unknown' } };
}

function report(state: State): Hit<State> {
  const { call, backbone, lighter, trains } = state;
  const offers = lighter.map(({ name, gmacs }) => `\`${name}\` (${gmacs})`);
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message: {
      what: `${backbone.title} computes ${backbone.gmacs} billion multiply-adds for each picture with ${backbone.millions} M parameters.`,
      why: 'Newer networks reach the same or a better accuracy on ImageNet with 3 to 40 times less work.',
      advice: `Try ${offers.slice(0, -1).join(', ')} or ${offers.at(-1) ?? ''} with the preprocessing that belongs to it.`,
      condition: `Needs ${trains ? 'a new training' : 'weights for your classes'} and a comparison of the accuracy; on GPUs networks of depthwise convolutions gain less than their count of operations says.`,
    },
    related: [],
    state,
  };
}
