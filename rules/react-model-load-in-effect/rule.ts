import { defineRule } from '../../src/core/engine/rule.ts';
import type { CallExpression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { contains } from '../../src/core/text/span.ts';
import { calleeText } from '../shared/calleeText.ts';
import { enclosing } from '../shared/enclosing.ts';

interface State {
  readonly load: Call;
  readonly hook: CallExpression;
}

export default defineRule<State>({
  meta: {
    id: 'react-model-load-in-effect',
    title: 'Model loaded after every render of a React component',
    category: 'redundant-data-loading',
    languages: ['typescript'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['react-model-load-in-render'],
    libraries: [
      '@huggingface/transformers',
      '@xenova/transformers',
      'onnxruntime-web',
      '@tensorflow/tfjs',
      '@tensorflow-models',
      '@mediapipe',
      '@mlc-ai/web-llm',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const load of program.calls) {
      if (load.api?.roles.includes('model-load') !== true || load.place.isMemoised) continue;
      const hook = effectWithoutDependencies(load, program);
      if (!hook || isGuarded(load, hook, program)) continue;
      yield {
        span: { start: load.node.start, end: load.node.callee.end },
        severity: 'information',
        message: {
          what: `\`${calleeText(load, program)}\` runs after every render: the effect has no list of dependencies.`,
          why: 'Each render loads the model again, and setting state with it causes the next render.',
          advice: 'Add `[]` as the second argument of the effect, or keep the model in a ref behind `??=`.',
          condition: 'It depends on how often the component renders.',
        },
        related: [{ span: { start: hook.start, end: hook.callee.end }, message: 'Runs after every render' }],
        state: { load, hook },
      };
    }
  },

  fixes({ state: { hook } }) {
    const [callback] = hook.args;
    if (!callback) return [];
    return [
      {
        title: 'Run the effect once',
        safety: 'suggestion',
        reason:
          'What the effect reads from props or state is read once; list it in the brackets where that is not meant.',
        edits: [{ span: { start: callback.end, end: callback.end }, text: ', []' }],
      },
    ];
  },
});

/** `useEffect(fn)` of React around a call, with one argument. */
function effectWithoutDependencies(load: Call, program: Program): CallExpression | undefined {
  const hook = program.calls.find(
    ({ name, node }) =>
      /^(react|preact\/hooks)(\.default)?\.use(Layout)?Effect$/.test(name ?? '') && contains(node, load.node),
  )?.node;
  return hook?.args.length === 1 ? hook : undefined;
}

/** Under any condition or after an early return inside the effect. */
function isGuarded(load: Call, hook: Span, program: Program): boolean {
  const { statements, functions } = enclosing(program.module, load.node);
  if (statements.some(({ kind, start }) => kind === 'if' && start > hook.start)) return true;
  const body = functions.filter(({ start }) => start > hook.start).map(({ bodySpan }) => program.text(bodySpan));
  return body.some((text) => /\bif\s*\(|\?\?=|\|\|=|&&/.test(text));
}
