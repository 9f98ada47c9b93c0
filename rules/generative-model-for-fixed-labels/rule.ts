import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { findModel } from '../../src/knowledge/models/findModel.ts';
import { answerUse } from '../shared/answerUse.ts';
import { requestsWith } from '../shared/handedPrompts.ts';
import type { HostedRequest } from '../shared/hostedRequest.ts';
import { namedModel } from '../shared/namedModels.ts';
import { HOLE, promptText } from '../shared/promptText.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';
import { comparedLabels, shortAnswer } from '../shared/shortAnswer.ts';
import { fixedLabels, isJudgement, wantsOnlyLabel } from './fixedLabels.ts';

interface State {
  readonly call: Call;
  readonly place: Expression;
  readonly labels: string;
  readonly modelId: string | undefined;
  readonly isLocal: boolean;
  readonly scale: Scale;
}

const ADVICE = {
  python:
    'Train a small classifier on a sample (SetFit, DistilBERT, or embeddings with logistic regression), and ask the language model only where it is unsure.',
  script:
    'Classify with a small model (a text-classification pipeline of Transformers.js, or the nearest label by embeddings), and ask the language model only where it is unsure.',
} as const;
/** Tokens in which a label fits, and no explanation. */
const SMALL_CAP = 16;
/** Often enough for a model of one's own. */
const REPEATED: ReadonlySet<Scale['kind']> = new Set(['request', 'items', 'elsewhere']);
/** The encoder that the estimate compares with. */
const ENCODER = 'distilbert/distilbert-base-uncased-finetuned-sst-2-english';

export default defineRule<State>({
  meta: {
    id: 'generative-model-for-fixed-labels',
    title: 'Language model chooses among fixed labels',
    category: 'oversized-model',
    languages: ['python', 'typescript'],
    tier: 'strict',
    fixes: [],
    catalogue: ['generative-model-for-fixed-labels', 'need-ai-classifier-instead-of-llm'],
    libraries: [
      'openai',
      'litellm',
      'anthropic',
      '@anthropic-ai/sdk',
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/vertex-sdk',
      '@google/genai',
      'ai',
      'transformers',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || isJudgement(program.path)) return;
    for (const call of program.calls) {
      const local = localClassifier(program, call);
      for (const state of [...hostedClassifiers(program, call), ...(local ? [local] : [])]) {
        if (REPEATED.has(state.scale.kind))
          yield report(state, ADVICE[program.module.language === 'python' ? 'python' : 'script']);
      }
    }
  },

  effect({ state }): WorkloadChange | undefined {
    const facts = state.isLocal && state.modelId !== undefined ? findModel(state.modelId) : undefined;
    if (facts === undefined || state.modelId === undefined) return undefined;
    return {
      before: {
        kind: 'generate',
        unit: state.scale.kind === 'items' ? 'item' : 'request',
        engine: 'hf',
        model: { id: state.modelId },
        outputTokens: SMALL_CAP,
      },
      after: { kind: 'encode', model: { id: ENCODER } },
      alsoSaves: ['latency', 'memory'],
    };
  },
});

/** The requests of a call that are for a label. */
function hostedClassifiers(program: Program, call: Call): readonly State[] {
  return requestsWith(call, program, (request) => labelsOf(program, request)).map(([{ site, model }, labels]) => {
    const place = site === call ? model.expression : site.node.callee;
    return { call, place, labels, modelId: model.id, isLocal: false, scale: scaleOf(program, site) };
  });
}

/** Labels of a request whose prompt lists them, and whose answer is bounded by its limit, its form, or by what is done with it. */
function labelsOf(program: Program, request: HostedRequest): string | undefined {
  if (isJudgement(request.prompt) || isNamedForJudging(request.call) || isNamedForJudging(request.site))
    return undefined;
  const isChoice = shortAnswer(request, program)?.by === 'choice';
  const listed = fixedLabels(request.prompt);
  if (isChoice) return listed ?? 'those of the schema';
  if (request.schema !== undefined) return undefined;
  const compared = comparedLabels(request, program);
  const isChosen = compared !== undefined && compared.length > 1;
  const labels = listed ?? (isChosen ? compared.join(', ').slice(0, 60) : undefined);
  if (labels === undefined) return undefined;
  if (request.cap !== undefined) return request.cap <= SMALL_CAP ? labels : undefined;
  const isShort = compared !== undefined || wantsOnlyLabel(request.prompt);
  return isShort || answerUse(request.site.node, program).isFolded ? labels : undefined;
}

/** `generator(prompt, max_new_tokens=5)` of a text-generation pipeline. */
function localClassifier(program: Program, call: Call): State | undefined {
  if (call.api?.name !== 'transformers.Pipeline.__call__' || call.receiver === undefined) return undefined;
  const limit = call.constantArgument('max_new_tokens');
  const load = program.origin(call.receiver);
  const task = load?.constantArgument('task');
  const [first] = call.node.args;
  if (limit.kind !== 'known' || typeof limit.value !== 'number' || limit.value > SMALL_CAP) return undefined;
  if (load === undefined || first === undefined || task?.kind !== 'known' || task.value !== 'text-generation')
    return undefined;
  const prompt = promptText(first.value, program);
  const labels = prompt?.includes(HOLE) ? fixedLabels(prompt) : undefined;
  if (prompt === undefined || labels === undefined || isJudgement(prompt) || isNamedForJudging(call)) return undefined;
  return {
    call,
    place: call.node.callee,
    labels,
    modelId: namedModel(program, load)?.id,
    isLocal: true,
    scale: scaleOf(program, call),
  };
}

/** The function around it labels training data, judges another model, or chooses the next step of an agent. */
function isNamedForJudging({ place }: Call): boolean {
  return /judge|grade|eval|annotat|label_data|bootstrap|weak_?label|router?\b|route_|next_step|intent/i.test(
    place.function?.name ?? '',
  );
}

function report(state: State, advice: string): Hit<State> {
  const name = state.modelId === undefined ? 'The language model' : `\`${state.modelId}\``;
  return {
    span: { start: state.place.start, end: state.place.end },
    severity: 'information',
    message: {
      what: `${name} only chooses among fixed labels (${state.labels}).`,
      why: 'A fine-tuned encoder gives the label in one pass; a language model takes 10 to 90 times the energy for each text.',
      advice,
      condition: 'Needs some dozens to hundreds of labelled texts and a comparison of the accuracy.',
    },
    related: relatedScale(state.scale),
    state,
  };
}
