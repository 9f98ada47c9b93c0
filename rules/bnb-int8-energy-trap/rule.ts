import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { ModelFacts } from '../../src/energy/modelFacts.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';
import { scaleOfModel } from '../shared/modelRuns.ts';
import { namedModel } from '../shared/namedModels.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import type { Scale } from '../shared/scale.ts';
import { isTrained } from '../shared/training.ts';

interface State {
  readonly load: Call;
  /** Where 8 bits are asked for. */
  readonly config: Call;
  readonly id: string;
  readonly facts: ModelFacts;
  readonly scale: Scale;
}

/** Largest model for which the measured penalty is known (EcoCompute 2025, 6 to 7 B models). */
const LARGEST_MEASURED = 8.5e9;
/** From this size on NF4 saves energy instead of costing it (same source). */
const SMALLEST_FOR_NF4 = 6e9;
const DEFAULT_THRESHOLD = 6;
/** Share of the device's memory that weights may take, so that activations and cache fit too. */
const USABLE_MEMORY = 0.8;

export default defineRule<State>({
  meta: {
    id: 'bnb-int8-energy-trap',
    title: 'LLM.int8() used where the model fits in 16 bits',
    category: 'missing-quantisation',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['bnb-int8-energy-trap'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || program.environment.hardware.kind !== 'gpu') return;
    for (const load of program.calls) {
      const config = eightBitConfig(program, load);
      const hit = config && judge(program, load, config);
      if (hit) yield hit;
    }
  },

  effect({ state }): WorkloadChange | undefined {
    if (state.facts.parameters < SMALLEST_FOR_NF4) return undefined;
    return {
      before: {
        kind: 'generate',
        unit: state.scale.kind === 'items' ? 'item' : 'request',
        engine: 'hf',
        model: { id: state.id },
        format: 'int8',
        quantMethod: 'llm.int8',
      },
      after: { format: 'int4', quantMethod: 'nf4' },
      alsoSaves: ['memory', 'latency'],
    };
  },
});

/** The call that asks for LLM.int8() with its default outlier threshold: the loading call itself, or its configuration. */
function eightBitConfig(program: Program, load: Call): Call | undefined {
  if (!load.api?.roles.includes('model-load') || !load.api.name.startsWith('transformers.')) return undefined;
  if (isTrue(load, 'load_in_8bit')) return load;
  const argument = load.argument('quantization_config');
  const config = argument.kind === 'known' ? program.origin(argument.value) : undefined;
  if (config?.name !== 'transformers.BitsAndBytesConfig' || !isTrue(config, 'load_in_8bit')) return undefined;
  const threshold = config.constantArgument('llm_int8_threshold');
  const isDefault =
    threshold.kind === 'absent' || (threshold.kind === 'known' && threshold.value === DEFAULT_THRESHOLD);
  return isDefault && !program.module.text.includes('.llm_int8_threshold') ? config : undefined;
}

function isTrue(call: Call, parameter: string): boolean {
  const constant = call.constantArgument(parameter);
  return constant.kind === 'known' && constant.value === true;
}

function judge(program: Program, load: Call, config: Call): Hit<State> | undefined {
  const model = namedModel(program, load);
  const facts = model && findModel(model.id);
  if (
    model === undefined ||
    facts === undefined ||
    !model.isCertain ||
    isTrained(program, load, program.methodCalls(load))
  )
    return undefined;
  const bytes = 2 * facts.parameters;
  const fits = bytes <= USABLE_MEMORY * program.environment.hardware.memoryGb * 1e9;
  if (facts.kind !== 'llm' || facts.parameters > LARGEST_MEASURED || !fits) return undefined;
  const scale = scaleOfModel(program, load);
  if (scale === undefined || scale.kind === 'once') return undefined;
  return report(program, { load, config, id: model.id, facts, scale });
}

function report(program: Program, state: State): Hit<State> {
  const { name, memoryGb } = program.environment.hardware;
  const advice =
    state.facts.parameters >= SMALLEST_FOR_NF4
      ? 'Use NF4 with bfloat16 compute (load_in_4bit=True, bnb_4bit_quant_type="nf4"), or plain bfloat16.'
      : 'Load plain bfloat16: it fits, and below 6 B parameters 4-bit weights cost energy too.';
  return {
    span: state.config.node,
    severity: 'information',
    message: {
      what: `LLM.int8() makes \`${state.id}\` use more energy per token, not less.`,
      why: `It splits every product into an 8-bit and a 16-bit part; measured on 6 to 7 B models that takes 17 to 33 % more energy than float16, and the 16-bit weights fit into the ${memoryGb} GB of ${name}.`,
      advice,
      condition:
        'Measured on NVIDIA RTX 4090D, RTX 5090 and A800; where memory is short on your device, 8 bits can still be right.',
    },
    related: relatedScale(state.scale),
    state,
  };
}
