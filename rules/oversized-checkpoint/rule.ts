import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';
import { scaleOfModel } from '../shared/modelRuns.ts';
import { namedModel } from '../shared/namedModels.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import type { Scale } from '../shared/scale.ts';
import { isConverted, isTrained } from '../shared/training.ts';
import { transformersVersion } from '../shared/transformersVersion.ts';
import { type Answer, isAtLeast } from '../shared/versions.ts';
import { defaultModel, largeDefault } from './defaultModels.ts';
import { largeOnnxModel } from './onnxModels.ts';
import { type Oversized, oversized } from './oversized.ts';
import { sizedModel } from './sizedModel.ts';

interface State extends Oversized {
  readonly call: Call;
  readonly id: string;
  /** The id in the text; absent when the library chose the model. */
  readonly expression: Expression | undefined;
  readonly scale: Scale;
  /** Another version of the library takes a small model. */
  readonly isMaybe?: true;
}

const STUDY =
  /(^|\/)[^/]*(eval|metric|benchmark|reproduc|paper|distil|compare|comparison|ablation|teacher)[^/]*(\/|$)/i;
/** The text encoder of an image model is part of it. */
const FIXED_PART =
  /^transformers\.(CLIPText\w*|CLIPVisionModelWithProjection|CLIPTextModelWithProjection|T5EncoderModel)\.from_pretrained$/;

export default defineRule<State>({
  meta: {
    id: 'oversized-checkpoint',
    title: 'Large checkpoint where a smaller one does the same task',
    category: 'oversized-model',
    languages: ['python', 'typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: [
      'oversized-checkpoint',
      'hf-pipeline-default-model',
      'tjs-oversized-model',
      'whisper-oversized',
      'yolo-oversized',
    ],
    libraries: [
      'transformers',
      'sentence_transformers',
      'langchain_huggingface',
      'langchain_community',
      'langchain',
      'whisper',
      'faster_whisper',
      'ultralytics',
      'torch',
      '@huggingface/transformers',
      '@xenova/transformers',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || STUDY.test(program.path)) return;
    for (const call of program.calls) {
      const hit = judge(program, call);
      if (hit) yield hit;
    }
  },

  effect({ state }): WorkloadChange | undefined {
    const [lighter] = state.lighter;
    if (lighter === undefined) return undefined;
    return {
      before: {
        kind: state.model.isGenerative
          ? 'generate'
          : state.model.kind === 'vision' || state.model.kind === 'detection'
            ? 'vision'
            : state.model.kind === 'speech'
              ? 'speech'
              : 'encode',
        unit: state.scale.kind === 'items' ? 'item' : 'request',
        model: { id: state.measuredAs?.before ?? state.id },
      },
      after: { model: { id: state.measuredAs?.after ?? lighter.id } },
      alsoSaves: ['memory', 'latency', 'network'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    if (state.isMaybe) return [];
    return state.lighter.slice(0, 2).flatMap((lighter) => {
      const edits = editsFor(program, state, lighter.id);
      return edits === undefined
        ? []
        : [
            {
              title: `Use ${lighter.id}`,
              safety: 'suggestion' as const,
              edits,
              reason: reasonFor(state, lighter.note),
            },
          ];
    });
  },
});

function judge(program: Program, call: Call): Hit<State> | undefined {
  if (!call.api?.roles.includes('model-load') || FIXED_PART.test(call.name ?? '')) return undefined;
  const task = call.constantArgument('task');
  const taskName = task.kind === 'known' && typeof task.value === 'string' ? task.value : undefined;
  const model = namedModel(program, call);
  const chosen = isUnnamed(call) && taskName !== undefined ? defaultModel(taskName, isFive(program)) : undefined;
  const id = model?.id ?? chosen?.id;
  const found =
    id === undefined ? undefined : ((chosen && largeDefault(id)) ?? largerThanNeeded(program, call, id, taskName));
  const methods = program.methodCalls(call);
  if (id === undefined || found === undefined) return undefined;
  if (isTrained(program, call, methods) || isConverted(program, methods)) return undefined;
  const scale = scaleOfModel(program, call);
  if (scale === undefined || scale.kind === 'once') return undefined;
  // Whoever names the smaller sibling too has seen it: a comparison, or a choice of sizes.
  const named = program.once(namedIds);
  if (found.lighter.some((lighter) => named.has(normalise(lighter.id)))) return undefined;
  if (chosen?.isSure === false) return reportMaybe({ ...found, call, id, expression: undefined, scale, isMaybe: true });
  return report({ ...found, call, id, expression: model?.expression, scale }, model?.isCertain !== false);
}

function largerThanNeeded(program: Program, call: Call, id: string, task: string | undefined): Oversized | undefined {
  const onnx = program.module.language === 'python' ? undefined : largeOnnxModel(id);
  return onnx ?? sizedModel(program, call, id) ?? oversized(id, task);
}

/** `pipeline("ner")`: no model, and nothing that could carry one. */
function isUnnamed(call: Call): boolean {
  return call.api?.name === 'transformers.pipeline' && call.argument('model').kind === 'absent';
}

function isFive(program: Program): Answer {
  return isAtLeast(transformersVersion(program), '5');
}

/** Model ids among the strings of the file. */
function namedIds(program: Program): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { kind, node } of walk(program.module.body)) {
    if (kind !== 'expression' || node.kind !== 'literal' || typeof node.value !== 'string') continue;
    if (/[-/]/.test(node.value) && node.value.length < 120 && findModel(node.value)) named.add(normalise(node.value));
  }
  return named;
}

