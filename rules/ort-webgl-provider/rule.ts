import { defineRule, type Edit } from '../../src/core/engine/rule.ts';
import type { Expression, SequenceExpression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isAtLeast } from '../shared/versions.ts';
import { writtenSource } from '../shared/writtenSource.ts';

interface WebGl {
  readonly providers: SequenceExpression;
  readonly element: Expression;
}

export default defineRule<WebGl>({
  meta: {
    id: 'ort-webgl-provider',
    title: 'Deprecated WebGL provider of ONNX Runtime Web',
    category: 'hardware-match',
    languages: ['typescript'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['ort-webgl-ep'],
    libraries: ['onnxruntime-web'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || !/onnxruntime-web/.test(program.module.text) || isOld(program)) return;
    const seen = new Set<number>();
    for (const call of program.calls) {
      const found = webGlOf(call, program);
      if (!found || seen.has(found.element.start)) continue;
      seen.add(found.element.start);
      const hasPath = /onnxruntime-web\/(webgl|all)['"]/.test(program.module.text);
      yield {
        span: { start: found.element.start, end: found.element.end },
        severity: 'information',
        message: {
          what: hasPath
            ? 'The session runs on the WebGL provider, which is deprecated and misses many operators.'
            : 'The plain import of ONNX Runtime Web holds no WebGL provider since 1.17, so the session fails or falls back to WebAssembly.',
          why: 'WebGPU has more operators, half precision and keeps data on the GPU; what WebGL lacks is computed elsewhere or not at all.',
          advice:
            "Import `onnxruntime-web/webgpu` and ask for `['webgpu', 'wasm']`; providers that the browser lacks are left out.",
          condition: 'It depends on the browsers and GPUs of your visitors.',
        },
        related: [{ span: { start: call.node.start, end: call.node.callee.end }, message: 'Session created here' }],
        state: found,
      };
    }
  },

  fixes({ state: { providers, element } }, program) {
    const quote = program.text(element)[0] ?? "'";
    if (element.kind !== 'literal' || !/['"`]/.test(quote)) return [];
    const names = providers.elements.map((item) => program.text(item));
    const others = names.filter((name) => !/webgl|webgpu|wasm/.test(name));
    const list = [`${quote}webgpu${quote}`, ...others, `${quote}wasm${quote}`].join(', ');
    return [
      {
        title: 'Use WebGPU, with WebAssembly as the fallback',
        safety: 'suggestion',
        reason: 'The bundle changes, and results differ slightly between providers.',
        edits: [{ span: { start: providers.start, end: providers.end }, text: `[${list}]` }, ...importEdits(program)],
      },
    ];
  },
});

/** The first version with paths for each provider (onnxruntime-web 1.17, 2024). */
function isOld(program: Program): boolean {
  const version = program.environment.versions.version('onnxruntime-web');
  return version.kind === 'known' && isAtLeast(version, '1.17.0') === 'no';
}

function webGlOf(call: Call, program: Program): WebGl | undefined {
  if (call.api?.name !== 'onnxruntime-common.InferenceSession.create') return undefined;
  const argument = call.argument('options.executionProviders');
  const providers = argument.kind === 'known' ? writtenSource(argument.value, program) : undefined;
  if (providers?.kind !== 'sequence') return undefined;
  const element = providers.elements.find((item) => nameOf(item, program) === 'webgl');
  return element && { providers, element };
}

/** `'webgl'` or `{ name: 'webgl' }`. */
function nameOf(item: Expression, program: Program): unknown {
  const value = item.kind === 'mapping' ? item.entries.find(({ key }) => key === 'name')?.value : item;
  const constant = value && program.constant(value);
  return constant?.kind === 'known' ? constant.value : undefined;
}

/** The specifier, also where it names the path of WebGL: of the import statement, or of `require` and `import()`. */
function importEdits(program: Program): readonly Edit[] {
  const { text } = program.module;
  const places = [
    ...program.module.body.filter((node) => node.kind === 'import' && WEBGL_BUILD.test(node.module)),
    ...program.calls.flatMap(({ node: { args } }) => {
      const [source] = args;
      const isBuild = source?.value.kind === 'literal' && WEBGL_BUILD.test(String(source.value.value));
      return isBuild && args.length === 1 ? [source.value] : [];
    }),
  ];
  return places.flatMap(({ start, end }): readonly Edit[] => {
    const match = /(['"`])onnxruntime-web(\/webgl)?\1/.exec(text.slice(start, end));
    if (!match) return [];
    const at = start + match.index;
    const quote = match[1] ?? "'";
    return [{ span: { start: at, end: at + match[0].length }, text: `${quote}onnxruntime-web/webgpu${quote}` }];
  });
}

const WEBGL_BUILD = /^onnxruntime-web(\/webgl)?$/;
