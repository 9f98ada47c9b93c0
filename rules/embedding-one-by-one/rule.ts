import { defineRule, type RelatedSpan, type Severity } from '../../src/core/engine/rule.ts';
import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import type { ModelReference } from '../../src/energy/workload.ts';
import { hasCommentNear } from '../shared/commentNear.ts';
import { isInHandler } from '../shared/conditional.ts';
import { readNames } from '../shared/expressionNames.ts';
import { identifierWords } from '../shared/identifierWords.ts';
import { namesOf } from '../shared/namesOf.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { modelReference, workloadKind } from '../shared/transformersJs.ts';
import { collectFix } from './collectFix.ts';
import { type ItemwiseEmbedding, itemwiseEmbedding } from './itemwiseEmbedding.ts';
import { isOnCpu, messageOf } from './message.ts';
import { runsOverData } from './runsOverData.ts';

interface State extends ItemwiseEmbedding {
  /** Names of the whole file, for the fix. */
  readonly names: NameIndex;
}

export default defineRule<State>({
  meta: {
    id: 'embedding-one-by-one',
    title: 'Texts embedded one at a time',
    category: 'batching',
    languages: ['python', 'typescript'],
    tier: 'recommended',
    fixes: ['safe', 'suggestion'],
    catalogue: ['embed-one-by-one', 'tjs-unbatched-inputs', 'embeddings-item-loop', 'st-encode-item-loop'],
    libraries: [
      'openai',
      'litellm',
      'langchain_openai',
      'langchain_community',
      'langchain_huggingface',
      'langchain',
      'sentence_transformers',
      'fastembed',
      'google',
      'ai',
      '@langchain/core',
      '@langchain/openai',
      '@langchain/cohere',
      '@langchain/mistralai',
      '@langchain/ollama',
      '@langchain/google-genai',
      '@langchain/google-vertexai',
      '@langchain/aws',
      '@langchain/community',
      'llamaindex',
      '@llamaindex',
      'cohere-ai',
      '@mistralai/mistralai',
      'ollama',
      '@google/genai',
      '@google/generative-ai',
      '@huggingface/inference',
      '@huggingface/transformers',
      '@xenova/transformers',
      '@mlc-ai/web-llm',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    let names: NameIndex | undefined;
    for (const call of program.calls) {
      const found = itemwiseEmbedding(call, program);
      const severity = found && severityOf(found, program);
      if (!found || !severity || hasCommentNear(program, found.loop?.head ?? call.node, 6, REASON)) continue;
      const { site } = found;
      if (isInHandler(program, site.node) || showsProgress(found, program)) continue;
      names ??= namesOf(program);
      yield {
        span: { start: site.node.start, end: site.node.end },
        severity,
        message: messageOf(found, severity, program),
        related: [
          ...(site === call
            ? []
            : [{ span: { start: call.node.start, end: call.node.end }, message: 'One text a call here' }]),
          ...loopOf(found),
        ],
        state: { ...found, names },
      };
    }
  },

  effect({ state: { call, batch, engine } }, program) {
    if (engine.kind === 'hosted') {
      const model = call.api?.modelParameter === undefined ? undefined : call.constantArgument(call.api.modelParameter);
      const id = model?.kind === 'known' && typeof model.value === 'string' ? { model: { id: model.value } } : {};
      return {
        before: { kind: 'hosted-call', unit: 'item', engine: 'hosted', batch: 1, ...id },
        after: { batch: Math.min(batch.limit ?? HOSTED_BATCH, HOSTED_BATCH) },
        alsoSaves: ['latency', 'network'],
      };
    }
    const device = engine.device === 'profile' ? {} : { device: engine.device };
    return {
      before: {
        kind: engine.load ? workloadKind(engine.load) : 'encode',
        unit: 'item',
        engine: engine.library,
        batch: 1,
        ...device,
        ...loadedModel(engine.load ?? (call.receiver && program.origin(call.receiver))),
      },
      after: { batch: engine.isGenerating ? GENERATING_BATCH : LOCAL_BATCH },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program) {
    const fix = collectFix(state, state.names, program);
    return fix ? [fix] : [];
  },
});

/** The author says why the items go one by one. */
const REASON =
  /one (by|at a)|\(slow(er)?\b|sequential|concurren|(does ?n.t|does not|can.?t|cannot|not) (support|handle|accept|batch)/i;

const HOSTED_BATCH = 256;
const LOCAL_BATCH = 32;
const GENERATING_BATCH = 8;

/** On a CPU batching pays for short texts and costs for long ones (padding, cache): measured -28..-37 % and +15..+26 %. */
const LONG = new Set(
  'chunk document doc page passage article content paragraph body file section part post'.split(' '),
);

function severityOf({ engine, item, loop }: ItemwiseEmbedding, program: Program): Severity | undefined {
  // What a text costs at the provider is not published: requests and time are saved for sure.
  if (engine.kind === 'hosted') return 'information';
  if (engine.device !== 'cpu') {
    const isMeasured = !isOnCpu(engine.device, program) && !engine.isGenerating;
    const isSure = isMeasured && loop !== undefined && runsOverData(loop, program);
    return isSure ? 'warning' : 'information';
  }
  const words = [...readNames(item), program.text(item)].flatMap((name) => identifierWords(name));
  return words.some((word) => LONG.has(word)) ? undefined : 'information';
}

function loopOf({ site, loop, elsewhere }: ItemwiseEmbedding): readonly RelatedSpan[] {
  if (loop) {
    const message = contains(loop, site.node) ? 'Loop starts here' : 'Called for each item here';
    return [{ span: loop.head, message }];
  }
  return elsewhere ? relatedScale({ kind: 'elsewhere', loop: elsewhere }) : [];
}

/** The model that the receiver was made from. */
function loadedModel(load: Call | undefined): { readonly model?: ModelReference } {
  return load?.api?.roles.includes('model-load') ? modelReference(load) : {};
}

/** A local model whose loop tells a page how far it is, or leaves it time between items: a batch would do neither. */
function showsProgress({ engine, loop }: ItemwiseEmbedding, program: Program): boolean {
  if (engine.kind !== 'local' || loop === undefined || program.module.language === 'python') return false;
  return /postMessage\(|\b\w*[pP]rogress\w*\(|setTimeout\(|requestAnimationFrame|\bsleep\(|\bdelay\(/.test(
    program.text(loop),
  );
}
