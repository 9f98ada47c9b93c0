import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { javascriptRuntime } from './javascriptRuntime.ts';

/** What a fix that asks the adapter depends on. */
export const SHADER_F16_REASON =
  'Results change slightly, and the files in half precision must exist. In TypeScript `navigator.gpu` needs the types of @webgpu/types.';

/**
 * Code that takes `half` where the GPU computes 16-bit shaders and `other` elsewhere, for a place inside an awaited load:
 * WebGPU throws on half precision without the feature. `undefined` where the place cannot wait, or outside of a browser.
 */
export function f16Choice(
  place: Expression,
  load: Call,
  half: string,
  other: string,
  program: Program,
): string | undefined {
  const isAwaited = program.parent(load.node)?.kind === 'await';
  if (!isAwaited || !contains(load.node, place) || javascriptRuntime(program) === 'node') return undefined;
  const quote = program.module.text.includes("'") ? "'" : '"';
  const feature = `(await navigator.gpu?.requestAdapter())?.features.has(${quote}shader-f16${quote})`;
  return `${feature} ? ${quote}${half}${quote} : ${quote}${other}${quote}`;
}
