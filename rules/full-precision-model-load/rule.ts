import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { removeArgument, replaceArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { ModelFacts } from '../../src/energy/modelFacts.ts';
import type { WorkloadChange, WorkloadKind } from '../../src/energy/workload.ts';
import { hidesAccelerators } from '../shared/devices.ts';
import {
  computesInOtherFormat,
  formatArgumentEdits,
  type HalfFormat,
  halfFormat,
  isConvertedLater,
  torchFormatName,
} from '../shared/halfPrecision.ts';
import { modelFacts } from '../shared/modelFacts.ts';
import { scaleOfModel } from '../shared/modelRuns.ts';
import { isQuantisedId, isToyId, namedModel } from '../shared/namedModels.ts';
import { outputTokens } from '../shared/outputTokens.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, severityFor } from '../shared/scale.ts';
import { isConverted, isTrained } from '../shared/training.ts';
import { isAtLeast } from '../shared/versions.ts';
import { type Candidate, candidates, namesHalf } from './candidate.ts';
import { modelFormat, pipelineFormat, type Verdict, verdict } from './loadedFormat.ts';

interface State {
  readonly call: Call;
  readonly format: HalfFormat;
  readonly modelId: string | undefined;
  readonly facts: ModelFacts | undefined;
  readonly scale: Scale;
  /** The value that asks for float32. */
  readonly float32: Expression | undefined;
  readonly upcast: Call | undefined;
}

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

  fixes({ state }, program): readonly Fix[] {
    const keyword =
      isAtLeast(program.environment.versions.version('transformers'), '4.56') === 'yes' ? 'dtype' : 'torch_dtype';
    const kept = state.upcast && keptFormat(state.upcast, program.module.text);
    if (state.upcast) return kept ? [kept] : [];
    const edits = state.float32
      ? replacedFormat(program, state, state.float32)
      : formatArgumentEdits(program, state.call, keyword, state.format);
    if (edits === undefined) return [];
    return [
      {
        title: `Load in ${torchFormatName(state.format)}`,
        safety: 'suggestion',
        edits,
        reason: 'Results change in the third digit: compare the quality on your own data once.',
      },
    ];
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
  const format = halfFormat(program.environment.hardware, model?.id);
  const scale = scaleOfModel(program, call);
  if (result === 'other' || format === undefined || scale === undefined) return undefined;
  const isVeryLarge = (facts?.parameters ?? 0) >= VERY_LARGE_MODEL;
  if (scale.kind === 'once' && !isVeryLarge) return undefined;
  const { float32, upcast } = candidate;
  const state = { call, format, modelId: model?.id, facts, scale, float32, upcast };
  return report(program, candidate, state, result);
}

const KEPT_FORMAT = {
  title: 'Keep the format that was loaded',
  safety: 'suggestion',
  reason: 'Results change in the third digit, and inputs have to be in the format of the weights.',
} as const;

/** There are 16 bits to keep: those that the call asks for, or those of the file. */
function isStoredInHalf(program: Program, call: Call, facts: ModelFacts | undefined): boolean {
  return namesHalf(program, call) || (facts?.storedFormat !== undefined && facts.storedFormat !== 'fp32');
}

/** `model = model.float()` without the conversion; a device that stands beside the format stays. */
function keptFormat({ node }: Call, text: string): Fix | undefined {
  const format = node.args.find(({ value }) => /float32$|\.float$/.test(text.slice(value.start, value.end)));
  if (format && node.args.length > 1) {
    const edit = removeArgument(node, format, text);
    return edit && { ...KEPT_FORMAT, edits: [edit] };
  }
  const end = node.callee.kind === 'attribute' ? node.callee.object.end : node.start;
  return { ...KEPT_FORMAT, edits: [{ span: { start: end, end: node.end }, text: '' }] };
}

/** Edits that write another format into the call; `undefined` where it comes from elsewhere. */
function replacedFormat(program: Program, { call, format }: State, float32: Expression): readonly Edit[] | undefined {
  const written = call.node.args.find(({ value }) => value === float32);
  const torch = importEdit(program.module, { module: 'torch', at: call.node.start });
  if (written === undefined || torch === undefined) return undefined;
  return [...torch.edits, replaceArgument(written, torchFormatName(format).replace('torch', torch.local))];
}

/** `pipeline()` picks the first accelerator by itself in transformers 4.57.6 and later; older releases stay on the CPU. */
function placesItself(program: Program, { kind }: Candidate): boolean {
  return kind === 'pipeline' && isAtLeast(program.environment.versions.version('transformers'), '4.57') === 'yes';
}

function verdictFor(program: Program, kind: Candidate['kind'], facts: ModelFacts | undefined): Verdict {
  const version = program.environment.versions.version('transformers');
  return verdict(kind === 'pipeline' ? pipelineFormat(version) : modelFormat(version), facts?.storedFormat);
}

function report(program: Program, candidate: Candidate, state: State, result: Verdict): Hit<State> {
  const name = state.modelId === undefined ? 'The model' : `\`${state.modelId}\``;
  const version = program.environment.versions.version('transformers');
  const isCertain = result === 'fp32' && candidate.device !== undefined;
  const severity = isCertain ? severityFor(state.scale) : 'information';
  const condition = conditionFor(state.scale, severity === 'warning', result);
  return {
    span: state.upcast?.node ?? state.call.node,
    severity,
    message: {
      what: `${name} is ${state.upcast ? 'turned into' : 'loaded in'} float32 for inference.`,
      why: `${whyFloat32(candidate, state.facts, version.kind === 'known' ? version.value.declaredBy : undefined, result)} Twice the bytes of ${torchFormatName(state.format)} are read for every token or image.`,
      advice: state.upcast
        ? 'Leave it in the format in which it was loaded.'
        : `Load it in ${torchFormatName(state.format)}, which ${program.environment.hardware.name} computes faster.`,
      ...(condition === undefined ? {} : { condition }),
    },
    related: relatedScale(state.scale),
    requiresStrict: result === 'fp32-if-old',
    state,
  };
}

function whyFloat32(
  { kind, float32, upcast }: Candidate,
  facts: ModelFacts | undefined,
  declaredBy: string | undefined,
  result: Verdict,
): string {
  if (upcast) return 'The conversion turns all weights into four bytes each.';
  if (float32) return 'The call asks for float32.';
  const callee = kind === 'pipeline' ? 'pipeline()' : 'from_pretrained()';
  if (result === 'fp32-if-old')
    return `Without a dtype ${callee} loads float32 in older transformers; which version runs here is not known.`;
  if (facts?.storedFormat === 'fp32') return `The checkpoint is stored in float32 and ${callee} is given no dtype.`;
  return `Without a dtype ${callee} loads float32${declaredBy === undefined ? '' : ` in this version (${declaredBy})`}.`;
}

function conditionFor(scale: Scale, isSure: boolean, result: Verdict): string | undefined {
  if (result === 'fp32-if-old')
    return 'Depends on the installed transformers: 5.0 and later load the checkpoint’s own format.';
  if (isSure) return undefined;
  if (scale.kind === 'once') return 'It runs once here: the saving depends on how much text it generates.';
  return 'The saving depends on how often this code runs.';
}

function workloadKind(facts: ModelFacts | undefined): WorkloadKind {
  if (facts?.isGenerative) return 'generate';
  if (facts?.kind === 'speech') return 'speech';
  return facts?.kind === 'vision' || facts?.kind === 'detection' ? 'vision' : 'encode';
}
