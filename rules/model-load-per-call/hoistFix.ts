import type { Fix } from '../../src/core/engine/rule.ts';
import { hoistStatement } from '../../src/core/fixes/hoistStatement.ts';
import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { enclosing } from '../shared/enclosing.ts';
import { isQuietLoop } from '../shared/quietLoop.ts';

/** Moves `model = load(…)` from a loop's body to the line before the loop. */
export function hoistFix(load: Call, loop: Loop, program: Program, names: NameIndex): Fix | undefined {
  const { statements } = enclosing(program.module, load.node);
  const assign = statements.at(-1);
  const outer = statements.findLast(({ kind }) => kind === 'for' || kind === 'while');
  if (assign?.kind !== 'assign' || (outer?.kind !== 'for' && outer?.kind !== 'while')) return undefined;
  if (outer.start !== loop.start || outer.end !== loop.end) return undefined;
  const hoisted = hoistStatement(program.module, assign, outer, names);
  if (!hoisted) return undefined;
  const fix = { title: 'Load the model once, before the loop', edits: hoisted.edits };
  const isSure =
    hoisted.isFirst &&
    (loop.tripCount ?? 0) > 0 &&
    assign.value === load.node &&
    isOnlyRun(load, hoisted.reads, program) &&
    isQuietLoop(program, outer, (call) => call === load || isPureInference(call));
  if (isSure) return { ...fix, safety: 'safe' };
  const reason =
    'All turns then share one model, so nothing in them may change it; it is loaded even when the loop has no turns, and before what stands above it.';
  return { ...fix, safety: 'suggestion', reason };
}

/** Every place that reads the variable runs the model and keeps nothing of it. */
function isOnlyRun(load: Call, reads: readonly { readonly start: number }[], program: Program): boolean {
  const runs = new Set(
    program
      .methodCalls(load)
      .filter(isPureInference)
      .flatMap(({ receiver }) => (receiver?.kind === 'name' ? [receiver.start] : [])),
  );
  return reads.length > 0 && reads.every(({ start }) => runs.has(start));
}

/** What encodes or classifies leaves the model as it was; generating may keep a cache or draw random numbers. */
function isPureInference({ api }: Call): boolean {
  return api?.roles.some((role) => role === 'encode' || role === 'embed') === true;
}
