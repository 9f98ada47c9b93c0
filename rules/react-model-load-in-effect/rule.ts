import { defineRule, type Message } from '../../src/core/engine/rule.ts';
import { calleeText } from '../shared/calleeText.ts';
import { type RepeatedEffect, repeatedEffect } from './repeatedEffect.ts';

export default defineRule<RepeatedEffect>({
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
      const effect = repeatedEffect(load, program);
      if (!effect) continue;
      const { hook, trigger } = effect;
      yield {
        span: { start: load.node.start, end: load.node.callee.end },
        severity: 'information',
        message: messageOf(calleeText(load, program), trigger),
        related: [
          { span: { start: hook.start, end: hook.callee.end }, message: RUNS[trigger.kind] },
          ...(trigger.kind === 'render' ? [] : [{ span: trigger.place, message: 'This starts it again' }]),
        ],
        state: effect,
      };
    }
  },

  fixes({ state: { hook, trigger } }) {
    const [callback] = hook.args;
    if (!callback || trigger.kind !== 'render') return [];
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

const RUNS: Readonly<Record<RepeatedEffect['trigger']['kind'], string>> = {
  render: 'Runs after every render',
  literal: 'Runs after every render',
  input: 'Runs for every new input',
};

function messageOf(load: string, trigger: RepeatedEffect['trigger']): Message {
  if (trigger.kind === 'input') {
    return {
      what: `\`${load}\` runs again whenever \`${trigger.name}\` changes.`,
      why: `The effect lists \`${trigger.name}\`, on which the model runs but which does not choose it, so each new input loads the same weights again.`,
      advice: `Load the model in an effect with \`[]\`, or keep it in a ref behind \`??=\`; the effect that lists \`${trigger.name}\` only runs it.`,
      condition: `It depends on how often \`${trigger.name}\` changes.`,
    };
  }
  const why = 'Each render loads the model again, and setting state with it causes the next render.';
  const condition = 'It depends on how often the component renders.';
  if (trigger.kind === 'literal') {
    return {
      what: `\`${load}\` runs after every render: \`${trigger.name}\` in the list of dependencies is made anew each time.`,
      why,
      advice: `Make \`${trigger.name}\` outside the component or with \`useMemo\`, or list the plain values in it.`,
      condition,
    };
  }
  return {
    what: `\`${load}\` runs after every render: the effect has no list of dependencies.`,
    why,
    advice: 'Add `[]` as the second argument of the effect, or keep the model in a ref behind `??=`.',
    condition,
  };
}
