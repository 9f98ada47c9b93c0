import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { namedModel } from '../shared/namedModels.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Scale, scaleOf } from '../shared/scale.ts';

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
    libraries: ['ollama'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const value = unloads(call, program);
      const scale = value && scaleOf(program, call);
      if (!value || !scale || (scale.kind !== 'request' && scale.kind !== 'items')) continue;
      yield {
        span: { start: value.start, end: value.end },
        severity: 'warning',
        message: {
          what: '`keep_alive: 0` unloads the model after the answer, and the next one loads it again.',
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

function unloads(call: Call, program: Program): Expression | undefined {
  const name = call.api?.name ?? '';
  if (!/^ollama\..*(chat|generate|embed|embeddings)$/.test(name)) return undefined;
  const path = program.module.language === 'python' ? 'keep_alive' : 'request.keep_alive';
  const argument = call.argument(path);
  const value = argument.kind === 'known' ? program.constant(argument.value) : undefined;
  if (argument.kind !== 'known' || argument.value.kind !== 'literal' || value?.kind !== 'known') return undefined;
  return /^0[smh]?$/.test(String(value.value)) && !isUnload(call, program) ? argument.value : undefined;
}

/** A request without a prompt only unloads. */
function isUnload(call: Call, program: Program): boolean {
  const at = program.module.language === 'python' ? '' : 'request.';
  const parts = ['messages', 'prompt', 'input'].map((name) => call.argument(at + name));
  const given = parts.find(({ kind }) => kind !== 'absent');
  if (!given) return true;
  const value = given.kind === 'known' ? program.constant(given.value) : undefined;
  return value?.kind === 'known' && value.value === '';
}
