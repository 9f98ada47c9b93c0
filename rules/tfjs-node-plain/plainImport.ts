import type { CallExpression } from '../../src/core/ir/expression.ts';
import type { ImportStatement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';

/** Packages that bring no backend. Anything else of the scope (`-node`, `-backend-wasm`, `-react-native`) may bring one. */
const WITHOUT_BACKEND = /^@tensorflow\/tfjs(-core|-layers|-converter|-data|-vis)?$/;
const BACKENDS = [
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-node-gpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgpu',
  '@tensorflow/tfjs-react-native',
];
/** The file starts the program, so nothing ran before it that could have registered a backend. */
const STARTS = /\.listen\(|\bprocess\.argv\b|\brequire\.main\b|^#!/;

export type PlainImport = ImportStatement | CallExpression;

/**
 * The import of `@tensorflow/tfjs` in a program that is proved to register no other backend: the manifests name none, or the file
 * starts the program and imports none of the project's own files.
 */
export function plainImport(program: Program): PlainImport | undefined {
  let plain: PlainImport | undefined;
  let hasOwnImports = false;
  for (const { node } of walk(program.module.body)) {
    const source = node.kind === 'import' ? node.module : node.kind === 'call' ? requiredModule(node) : undefined;
    if (source === undefined || (node.kind !== 'import' && node.kind !== 'call')) continue;
    if (/tfjs/.test(source) && source.startsWith('@tensorflow/') && !WITHOUT_BACKEND.test(source)) return undefined;
    if (/^[.@~#]?\.?\//.test(source)) hasOwnImports = true;
    if (source === '@tensorflow/tfjs') plain ??= node;
  }
  const declared = BACKENDS.map((name) => program.environment.versions.version(name).kind);
  if (declared.includes('known')) return undefined;
  const isProved = declared.every((kind) => kind === 'absent') || (!hasOwnImports && STARTS.test(program.module.text));
  return isProved ? plain : undefined;
}

/** Specifier of `require('x')` and of `import('x')`, which lowering keeps as a call. */
function requiredModule({ callee, args }: CallExpression): string | undefined {
  const source = args[0]?.value;
  if (callee.kind !== 'name' || (callee.name !== 'require' && callee.name !== 'import')) return undefined;
  return source?.kind === 'literal' && typeof source.value === 'string' ? source.value : undefined;
}
