import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { isAtLeast } from '../shared/versions.ts';
import { writtenArgument } from '../shared/writtenArgument.ts';

/** Settings of a training whose default, or literal, is float32. */
export interface Settings {
  readonly call: Call;
  readonly library: 'transformers' | 'lightning';
}

const ARGUMENTS =
  /^(transformers\.(\w+\.)*(Seq2Seq)?TrainingArguments|sentence_transformers\.(\w+\.)*SentenceTransformerTrainingArguments)$/;
const LIGHTNING = /^(pytorch_lightning|lightning|lightning\.pytorch)\.Trainer$/;
/** Other ways to say the format, or that there is no accelerator. */
const DECIDING = [
  'deepspeed',
  'use_cpu',
  'no_cuda',
  'use_mps_device',
  'use_ipex',
  'tpu_num_cores',
  'half_precision_backend',
];
const TRAINS = /^(train|fit|hyperparameter_search|tune)$/;
/** Fewer steps are a trial. */
const FEWEST_STEPS = 100;

/** `TrainingArguments(…)` of transformers and Sentence Transformers without `bf16` and `fp16`; those of TRL set bf16 themselves. */
export function trainingArguments(program: Program, call: Call): Settings | undefined {
  if (!ARGUMENTS.test(call.name ?? '')) return undefined;
  for (const name of ['bf16', 'fp16']) if (!isOff(program, call, name)) return undefined;
  if (DECIDING.some((name) => !isOff(program, call, name))) return undefined;
  const steps = numberOf(program, call, 'max_steps');
  if (steps !== undefined && steps > 0 && steps < FEWEST_STEPS) return undefined;
  return { call, library: 'transformers' };
}

/** False where the trainer that takes the settings is only asked to predict or to evaluate. */
export function isTrainedWith(program: Program, { call, library }: Settings): boolean {
  const trainers =
    library === 'lightning'
      ? [call]
      : program.calls.filter(({ node }) => node.args.some(({ value }) => program.origin(value) === call));
  if (trainers.length === 0) return true;
  return trainers.some(
    (trainer) =>
      trainer.name === undefined ||
      program.methodCalls(trainer).some((method) => TRAINS.test(methodName(method) ?? '')) ||
      program.uses(trainer).some(({ kind }) => kind !== 'other'),
  );
}

/** Lightning's `Trainer(…)` on a GPU without `precision`, or with 32 bits. */
export function lightningTrainer(program: Program, call: Call): Settings | undefined {
  if (!LIGHTNING.test(call.name ?? '') || call.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  const precision = keyword(call, 'precision');
  const constant = precision && program.constant(precision);
  if (constant && !(constant.kind === 'known' && /^32(-true)?$/.test(String(constant.value)))) return undefined;
  if (['plugins', 'strategy', 'fast_dev_run', 'overfit_batches'].some((name) => keyword(call, name) !== undefined))
    return undefined;
  return usesGpu(program, call) ? { call, library: 'lightning' } : undefined;
}

function usesGpu(program: Program, call: Call): boolean {
  const accelerator = keyword(call, 'accelerator');
  if (accelerator) {
    const constant = program.constant(accelerator);
    return constant.kind === 'known' && /^(gpu|cuda|auto)$/.test(String(constant.value));
  }
  const gpus = keyword(call, 'gpus');
  if (gpus) {
    const constant = program.constant(gpus);
    return constant.kind === 'known' && constant.value !== 0 && constant.value !== null;
  }
  // Lightning 2 chooses the accelerator by itself; before, the default was the CPU.
  const package_ = call.name?.startsWith('lightning.') ? 'lightning' : 'pytorch-lightning';
  return package_ === 'lightning' || isAtLeast(program.environment.versions.version(package_), '2') === 'yes';
}

/** Absent, or literally off; in a mapping that `**` spreads as well. */
function isOff(program: Program, call: Call, name: string): boolean {
  const written = writtenArgument(program, call, name);
  if (written.kind !== 'known') return written.kind === 'absent';
  const constant = program.constant(written.value.value);
  return constant.kind === 'known' && (constant.value === false || constant.value === null);
}

function numberOf(program: Program, call: Call, name: string): number | undefined {
  const value = keyword(call, name);
  const constant = value && program.constant(value);
  return constant?.kind === 'known' && typeof constant.value === 'number' ? constant.value : undefined;
}

function keyword(call: Call, name: string): Call['node']['args'][number]['value'] | undefined {
  return call.node.args.find((argument) => argument.name === name)?.value;
}
