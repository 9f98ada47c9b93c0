import { defineRule } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { javascriptRuntime } from '../shared/javascriptRuntime.ts';

interface WebRuntimeOnNode {
  /** The module specifier with its quotes. */
  readonly specifier: Span;
}

export default defineRule<WebRuntimeOnNode>({
  meta: {
    id: 'ort-web-in-node',
    title: 'onnxruntime-web runs models on Node',
    category: 'hardware-match',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['ort-web-in-node'],
    libraries: ['onnxruntime-web'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || javascriptRuntime(program) !== 'node') return;
    const specifier = webSpecifier(program);
    const session = program.calls.find(({ api }) => api?.name === 'onnxruntime-common.InferenceSession.create');
    if (!specifier || !session) return;
    yield {
      span: specifier,
      severity: session.place.entryPoint || session.place.loops.length > 0 ? 'warning' : 'information',
      message: {
        what: '`onnxruntime-web` computes in WebAssembly here, although the file runs on Node.',
        why: 'The native binding takes about a quarter of the CPU time on one thread for the same model.',
        advice: "Import `onnxruntime-node`, which has the same API, and add it to the project's dependencies.",
        ...(session.place.entryPoint || session.place.loops.length > 0
          ? {}
          : { condition: 'The saving depends on how much the model is used.' }),
      },
      related: [{ span: { start: session.node.start, end: session.node.end }, message: 'Session created here' }],
      state: { specifier },
    };
  },

  effect() {
    return {
      before: { kind: 'encode', unit: 'item', engine: 'ort-web-wasm', device: 'cpu' },
      after: { engine: 'onnxruntime' },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state: { specifier } }, program) {
    const quote = program.text(specifier).slice(0, 1);
    return [
      {
        title: 'Import onnxruntime-node',
        safety: 'suggestion',
        reason:
          'The package has to be installed, and its binaries exist for Windows, macOS and Linux on x64 and arm64 only.',
        edits: [{ span: specifier, text: `${quote}onnxruntime-node${quote}` }],
      },
    ];
  },
});

/** The `'onnxruntime-web'` of the file's only ONNX Runtime import or `require`; nothing where the native one is there too. */
function webSpecifier({ module }: Program): Span | undefined {
  if (/['"]onnxruntime-node['"]/.test(module.text)) return undefined;
  const quoted = /(['"])onnxruntime-web\1/;
  for (const statement of module.body) {
    const isImport = statement.kind === 'import' && statement.module === 'onnxruntime-web';
    const isRequire =
      statement.kind === 'assign' &&
      statement.value?.kind === 'call' &&
      statement.value.callee.kind === 'name' &&
      statement.value.callee.name === 'require';
    const match = isImport || isRequire ? quoted.exec(module.text.slice(statement.start, statement.end)) : null;
    if (match) return { start: statement.start + match.index, end: statement.start + match.index + match[0].length };
  }
  return undefined;
}
