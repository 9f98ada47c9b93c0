import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';

const GENERATOR =
  /^((tensorflow\.|tensorflow\.python\.)?keras|tf_keras|keras_preprocessing)\.(src\.)?(legacy\.)?(preprocessing\.)?image\.ImageDataGenerator$/;
const FROM_FILES = /^flow_from_(directory|dataframe)$/;
const FITS = /^(fit|fit_generator)$/;
const PARALLEL = /\b(workers\s*=\s*([2-9]|\d\d|\w*[a-z]\w*)|use_multiprocessing\s*=\s*True)/i;

export default defineRule<Call>({
  meta: {
    id: 'keras-imagedatagenerator',
    title: 'Pictures decoded by one Python thread for the training',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['keras-imagedatagenerator'],
    libraries: ['keras', 'tensorflow', 'tf_keras', 'keras_preprocessing'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const fits = program.calls.filter((call) => FITS.test(methodName(call) ?? ''));
    if (fits.length === 0 || fits.some((call) => PARALLEL.test(program.text(call.node.argsSpan)))) return;
    for (const call of program.calls) {
      if (GENERATOR.test(call.name ?? '') && feedsTraining(program, call, fits)) yield report(call);
    }
  },
});

/** A flow of files from this generator is the first argument of a training. */
function feedsTraining(program: Program, generator: Call, fits: readonly Call[]): boolean {
  return program.calls.some((flow) => {
    if (!FROM_FILES.test(methodName(flow) ?? '') || !isMethodOf(program, flow, generator)) return false;
    return fits.some((fit) => {
      const [data] = fit.node.args.filter(({ name }) => name === undefined || name === 'x' || name === 'generator');
      return (
        data !== undefined &&
        (data.value === flow.node || program.origin(data.value) === flow || isSameName(program, data.value, flow))
      );
    });
  });
}

function isMethodOf(program: Program, flow: Call, generator: Call): boolean {
  const { callee } = flow.node;
  if (callee.kind !== 'attribute') return false;
  if (callee.object === generator.node) return true;
  return program.origin(callee.object) === generator;
}

/** `train = generator.flow_from_directory(…)` of which the types are not known further. */
function isSameName(
  program: Program,
  value: Parameters<Program['text']>[0] & { readonly kind: string },
  flow: Call,
): boolean {
  const statement = program.statement(flow.node);
  if (statement?.kind !== 'assign' || statement.value !== flow.node || value.kind !== 'name') return false;
  return statement.targets.some((target) => target.kind === 'name' && program.text(target) === program.text(value));
}

function report(call: Call): Hit<Call> {
  return {
    span: { start: call.node.start, end: call.node.callee.end },
    severity: 'information',
    message: {
      what: 'The pictures of this training are read, decoded and augmented by Python code on one thread.',
      why: 'The accelerator waits for each batch; Keras has deprecated ImageDataGenerator, and its `fit` has no `workers` any more.',
      advice:
        'Use `keras.utils.image_dataset_from_directory(…)` with `.cache()` and `.prefetch()`, and layers such as `RandomFlip` for the augmentation; in Keras 2 pass `workers=` to `fit` at least.',
      condition: 'It saves as much as the accelerator waits for pictures.',
    },
    related: [],
    state: call,
  };
}
