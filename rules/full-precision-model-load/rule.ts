import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { ModelFacts } from '../../src/energy/modelFacts.ts';
import type { WorkloadChange, WorkloadKind } from '../../src/energy/workload.ts';
import { hidesAccelerators } from '../shared/devices.ts';
import {
  appleFormat,
  computesInOtherFormat,
  type HalfFormat,
  halfFormat,
  isConvertedLater,
} from '../shared/halfPrecision.ts';
import { modelFacts } from '../shared/modelFacts.ts';
import { scaleOfModel } from '../shared/modelRuns.ts';
import { isQuantisedId, isToyId, namedModel } from '../shared/namedModels.ts';
import { outputTokens } from '../shared/outputTokens.ts';
import { isConverted, isTrained } from '../shared/training.ts';
import { transformersVersion } from '../shared/transformersVersion.ts';
import { isAtLeast } from '../shared/versions.ts';
import { type Candidate, candidates, namesHalf } from './candidate.ts';
import { formatFix } from './formatFix.ts';
import { modelFormat, pipelineFormat, type Verdict, verdict } from './loadedFormat.ts';
import { report } from './report.ts';
import type { State } from './state.ts';

const SMALLEST_MODEL = 25e6;
const VERY_LARGE_MODEL = 3e9;
/** Who asks for float32 has a reason, unless the model is so large. */
const SMALLEST_EXPLICIT = 1e9;

export default defineRule<State>({
  meta: {
    id: 'full-precision-model-load',
    title: 'Hugging Face model loaded in float32 for inference on an accelerator',
    category: 'full-precision',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['hf-fp32-inference', 'hf-pipeline-fp32', 'hf-explicit-float32'],
    libraries: ['transformers'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || hidesAccelerators(program) || computesInOtherFormat(program)) return;
    for (const candidate of candidates(program)) {
      const hit = judge(program, candidate);
      if (hit) yield hit;
    }
  },

  effect({ state }, program): WorkloadChange {
    return {
      before: {
        kind: workloadKind(state.facts),
        unit: state.scale.kind === 'items' ? 'item' : 'request',
        engine: 'hf',
        format: 'fp32',
        device: 'gpu',
        ...(state.modelId === undefined ? {} : { model: { id: state.modelId } }),
        ...outputTokens(program, state.call),
      },
      after: { format: state.format },
      alsoSaves: ['memory', 'latency'],
    };
  },

  fixes({ state }, program) {
    const fix = formatFix(program, state);
    return fix ? [fix] : [];
  },
});

function judge(program: Program, candidate: Candidate): Hit<State> | undefined {
  const { call, methods, kind } = candidate;
  if (candidate.device !== 'accelerator' && candidate.device !== 'either') {
    if (candidate.device !== undefined || !placesItself(program, candidate)) return undefined;
  }
  const model = namedModel(program, call);
  const facts = model && modelFacts(program, model.id);
  if (model && (isQuantisedId(model.id) || isToyId(model.id) || facts?.quantisation !== undefined)) return undefined;
  if (facts && facts.parameters < SMALLEST_MODEL && facts.kind !== 'vision') return undefined;
  const others = methods.filter((method) => method !== candidate.upcast);
  if (isConvertedLater(program, call, others) || isConverted(program, methods) || isTrained(program, call, methods))
    return undefined;
  const isExplicit = candidate.float32 !== undefined || candidate.upcast !== undefined;
  if (candidate.upcast && !isStoredInHalf(program, call, facts)) return undefined;
  if (isExplicit && (facts?.parameters ?? 0) < SMALLEST_EXPLICIT) return undefined;
  const result = isExplicit ? 'fp32' : verdictFor(program, kind, facts);
  const format = formatFor(program, candidate, model?.id);
  const scale = scaleOfModel(program, call);
  if (result === 'other' || format === undefined || scale === undefined) return undefined;
  const isVeryLarge = (facts?.parameters ?? 0) >= VERY_LARGE_MODEL;
  if (scale.kind === 'once' && !isVeryLarge) return undefined;
  const { float32, upcast } = candidate;
  const state = { call, format, modelId: model?.id, facts, scale, float32, upcast };
  return report(program, candidate, state, result);
}

/** There are 16 bits to keep: those that the call asks for, or those of the file. */
function isStoredInHalf(program: Program, call: Call, facts: ModelFacts | undefined): boolean {
  return namesHalf(program, call) || (facts?.storedFormat !== undefined && facts.storedFormat !== 'fp32');
}

/** The profile's format, unless the code runs on a GPU of Apple's and the profile is none. */
function formatFor(program: Program, { isOnAppleGpu }: Candidate, modelId: string | undefined): HalfFormat | undefined {
  const { hardware } = program.environment;
  return isOnAppleGpu && hardware.kind !== 'mps' ? appleFormat(modelId) : halfFormat(hardware, modelId);
}

/** `pipeline()` picks the first accelerator by itself in transformers 4.57.6 and later; older releases stay on the CPU. */
function placesItself(program: Program, { kind }: Candidate): boolean {
  return kind === 'pipeline' && isAtLeast(transformersVersion(program), '4.57') === 'yes';
}

function verdictFor(program: Program, kind: Candidate['kind'], facts: ModelFacts | undefined): Verdict {
  const version = transformersVersion(program);
  return verdict(kind === 'pipeline' ? pipelineFormat(version) : modelFormat(version), facts?.storedFormat);
}

function workloadKind(facts: ModelFacts | undefined): WorkloadKind {
  if (facts?.isGenerative) return 'generate';
  if (facts?.kind === 'speech') return 'speech';
  return facts?.kind === 'vision' || facts?.kind === 'detection' ? 'vision' : 'encode';
}
