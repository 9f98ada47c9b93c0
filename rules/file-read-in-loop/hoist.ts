import type { Fix } from '../../src/core/engine/rule.ts';
import { hoistStatement } from '../../src/core/fixes/hoistStatement.ts';
import type { NameIndex, Occurrence } from '../../src/core/fixes/nameIndex.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { enclosing } from '../shared/enclosing.ts';
import { isQuietLoop } from '../shared/quietLoop.ts';

/** Reads that give a string or bytes: sharing one changes nothing. */
const IMMUTABLE = /^read_(text|bytes)$/;
/** Methods and attributes that change the value, or move a handle on: sharing it would change every later turn. */
const CHANGES =
  /^(append|extend|insert|pop|popitem|remove|clear|update|setdefault|sort|reverse|drop|fillna|dropna|rename|set_index|reset_index|itemset|fill|resize|read|readline|readlines|seek|close)$/;
/** Built-in functions that read a value and keep nothing of it. */
const ONLY_READS = new Set(['print', 'len', 'str', 'repr', 'isinstance', 'bool', 'type']);

/**
 * Moves `name = read(…)` from the body of a `for` above it. `undefined` where that could change what runs. Safe only where the
 * loop proves its turns, nothing it does can change the file, and no part of a mutable result is handed on.
 */
export function hoistFix(program: Program, call: Call, loop: Loop, names: NameIndex): Fix | undefined {
  const { statements } = enclosing(program.module, call.node);
  const assign = statements.at(-1);
  const outer = statements.find(({ kind, start, end }) => kind === 'for' && start === loop.start && end === loop.end);
  if (assign?.kind !== 'assign' || assign.value !== call.node || outer?.kind !== 'for') return undefined;
  // What hands out parts can be read through once only.
  if (call.node.args.some(({ name }) => name === 'chunksize' || name === 'iterator')) return undefined;
  const hoisted = hoistStatement(program.module, assign, outer, names);
  if (!hoisted) return undefined;
  const usages = hoisted.reads.map((read) => usageOf(program, call, read));
  if (usages.includes('changed')) return undefined;
  const fix = { title: 'Read once, before the loop', edits: hoisted.edits };
  const isSure =
    hoisted.isFirst &&
    (loop.tripCount ?? 0) > 0 &&
    usages.every((usage) => usage === 'read') &&
    isQuietLoop(program, outer, (other) => other === call);
  if (isSure) return { ...fix, safety: 'safe' };
  const reason =
    'Every turn then shares one object, and the file is read even when the loop has no turns, and before what stands above it.';
  return { ...fix, safety: 'suggestion', reason };
}

function usageOf(program: Program, read: Call, { expression }: Occurrence): 'changed' | 'handed-on' | 'read' {
  if (IMMUTABLE.test(methodName(read) ?? '')) return 'read';
  const parent = expression && program.parent(expression);
  switch (parent?.kind) {
    case 'attribute':
      return CHANGES.test(parent.name) ? 'changed' : 'handed-on';
    case 'subscript':
      return isStored(program, parent) ? 'changed' : 'handed-on';
    case 'call': {
      const name = program.callOf(parent)?.name ?? '';
      return parent.callee !== expression && ONLY_READS.has(name.replace(/^builtins\./, '')) ? 'read' : 'handed-on';
    }
    case 'template':
      return 'read';
    case 'operation':
      return /^(==|!=|is|is not|in|not in|not|<|>|<=|>=)$/.test(parent.operator) ? 'read' : 'handed-on';
    default:
      return 'handed-on';
  }
}

/** `df["x"] = …`, `df.loc[i, "x"] += …`, `del df["x"]`. */
function isStored(program: Program, part: Parameters<Program['parent']>[0]): boolean {
  let whole = part;
  for (;;) {
    const parent = program.parent(whole);
    if (parent?.kind === 'assign') return parent.targets.some((target) => target === whole);
    if (parent?.kind === 'opaque') return true;
    if ((parent?.kind === 'subscript' || parent?.kind === 'attribute') && parent.object === whole) whole = parent;
    else return false;
  }
}
