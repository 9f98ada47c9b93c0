import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { javascriptRuntime } from '../shared/javascriptRuntime.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { largestScale } from '../shared/scale.ts';
import { type PlainImport, plainImport } from './plainImport.ts';

const COMPUTES =
  /^(predict|predictOnBatch|execute|executeAsync|fit|fitDataset|trainOnBatch|evaluate|embed|classify|detect|estimate\w+)$/;

export default defineRule<PlainImport>({
  meta: {
    id: 'tfjs-node-plain',
    title: 'Plain TensorFlow.js on a Node server',
    category: 'hardware-match',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tfjs-node-plain'],
    libraries: ['@tensorflow/tfjs'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const plain = plainImport(program);
    if (!plain || javascriptRuntime(program) !== 'node') return;
    const scale = largestScale(program, program.calls.filter(computes));
    if (!scale) return;
    const isSure = scale.kind === 'request';
    yield {
      span: { start: plain.start, end: plain.end },
      severity: isSure ? 'warning' : 'information',
      message: {
        what: 'On Node `@tensorflow/tfjs` has only the plain JavaScript backend.',
        why: 'The same sentence encoder took 5 times the processor time of the WebAssembly backend for one sentence, and 30 times for a batch.',
        advice:
          'Import `@tensorflow/tfjs-node`, or `@tensorflow/tfjs-backend-wasm` with `setBackend("wasm")` where its binaries do not run (Alpine, serverless platforms).',
        ...(isSure ? {} : { condition: 'The saving depends on how much the program computes.' }),
      },
      related: relatedScale(scale),
      state: plain,
    };
  },

  fixes({ state: plain }, program) {
    const at = /(['"])@tensorflow\/tfjs\1/.exec(program.text(plain));
    if (!at) return [];
    const end = plain.start + at.index + at[0].length - 1;
    return [
      {
        title: 'Use @tensorflow/tfjs-node',
        safety: 'suggestion',
        reason: 'The package has to be installed; it holds native binaries that need AVX and glibc.',
        edits: [{ span: { start: end, end }, text: '-node' }],
      },
    ];
  },
});

function computes(call: Call): boolean {
  return COMPUTES.test(methodName(call) ?? '');
}
