import { defineRule } from '../../src/core/engine/rule.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { calleeText } from '../shared/calleeText.ts';
import { dependsOnCaller } from '../shared/dependsOnCaller.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { effectAround } from '../shared/reactEffect.ts';

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
      '@mlc-ai/web-llm',
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
  [/^@mlc-ai\/web-llm\./, 'unload'],
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
  // A variable of the function itself ends with the call.
  if (target.kind === 'name') return isDeclaredIn(call.place.function, target.name) ? undefined : target;
  // `model.sess` of each model in a list is a place of its own.
  if (target.kind !== 'attribute') return undefined;
  const isField = target.object.kind !== 'name' || target.object.name === 'this';
  return isField || isRef(target, program) ? target : undefined;
}

function isDeclaredIn({ body, parameters }: FunctionDefinition, name: string): boolean {
  if (parameters.some(({ target }) => readNames(target).includes(name))) return true;
  for (const { node } of walk(body)) {
    const isDeclaration = node.kind === 'assign' && node.declaration !== undefined;
    if (isDeclaration && node.targets.some((target) => readNames(target).includes(name))) return true;
  }
  return false;
}

/** `engine.current` of `engine = useRef(null)`: one place for all renders. */
function isRef({ name, object }: Expression & { readonly kind: 'attribute' }, program: Program): boolean {
  const values = name === 'current' ? program.values(object) : [];
  return values.some(
    (value) => value.kind === 'instance' && /^p?react(\/hooks)?\.(default\.)?useRef\(\)$/.test(value.type),
  );
}

/** The model depends on what the function is given, so that it is called for one after another. */
function isSwitch(call: Call, program: Program): boolean {
  const { function: owner, entryPoint } = call.place;
  const parameters = owner?.parameters.map(({ target }) => (target.kind === 'name' ? target.name : '')) ?? [];
  const model = call.argument(call.api?.modelParameter ?? 'model');
  if (model.kind !== 'known') return false;
  if (isListed(model.value, call, program)) return true;
  const isChosen = dependsOnCaller(model.value, program) || /\.value\b/.test(program.text(model.value));
  if (!isChosen) return false;
  if (entryPoint?.kind === 'event') return true;
  if (entryPoint?.kind === 'message') return !startsOnce(call, program);
  if (!dependsOnCaller(model.value, program)) return false;
  return parameters.some((name) => /model|id|name|url|path|key/i.test(name));
}

/** A worker that is told to start, which happens once. */
function startsOnce(call: Call, program: Program): boolean {
  const tests = enclosing(program.module, call.node).statements.flatMap((statement) => {
    if (statement.kind === 'if') return [statement.test];
    if (statement.kind !== 'match') return [];
    const taken = statement.cases.find(({ body }) => body.some((inner) => contains(inner, call.node)));
    return taken?.patterns ?? [];
  });
  return tests.some((test) => /init|start|setup|boot/i.test(program.text(test)));
}

/** An effect that runs again when the model changes: its list of dependencies names what the model is read from. */
function isListed(model: Expression, call: Call, program: Program): boolean {
  const list = effectAround(call, program)?.node.args[1]?.value;
  if (list?.kind !== 'sequence') return false;
  const listed = new Set(list.elements.flatMap((element) => readNames(element)));
  return readNames(model).some((name) => listed.has(name));
}
