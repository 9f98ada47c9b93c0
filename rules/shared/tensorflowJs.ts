import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';

/** Packages that bind the whole of TensorFlow.js; `tfjs-layers` and `tfjs-core` bind a part. */
const WHOLE = /^(?:https:\/\/\S*\/(?:npm\/)?)?@tensorflow\/tfjs(?:-node|-node-gpu)?(?:@[\d.^~]+)?(?:\/\S*)?$/;
const LIBRARY = '@tensorflow/tfjs';
const ANY = /(^|\/)@tensorflow\/tfjs/;

/** How a file knows TensorFlow.js. */
export interface TensorFlowImport {
  /** Every specifier of a TensorFlow.js package, in source order. */
  readonly modules: readonly string[];
  /** Name that holds the whole library at module level: `tf`. */
  readonly namespace?: string;
}

/** Imports and requires of TensorFlow.js packages, or the variable that its script tag defines; `undefined` when the file has none. */
export function tensorFlowImport(program: Program): TensorFlowImport | undefined {
  return program.once(findImport);
}

function findImport(program: Program): TensorFlowImport | undefined {
  const { module } = program;
  const modules: string[] = [];
  let namespace: string | undefined;
  for (const { node } of walk(module.body)) {
    if (node.kind === 'import' && ANY.test(node.module)) {
      modules.push(node.module);
      const whole = node.names.find(({ imported }) => imported === '*' || imported === 'default');
      if (WHOLE.test(node.module)) namespace ??= whole?.local;
    }
    const source = node.kind === 'call' ? requiredModule(node) : undefined;
    if (source !== undefined && ANY.test(source)) modules.push(source);
    if (node.kind !== 'assign' || node.value?.kind !== 'call') continue;
    const required = requiredModule(node.value);
    const [target] = node.targets;
    if (required !== undefined && WHOLE.test(required) && target?.kind === 'name') namespace ??= target.name;
  }
  if (modules.length === 0) return scriptVariable(program);
  return { modules, ...(namespace === undefined ? {} : { namespace }) };
}

/** A page's `<script src>` gives the whole library as a global variable. */
function scriptVariable(program: Program): TensorFlowImport | undefined {
  for (const { node } of walk(program.module.body)) {
    if (node.kind !== 'name' || program.qualifiedName(node) !== LIBRARY) continue;
    return { modules: [LIBRARY], namespace: node.name };
  }
  return undefined;
}

function requiredModule(node: {
  readonly callee: { readonly kind: string; readonly name?: unknown };
  readonly args: readonly { readonly value: { readonly kind: string; readonly value?: unknown } }[];
}): string | undefined {
  if (node.callee.kind !== 'name' || node.callee.name !== 'require') return undefined;
  const source = node.args[0]?.value;
  return source?.kind === 'literal' && typeof source.value === 'string' ? source.value : undefined;
}
