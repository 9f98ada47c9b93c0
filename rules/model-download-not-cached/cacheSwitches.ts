import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { enclosing } from '../shared/enclosing.ts';

/** Switches of Transformers.js whose default is on where it can work (4.3.1 `src/env.js`). */
const SWITCHES = /^(useBrowserCache|useFSCache|useWasmCache)$/;

/** `env.useBrowserCache = false` without a condition, on the `env` of Transformers.js. */
export function cacheSwitches(program: Program): readonly Span[] {
  const found: Span[] = [];
  for (const { node } of walk(program.module.body)) {
    if (node.kind !== 'assign' || !node.value) continue;
    const [target] = node.targets;
    if (target?.kind !== 'attribute' || !SWITCHES.test(target.name) || !isEnvironment(target.object, program)) continue;
    const value = program.constant(node.value);
    if (value.kind !== 'known' || value.value !== false || isConditional(node, program)) continue;
    found.push({ start: target.start, end: node.value.end });
  }
  return found;
}

function isEnvironment(object: Expression, program: Program): boolean {
  return /^@(huggingface|xenova)\/transformers(\.default)?\.env$/.test(program.qualifiedName(object) ?? '');
}

function isConditional(place: Span, program: Program): boolean {
  return enclosing(program.module, place).statements.some(({ kind }) => kind === 'if' || kind === 'match');
}
