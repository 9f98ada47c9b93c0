import { defineRule, type Edit, type Fix, type Hit, type Severity } from '../../src/core/engine/rule.ts';
import { insertArgument, replaceArgument } from '../../src/core/fixes/callEdits.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { codeText } from '../shared/codeText.ts';
import { hidesAccelerators } from '../shared/devices.ts';
import { type HalfFormat, halfFormat } from '../shared/halfPrecision.ts';
import { takesSecondGradient } from '../shared/secondGradient.ts';
import { type TrainedModel, trainedModel } from '../shared/trainedModel.ts';
import { trainingLoops } from '../shared/trainingLoop.ts';
import { isTrainedWith, lightningTrainer, type Settings, trainingArguments } from './trainerArguments.ts';

interface State {
  readonly settings: Settings | undefined;
  readonly model: TrainedModel;
  readonly format: HalfFormat;
}

/** Mixed or half precision by any road, quantised training, a chip of its own, or float32 on purpose. */
const DECIDED =
  /autocast|GradScaler|\bapex\b|mixed_precision|MIXED_PRECISION|\bdeepspeed\b|\bFabric\b|bfloat16|\bbf16\s*=\s*(?!False)|\bfp16\s*=\s*(?!False)|float16|\.half\(|load_in_[48]bit|BitsAndBytes|quantization_config|torch_xla|\bhpu\b|neuron|fake_?quant|\bqat\b|set_default_dtype|float64|\.double\(|unsloth|fastai|bf16-mixed|16-mixed|precision=.?16|\bAccelerator\(/i;
/** Baselines of studies that compare formats. */
const BASELINE = /fp32|float32|full_?precision/i;
/** The code names a GPU. */
const NAMES_GPU = /\.cuda\(|["']cuda|current_accelerator|cuda\.is_available/;
/** A data set cut down to at most some thousand rows. */
const SAMPLE = /\[:\d{1,4}\]["']|\.select\(\s*range\(\s*\d{1,4}\s*\)/;

export default defineRule<State>({
  meta: {
    id: 'full-precision-training',
    title: 'Large model trained in float32 on an accelerator',
    category: 'full-precision',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['torch-no-amp', 'hf-trainer-no-mixed-precision', 'lightning-fp32'],
    libraries: ['transformers', 'sentence_transformers', 'lightning', 'pytorch_lightning', 'torch'],
    since: '0.1.0',
  },

  *detect(program) {
    const code = codeText(program);
    if (program.isTestOrBenchmark || hidesAccelerators(program) || BASELINE.test(program.path)) return;
    if (DECIDED.test(code)) return;
    if (isWrittenData(program) || program.calls.some((call) => takesSecondGradient(call, program))) return;
    const model = trainedModel(program);
    const format = model && halfFormat(program.environment.hardware, model.id);
    if (model === undefined || format === undefined) return;
    const settings = program.calls.flatMap(
      (call) => trainingArguments(program, call) ?? lightningTrainer(program, call) ?? [],
    );
    for (const found of settings) {
      if (!isTrainedWith(program, found)) continue;
      const severity = model.format === 'fp32' && !SAMPLE.test(code) ? 'warning' : 'information';
      yield report(program, nameSpan(found.call), severity, { settings: found, model, format });
    }
    // A framework that trains owns the precision of the whole file.
    if (settings.length > 0 || !NAMES_GPU.test(code) || /\bTrainer\(|LightningModule/.test(code)) return;
    for (const { call, loop } of trainingLoops(program)) {
      if (isNeverRun(program, call)) continue;
      const isProved = model.format === 'fp32' && !SAMPLE.test(code) && isRepeated(program, loop);
      const severity = isProved ? 'warning' : 'information';
      yield report(program, loop.head, severity, { settings: undefined, model, format });
    }
  },

  effect({ state: { model, format } }): WorkloadChange {
    const reference = {
      ...(model.id === undefined ? {} : { id: model.id }),
      ...(model.parameters === undefined ? {} : { parameters: model.parameters }),
    };
    const known = model.id !== undefined || model.parameters !== undefined;
    return {
      before: { kind: 'train', unit: 'run', engine: 'torch', format: 'fp32', ...(known ? { model: reference } : {}) },
      after: { format },
      alsoSaves: ['latency', 'memory'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = state.settings && settingEdits(program, state.settings, state.format);
    if (edits === undefined) return [];
    return [
      {
        title: state.format === 'bf16' ? 'Train in bfloat16 mixed precision' : 'Train in float16 mixed precision',
        safety: 'suggestion',
        edits,
        reason: 'Weights stay in float32, sums are rounded more coarsely: compare the loss of a short run once.',
      },
    ];
  },
});

/** A trainer gets tensors of some written sentences: a lesson. */
function isWrittenData(program: Program): boolean {
  return program.calls.some((call) => {
    if (!/Trainer$/.test(call.name ?? '')) return false;
    const data = call.node.args.find(({ name }) => name === 'train_dataset');
    return data !== undefined && program.origin(data.value)?.name === 'torch.utils.data.TensorDataset';
  });
}

/** In a notebook, whose functions nobody else calls: the training that made the weights of an inference notebook. */
function isNeverRun(program: Program, { place }: Call): boolean {
  return place.callers === 'none' && isNotebook(program) && place.function?.form !== 'method';
}

/** Also one that was converted to a script. */
function isNotebook({ path, module }: Program): boolean {
  return path.endsWith('.ipynb') || /^# In\[[\d ]*\]:$/m.test(module.text);
}

function nameSpan(call: Call): Span {
  return { start: call.node.start, end: call.node.callee.end };
}

function settingEdits(program: Program, { call, library }: Settings, format: HalfFormat): readonly Edit[] | undefined {
  const name = library === 'transformers' ? format : 'precision';
  const value = library === 'transformers' ? 'True' : format === 'bf16' ? '"bf16-mixed"' : '"16-mixed"';
  const written = call.node.args.find((argument) => argument.name === name);
  if (written) return [replaceArgument(written, value)];
  return insertArgument(call.node, `${name}=${value}`, program.module.text);
}

/** Several epochs: one pass over a data set may be a matter of seconds. */
function isRepeated(program: Program, loop: Loop): boolean {
  if (loop.purpose === 'epochs') return true;
  const place = loop.iterable && program.place(loop.iterable);
  if (place === undefined) return false;
  if (place.loops.length > 0) return true;
  return place.function !== undefined && program.callsTo(place.function).some((call) => call.place.loops.length > 0);
}

function report(program: Program, span: Span, severity: Severity, state: State): Hit<State> {
  const { settings, model, format } = state;
  const name = model.id === undefined ? 'The model' : `\`${model.id}\``;
  const long = format === 'bf16' ? 'bfloat16' : 'float16';
  const advice =
    settings === undefined
      ? `Compute the forward pass and the loss under \`torch.autocast("cuda", dtype=torch.${long})\`${format === 'fp16' ? ' and scale the loss with `torch.amp.GradScaler`' : ''}.`
      : settings.library === 'transformers'
        ? `Set \`${format}=True\`.`
        : `Set \`precision="${format === 'bf16' ? 'bf16-mixed' : '16-mixed'}"\`.`;
  const condition =
    model.format === 'if-old'
      ? 'It holds where transformers 4 loads the weights: version 5 takes the format of the checkpoint.'
      : severity === 'warning'
        ? undefined
        : 'The saving depends on how long the training runs.';
  return {
    span: { start: span.start, end: span.end },
    severity,
    message: {
      what: `${name} is trained in float32.`,
      why: `${program.environment.hardware.name} multiplies ${long} several times as fast, and mixed precision keeps the weights in float32.`,
      advice,
      ...(condition === undefined ? {} : { condition }),
    },
    related: [],
    requiresStrict: model.format === 'if-old',
    state,
  };
}
