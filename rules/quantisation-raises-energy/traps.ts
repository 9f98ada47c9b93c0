import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import type { NumberFormat, QuantMethod } from '../../src/energy/workload.ts';
import { modelFacts } from '../shared/modelFacts.ts';
import { runsOf, scaleOfModel } from '../shared/modelRuns.ts';
import { namedModel } from '../shared/namedModels.ts';
import type { Scale } from '../shared/scale.ts';
import { isTrained } from '../shared/training.ts';

/** A load whose quantisation is measured to take more energy than 16-bit weights that would fit. */
export interface Trap {
  readonly place: Span;
  readonly library: 'transformers' | 'vllm';
  readonly id: string;
  readonly parameters: number;
  readonly method: QuantMethod;
  readonly format: NumberFormat;
  readonly batch?: number;
  /** What takes less. */
  readonly better: 'bf16' | 'nf4';
  readonly scale: Scale;
  readonly what: string;
  readonly why: string;
  readonly advice: string;
  readonly condition: string;
  /** One published pair of measurements is all that there is. */
  readonly isSingleMeasurement: boolean;
}

/** Largest model for which the penalty of LLM.int8() is known (EcoCompute 2025, 6 to 7 B models). */
const LARGEST_INT8 = 8.5e9;
/** From this size on NF4 saves energy at batch 1; up to the other it costs (EcoCompute 2025: 1.1 to 3 B cost, 6 to 7 B save). */
const SMALLEST_FOR_NF4 = 6e9;
const LARGEST_NF4_TRAP = 3.3e9;
/** From this batch on unpacking 4-bit weights costs more than it saves, up to 7 B (chuyishang/inference-energy, 2025). */
const NF4_BATCH = 4;
const LARGEST_NF4_BATCHED = 8.5e9;
/** Share of the device's memory that weights may take, so that activations and cache fit too. */
const USABLE_MEMORY = 0.8;
const DEFAULT_THRESHOLD = 6;
/** Cards for which the kernels of AWQ fall back (UGR LLM energy benchmark, 2025: 16 GB). */
const SMALL_CARD_GB = 16;

type Facts = Pick<Trap, 'library' | 'id' | 'parameters' | 'scale'>;

export function* traps(program: Program, load: Call): Iterable<Trap> {
  const facts = factsOf(program, load);
  if (facts === undefined) return;
  const found = [int8Trap(program, load, facts), nf4Trap(program, load, facts), awqTrap(program, load, facts)];
  for (const trap of found) if (trap !== undefined) yield trap;
}

/** A language model that is only used, and would fit into the device in 16 bits. */
function factsOf(program: Program, load: Call): Facts | undefined {
  if (!load.api?.roles.includes('model-load')) return undefined;
  const library =
    load.api.name === 'vllm.LLM' ? 'vllm' : load.api.name.startsWith('transformers.') ? 'transformers' : undefined;
  const model = namedModel(program, load);
  const facts = model && modelFacts(program, model.id);
  if (library === undefined || facts === undefined || !model?.isCertain || facts.kind !== 'llm') return undefined;
  if (2 * facts.parameters > USABLE_MEMORY * program.environment.hardware.memoryGb * 1e9) return undefined;
  if (isTrained(program, load, program.methodCalls(load))) return undefined;
  const scale = scaleOfModel(program, load);
  return scale && { library, id: model.id, parameters: facts.parameters, scale };
}

function int8Trap(program: Program, load: Call, facts: Facts): Trap | undefined {
  const config = configWith(program, load, 'load_in_8bit');
  if (config === undefined || facts.parameters > LARGEST_INT8 || program.module.text.includes('.llm_int8_threshold'))
    return undefined;
  const threshold = config.constantArgument('llm_int8_threshold');
  if (threshold.kind !== 'absent' && !(threshold.kind === 'known' && threshold.value === DEFAULT_THRESHOLD))
    return undefined;
  const { name, memoryGb } = program.environment.hardware;
  const isLarge = facts.parameters >= SMALLEST_FOR_NF4;
  return {
    ...facts,
    place: config.node,
    method: 'llm.int8',
    format: 'int8',
    better: isLarge ? 'nf4' : 'bf16',
    what: `LLM.int8() makes \`${facts.id}\` use more energy per token, not less.`,
    why: `It splits every product into an 8-bit and a 16-bit part; measured on 6 to 7 B models that takes 17 to 33 % more energy than float16, and the 16-bit weights fit into the ${memoryGb} GB of ${name}.`,
    advice: isLarge
      ? 'Use NF4 with bfloat16 compute (load_in_4bit=True, bnb_4bit_quant_type="nf4"), or plain bfloat16.'
      : 'Load plain bfloat16: it fits, and below 6 B parameters 4-bit weights cost energy too.',
    condition:
      'Measured on NVIDIA RTX 4090D, RTX 5090 and A800; where memory is short on your device, 8 bits can still be right.',
    isSingleMeasurement: false,
  };
}

