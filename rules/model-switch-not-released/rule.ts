import { defineRule } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { dependsOnCaller } from '../shared/dependsOnCaller.ts';

export default defineRule<Call>({
  meta: {
    id: 'model-switch-not-released',
    title: 'Old model kept in memory when another one is loaded',
    category: 'redundant-data-loading',
    languages: ['typescript'],
    tier: 'strict',
    fixes: [],
    catalogue: ['session-not-released'],
    libraries: [
      '@huggingface/transformers',
      '@xenova/transformers',
      'onnxruntime-web',
      'onnxruntime-node',
      '@tensorflow/tfjs',
      'node-llama-cpp',
      '@mediapipe/tasks-vision',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || RELEASES.test(program.module.text)) return;
    for (const call of program.calls) {
      const release = releaseOf(call);
      const holder = release === undefined ? undefined : holderOf(call, program);
      if (!holder || call.place.isMemoised || !isSwitch(call, program)) continue;
      yield {
        span: { start: call.node.start, end: call.node.callee.end },
        severity: 'hint',
        message: {
          what: `\`${calleeText(call, program)}\` puts a new model into \`${program.text(holder)}\`, and nothing frees the one before.`,
          why: 'Weights on the GPU or in WebAssembly memory are not garbage-collected when the last reference is gone.',
          advice: `Call \`await ${program.text(holder)}?.${release}()\` before the new model is loaded.`,
          condition: 'The saving is memory; energy only where it runs out.',
        },
        related: [],
        state: call,
      };
    }
  },

  effect() {
    return { before: { kind: 'load-model', unit: 'request' }, after: {}, alsoSaves: ['memory'] };
  },
});

const RELEASES = /\.(dispose|release|close|unload|terminate|free|destroy)\??\.?\(|asyncDispose/;
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^@(huggingface|xenova)\/transformers\./, 'dispose'],
  [/^onnxruntime-common\./, 'release'],
  [/^@tensorflow\/tfjs\./, 'dispose'],
  [/^node-llama-cpp\./, 'dispose'],
  [/^@mediapipe\//, 'close'],
];

function releaseOf({ api }: Call): string | undefined {
  if (api?.roles.includes('model-load') !== true) return undefined;
  return METHODS.find(([name]) => name.test(api.name))?.[1];
}

/** `pipe = await pipeline(…)`, `this.model = …`: a place that outlives the call and may hold the model before. */
function holderOf(call: Call, program: Program): Expression | undefined {
  const statement = program.statement(call.node);
  if (statement?.kind !== 'assign' || statement.declaration !== undefined || statement.operator !== '=')
    return undefined;
  const value = statement.value?.kind === 'await' ? statement.value.value : statement.value;
  const [target] = statement.targets;
  if (value !== call.node || !target || call.place.function === undefined) return undefined;
  if (target.kind === 'name') return target;
  // `model.sess` of each model in a list is a place of its own.
  const isField = target.kind === 'attribute' && (target.object.kind !== 'name' || target.object.name === 'this');
  return isField ? target : undefined;
}

/** The model depends on what the function is given, so that it is called for one after another. */
function isSwitch(call: Call, program: Program): boolean {
  const owner = call.place.function;
  const parameters = owner?.parameters.map(({ target }) => (target.kind === 'name' ? target.name : '')) ?? [];
  const model = call.argument(call.api?.modelParameter ?? 'model');
  if (model.kind !== 'known' || !dependsOnCaller(model.value, program)) return false;
  return parameters.some((name) => /model|id|name|url|path|key/i.test(name));
}
