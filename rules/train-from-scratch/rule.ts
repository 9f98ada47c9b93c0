import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument, replaceArgument } from '../../src/core/fixes/callEdits.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { codeText } from '../shared/codeText.ts';
import { fileTrains } from '../shared/training.ts';

type Library = 'torchvision' | 'keras' | 'timm';

interface State {
  readonly call: Call;
  readonly library: Library;
  /** `weights=None` or `pretrained=False`; absent where the default leaves the weights random. */
  readonly written: Argument | undefined;
}

/** Weights come from elsewhere, the training is the subject, or published weights do not fit the pictures. */
const ON_PURPOSE =
  /load_state_dict|load_weights|load_model|checkpoint|resume|torch\.load|scratch|pre-?train(?!ed\s*=\s*False)|distill|siamese|simclr|byol|moco|cifar|mnist|in_chans|\bnas\b|profil|imagenet(?!["'])|weights\.|_Weights/i;
const CLASSIFIER =
  /^(resnet|wide_resnet|resnext|vgg|densenet|mobilenet|efficientnet|convnext|vit|swin|regnet|inception|xception|nasnet|alexnet|squeezenet|shufflenet|mnasnet|googlenet|deit)/i;

export default defineRule<State>({
  meta: {
    id: 'train-from-scratch',
    title: 'Known network trained from random weights',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['train-from-scratch'],
    libraries: ['torchvision', 'keras', 'tensorflow', 'timm'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || ON_PURPOSE.test(codeText(program))) return;
    const trains = fileTrains(program) || program.calls.some(({ api }) => api?.name === 'keras.Model.fit');
    if (!trains) return;
    const found = program.calls.flatMap((call) => judge(program, call) ?? []);
    // Several networks are a comparison.
    if (found.length === 1) for (const state of found) yield report(state);
  },

  fixes({ state }, program): readonly Fix[] {
    if (hasOtherClasses(program, state)) return [];
    return [
      {
        title: 'Start from published weights',
        safety: 'suggestion',
        edits: editsFor(program, state),
        reason:
          'Needs the preprocessing of these weights and their licence; the classifier at the end has to be replaced for other classes.',
      },
    ];
  },
});

function judge(program: Program, call: Call): State | undefined {
  const library = libraryOf(call);
  const name = library === 'timm' ? timmModel(call) : (call.name?.split('.').at(-1) ?? '');
  if (library === undefined || name === undefined || !CLASSIFIER.test(name)) return undefined;
  if (call.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  const written = call.node.args.find(({ name: keyword }) => keyword === 'weights' || keyword === 'pretrained');
  if (written) {
    const value = program.constant(written.value);
    const isRandom = value.kind === 'known' && (value.value === null || value.value === false);
    return isRandom ? { call, library, written } : undefined;
  }
  // Keras loads ImageNet weights by default.
  const isDefaultRandom = library !== 'keras' && call.argument('pretrained').kind === 'absent';
  return isDefaultRandom ? { call, library, written: undefined } : undefined;
}

function libraryOf(call: Call): Library | undefined {
  if (!call.api?.roles.includes('model-load')) return undefined;
  if (/^torchvision\.models\.\w+$/.test(call.name ?? '')) return 'torchvision';
  if (/^(tensorflow\.)?keras\.applications\./.test(call.name ?? '')) return 'keras';
  return call.name === 'timm.create_model' ? 'timm' : undefined;
}

function timmModel(call: Call): string | undefined {
  const name = call.constantArgument('model_name');
  return name.kind === 'known' && typeof name.value === 'string' ? name.value : undefined;
}

/** torchvision and Keras refuse published weights for another number of classes than theirs; timm replaces the head itself. */
function hasOtherClasses(program: Program, { call, library }: State): boolean {
  const classes = call.node.args.find(({ name }) => name === 'num_classes' || name === 'classes');
  if (library === 'timm' || classes === undefined) return false;
  const value = program.constant(classes.value);
  return !(value.kind === 'known' && value.value === 1000);
}

function editsFor(program: Program, { call, library, written }: State): readonly Edit[] {
  const isFlag = written?.name === 'pretrained' || (written === undefined && library === 'timm');
  const value = isFlag ? 'True' : library === 'keras' ? '"imagenet"' : '"DEFAULT"';
  if (written) return [replaceArgument(written, value)];
  return insertArgument(call.node, `${isFlag ? 'pretrained' : 'weights'}=${value}`, program.module.text);
}

function report(state: State): Hit<State> {
  const { call } = state;
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message: {
      what: 'A well-known network is trained from random weights.',
      why: 'Published weights know edges, textures and shapes already; fine-tuning them reaches the same accuracy in a fraction of the epochs.',
      advice: 'Start from the published weights, and train only the new head for the first epochs.',
      condition: 'Depends on how close your pictures are to photographs, and on how many you have.',
    },
    related: [],
    state,
  };
}