function nf4Trap(program: Program, load: Call, facts: Facts): Trap | undefined {
  const config = configWith(program, load, 'load_in_4bit');
  if (config === undefined) return undefined;
  const batch = batchOf(program, load);
  const isSmall = facts.parameters <= LARGEST_NF4_TRAP;
  const isBatched = batch !== undefined && batch >= NF4_BATCH && facts.parameters <= LARGEST_NF4_BATCHED;
  if (!isSmall && !isBatched) return undefined;
  const { name, memoryGb } = program.environment.hardware;
  return {
    ...facts,
    place: config.node,
    method: 'nf4',
    format: 'int4',
    better: 'bf16',
    ...(batch === undefined ? {} : { batch }),
    what: isBatched
      ? `4-bit bitsandbytes weights make \`${facts.id}\` use more energy per answer at a batch of ${batch}.`
      : `4-bit bitsandbytes weights make \`${facts.id}\` use more energy per token, not less.`,
    why: `The weights are unpacked for every product. ${isBatched ? 'At batches of 4 and more that took 1.3 to 2.4 times the energy of 16-bit weights' : 'On models of 1 to 3 B that took 12 to 29 % more energy than float16'}, and the 16-bit weights fit into the ${memoryGb} GB of ${name}.`,
    advice: 'Load plain bfloat16, or a GPTQ checkpoint for small batches.',
    condition: 'Where memory is short on your device, 4 bits can still be right.',
    isSingleMeasurement: false,
  };
}

function awqTrap(program: Program, load: Call, facts: Facts): Trap | undefined {
  const quantisation = load.constantArgument('quantization');
  const isAwq = /(^|[-_/])awq\b/i.test(facts.id) || (quantisation.kind === 'known' && quantisation.value === 'awq');
  const { name, memoryGb } = program.environment.hardware;
  if (!isAwq || memoryGb > SMALL_CARD_GB) return undefined;
  return {
    ...facts,
    place: load.node,
    method: 'awq',
    format: 'int4',
    better: 'bf16',
    what: `The AWQ weights of \`${facts.id}\` can use more energy than 16-bit ones on ${name}.`,
    why: 'On a card with 16 GB the kernels fell back to slow ones and took 4.8 times the energy of 16-bit weights, which fit.',
    advice: 'Measure it against bfloat16, or use a GPTQ or GGUF checkpoint.',
    condition: 'One published pair of measurements (UGR LLM energy benchmark, 2025).',
    isSingleMeasurement: true,
  };
}

/** The call that asks for bitsandbytes weights: the loading call itself, or its configuration. */
function configWith(program: Program, load: Call, flag: string): Call | undefined {
  if (!load.api?.name.startsWith('transformers.')) return undefined;
  if (isTrue(load, flag) || isTrue(load, `model_kwargs.${flag}`)) return load;
  const direct = load.argument('quantization_config');
  const argument = direct.kind === 'known' ? direct : load.argument('model_kwargs.quantization_config');
  const config = argument.kind === 'known' ? program.origin(argument.value) : undefined;
  return config?.name === 'transformers.BitsAndBytesConfig' && isTrue(config, flag) ? config : undefined;
}

function isTrue(call: Call, parameter: string): boolean {
  const constant = call.constantArgument(parameter);
  return constant.kind === 'known' && constant.value === true;
}

/** Batch that the runs of a pipeline name. */
function batchOf(program: Program, load: Call): number | undefined {
  const sizes = [load, ...runsOf(program, load)].flatMap((call) => {
    const size = call.constantArgument('batch_size');
    return size.kind === 'known' && typeof size.value === 'number' ? [size.value] : [];
  });
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}