function normalise(id: string): string {
  return (id.split('/').at(-1) ?? id).toLowerCase();
}

function report(state: State, isCertain: boolean): Hit<State> {
  const { model, lighter, expression, call, scale } = state;
  const isWarning = isCertain && scale.kind === 'request';
  const offers = lighter
    .slice(0, 3)
    .map(({ id, parameters }) => (parameters === undefined ? `\`${id}\`` : `\`${id}\` (${sizeText(parameters)})`));
  return {
    span: expression ?? call.node,
    severity: isWarning ? 'warning' : 'information',
    message: {
      what: `${expression ? '' : 'Without a model the library loads '}\`${state.id}\`${expression ? ' has' : ', which has'} ${sizeText(model.parameters)} parameters.`,
      why: state.isGenerativeForLabels
        ? 'A language model writes its answer token by token; the task asks for a label, which an encoder gives in one pass.'
        : 'The energy of a forward pass grows in step with the parameters, and smaller models of the same kind exist for this task.',
      advice: `Try ${offers.join(' or ')}.`,
      ...(isWarning
        ? {}
        : {
            condition: 'Worth it where the smaller model is accurate enough on your own data, and the code runs often.',
          }),
    },
    related: relatedScale(scale),
    state,
  };
}

/** No version is declared: transformers 4 takes a small model. */
function reportMaybe(state: State): Hit<State> {
  const hit = report(state, false);
  return {
    ...hit,
    severity: 'hint',
    message: {
      ...hit.message,
      advice: 'Name the model that you want, and its revision.',
      what: `Without a model transformers 5 loads \`${state.id}\`, which has ${sizeText(state.model.parameters)} parameters.`,
      condition: 'Transformers 4 loads a model of 0.1 B parameters here, and no version is declared.',
    },
    requiresStrict: true,
  };
}

function sizeText(parameters: number): string {
  return parameters < 1e9 ? `${Math.round(parameters / 1e6)} M` : `${(parameters / 1e9).toFixed(1)} B`;
}

/** In JavaScript only to a repository that has ONNX weights. */
function editsFor(program: Program, state: State, id: string): readonly Edit[] | undefined {
  const { expression, call } = state;
  if (program.module.language !== 'python' && !largeOnnxModel(state.id)) return undefined;
  if (expression === undefined) return insertArgument(call.node, `model="${id}"`, program.module.text);
  if (expression.kind !== 'literal') return undefined;
  const quote = program.text({ start: expression.start, end: expression.start + 1 });
  return /["'`]/.test(quote) ? [{ span: expression, text: `${quote}${id}${quote}` }] : undefined;
}

function reasonFor({ model }: State, note: string): string {
  const rebuilt = model.kind === 'embedding' ? ' Stored embeddings have to be made again.' : '';
  return `Quality changes (${note}): check it on your own data.${rebuilt}`;
}
