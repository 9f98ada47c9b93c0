import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { namedModel } from '../shared/namedModels.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { largestScale, type Scale, scaleOf } from '../shared/scale.ts';

interface State {
  readonly call: Call;
  readonly value: Expression;
  readonly scale: Scale;
}

export default defineRule<State>({
  meta: {
    id: 'ollama-unload-each-call',
    title: 'Ollama unloads the model after every request',
    category: 'redundant-data-loading',
    languages: ['typescript', 'python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['ollama-unload-each-call'],
    libraries: ['ollama', '@langchain/ollama'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const value = unloads(call, program) ?? keepsNothing(call, program);
      const scale = value && scaleOfRuns(program, call);
      if (!value || !scale || (scale.kind !== 'request' && scale.kind !== 'items')) continue;
      yield {
        span: { start: value.start, end: value.end },
        severity: 'warning',
        message: {
          what: `\`${program.module.language === 'python' || isRequest(call) ? 'keep_alive' : 'keepAlive'}: 0\` unloads the model after the answer, and the next one loads it again.`,
          why: 'All weights are read from disk and copied to the GPU for every request.',
          advice: "Leave `keep_alive` out (five minutes), or set it to the pause between requests, such as `'10m'`.",
        },
        related: relatedScale(scale),
        state: { call, value, scale },
      };
    }
  },

  effect({ state: { call, scale } }, program) {
    const model = namedModel(program, call);
    return {
      before: {
        kind: 'load-model',
        unit: scale.kind === 'items' ? 'item' : 'request',
        loadsPerUnit: 1,
        engine: 'llama.cpp',
        format: 'int4',
        ...(model ? { model: { id: model.id } } : {}),
      },
      after: { loadsPerUnit: 0 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state: { value } }, program) {
    const quote = program.text(value)[0] ?? '';
    const mark = /['"`]/.test(quote) ? quote : program.module.language === 'python' ? '"' : "'";
    return [
      {
        title: 'Keep the model for five minutes',
        safety: 'suggestion',
        reason: 'The memory of the model stays taken in between.',
        edits: [{ span: { start: value.start, end: value.end }, text: `${mark}5m${mark}` }],
      },
    ];
  },
});

const NOTHING = /^0[smh]?$/;
const CHAT = /^@langchain\/ollama\.(ChatOllama|Ollama|OllamaEmbeddings)$/;

function unloads(call: Call, program: Program): Expression | undefined {
  const name = call.api?.name ?? '';
  if (!/^ollama\..*(chat|generate|embed|embeddings)$/.test(name)) return undefined;
  const path = program.module.language === 'python' ? 'keep_alive' : 'request.keep_alive';
  const argument = call.argument(path);
  const value = argument.kind === 'known' ? program.constant(argument.value) : undefined;
  if (argument.kind !== 'known' || argument.value.kind !== 'literal' || value?.kind !== 'known') return undefined;
  return NOTHING.test(String(value.value)) && !isUnload(call, program) ? argument.value : undefined;
}

/** `new ChatOllama({ model, keepAlive: 0 })` (@langchain/ollama 1.3 `chat_models.d.ts`): every request of the object has it. */
function keepsNothing(call: Call, program: Program): Expression | undefined {
  if (!CHAT.test(call.name ?? '')) return undefined;
  const [options] = call.node.args;
  if (options?.value.kind !== 'mapping') return undefined;
  const written = options.value.entries.find(({ key }) => key === 'keepAlive')?.value;
  const value = written && program.constant(written);
  return written?.kind === 'literal' && value?.kind === 'known' && NOTHING.test(String(value.value))
    ? written
    : undefined;
}

function isRequest(call: Call): boolean {
  return !CHAT.test(call.name ?? '');
}

/** Of the request itself, or of what the object with the setting runs. */
function scaleOfRuns(program: Program, call: Call): Scale | undefined {
  return isRequest(call) ? scaleOf(program, call) : largestScale(program, program.methodCalls(call));
}

/** A request without a prompt, or a chat without messages, only unloads (ollama/ollama `docs/api.md`, "Unload a model"). */
function isUnload(call: Call, program: Program): boolean {
  const at = program.module.language === 'python' ? '' : 'request.';
  const parts = ['messages', 'prompt', 'input'].map((name) => call.argument(at + name));
  const given = parts.find(({ kind }) => kind !== 'absent');
  if (!given) return true;
  if (given.kind !== 'known') return false;
  const value = program.constant(given.value);
  const isEmptyList = program
    .values(given.value)
    .every((list) => list.kind === 'collection' && list.node.kind === 'sequence' && list.node.elements.length === 0);
  return isEmptyList || (value.kind === 'known' && value.value === '');
}
