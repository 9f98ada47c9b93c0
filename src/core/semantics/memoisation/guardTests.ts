import { childExpressions } from '../../ir/children.ts';
import type { Expression } from '../../ir/expression.ts';

export type TextOf = (node: Expression) => string;

/** Something that a body gives a value and that outlives it. */
export interface Kept {
  /** Source text of what is assigned, or of the container that it goes into. */
  readonly text: string;
  /** Entry of the container, where it is written out. */
  readonly key?: string;
}

/** True when a test looks at what is kept: `model is None`, `"model" not in cache`, `cache.get(key)`. */
export function asksFor(test: Expression, kept: Kept, textOf: TextOf): boolean {
  if (kept.text === '') return false;
  if (isNamed(test) && textOf(test) === kept.text) return true;
  const asked = entryAsked(test);
  // Another entry of the same container says nothing of this one.
  if (asked && kept.key !== undefined && textOf(asked.container) === kept.text) return asked.key === kept.key;
  if (asked?.isNameSpace) return asked.key === kept.text;
  return childExpressions(test).some((child) => asksFor(child, kept, textOf));
}

interface AskedEntry {
  readonly container: Expression;
  readonly key: string;
  /** `globals()`: its entries are the variables themselves. */
  readonly isNameSpace: boolean;
}

/** The entry that `"key" in container`, `container.get("key")`, `container["key"]` and `hasattr(container, "key")` look up. */
function entryAsked(test: Expression): AskedEntry | undefined {
  if (test.kind === 'operation' && /\bin\b/.test(test.operator)) return entryOf(test.operands[1], test.operands[0]);
  if (test.kind === 'subscript') return test.indices.length === 1 ? entryOf(test.object, test.indices[0]) : undefined;
  if (test.kind !== 'call') return undefined;
  const { callee, args } = test;
  if (callee.kind === 'attribute' && /^(get|has)$/.test(callee.name)) return entryOf(callee.object, args[0]?.value);
  if (callee.kind === 'name' && /^(hasattr|getattr)$/.test(callee.name)) return entryOf(args[0]?.value, args[1]?.value);
  return undefined;
}

function entryOf(container: Expression | undefined, key: Expression | undefined): AskedEntry | undefined {
  if (!container || key?.kind !== 'literal' || typeof key.value !== 'string') return undefined;
  const isNameSpace =
    container.kind === 'call' &&
    container.callee.kind === 'name' &&
    /^(globals|locals|vars)$/.test(container.callee.name);
  return { container, key: key.value, isNameSpace };
}

function isNamed({ kind }: Expression): boolean {
  return kind === 'name' || kind === 'attribute' || kind === 'subscript' || kind === 'call';
}
