import { defineRule } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isInHandler } from '../shared/conditional.ts';
import { enclosing } from '../shared/enclosing.ts';
import { tensorFlowImport } from '../shared/tensorflowJs.ts';

export default defineRule<Call>({
  meta: {
    id: 'tfjs-cpu-backend',
    title: 'TensorFlow.js forced onto the plain JavaScript backend',
    category: 'hardware-match',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['tfjs-cpu-backend'],
    libraries: ['@tensorflow/tfjs', '@tensorflow/tfjs-core'],
    since: '0.1.0',
  },

  *detect(program) {
    const imported = tensorFlowImport(program);
    if (program.isTestOrBenchmark || !imported || imported.modules.some((name) => /tfjs-node/.test(name))) return;
    const choices = program.calls.filter(({ node: { callee } }) =>
      callee.kind === 'attribute' ? callee.name === 'setBackend' : false,
    );
    const [call, ...others] = choices.length > 0 ? choices : program.calls.filter(isSetBackend);
    // Another choice, or a backend that is put back, means that this one holds for a part only.
    if (!call || others.length > 0 || !isCpu(call, program) || /getBackend\(|removeBackend\(/.test(program.module.text))
      return;
    if (isFallback(call, program) || !COMPUTES.test(program.module.text)) return;
    yield {
      span: { start: call.node.start, end: call.node.end },
      severity: 'information',
      message: {
        what: 'The plain JavaScript backend computes every tensor operation here.',
        why: 'A sentence encoder took 5 times the processor time of the WebAssembly backend for one sentence, and 30 times for a batch.',
        advice:
          "Leave the call out (WebGL or WebGPU in a browser), or import `@tensorflow/tfjs-backend-wasm` and choose 'wasm'.",
        condition: 'Networks of a few thousand weights run as well on it.',
      },
      related: [],
      state: call,
    };
  },

  fixes({ state: call }, program) {
    const [backend] = call.node.args;
    const [first] = program.module.body;
    if (backend?.value.kind !== 'literal' || first?.kind !== 'import') return [];
    const quote = program.text(backend.value)[0] ?? "'";
    const end = /;\s*$/m.test(program.text(first)) ? ';' : '';
    return [
      {
        title: 'Use the WebAssembly backend',
        safety: 'suggestion',
        reason: 'The package has to be installed, and setBackend has to be awaited; results differ in the last digits.',
        edits: [
          {
            span: { start: first.start, end: first.start },
            text: `import ${quote}@tensorflow/tfjs-backend-wasm${quote}${end}\n`,
          },
          { span: { start: backend.value.start, end: backend.value.end }, text: `${quote}wasm${quote}` },
        ],
      },
    ];
  },
});

const COMPUTES =
  /\.(predict|predictOnBatch|execute|executeAsync|fit|fitDataset|classify|detect\w*|estimate\w+|segment\w*|embed)\(/;

function isSetBackend(call: Call): boolean {
  return /^@tensorflow\/tfjs[\w-]*(\.default)?\.setBackend$/.test(call.name ?? '');
}

function isCpu(call: Call, program: Program): boolean {
  const [backend] = call.node.args;
  const value = isSetBackend(call) && backend ? program.constant(backend.value) : undefined;
  return value?.kind === 'known' && value.value === 'cpu';
}

/** In a `catch`, after a test, or in the callback of one: what is left when the others fail. */
function isFallback(call: Call, program: Program): boolean {
  const { statements } = enclosing(program.module, call.node);
  if (/\.catch\(|\|\||\?\?|\?[^.]/.test(program.text(program.statement(call.node) ?? call.node))) return true;
  return isInHandler(program, call.node) || statements.some(({ kind }) => kind === 'if' || kind === 'match');
}
