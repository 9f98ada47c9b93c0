import type { Expression } from '../../src/core/ir/expression.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/**
 * How often a loaded model works, as far as this file tells. `request` and `items`: in a handler or a loop over items;
 * `once`: only on literals outside both, a demonstration; `unknown`: it leaves the file or its inputs are not known.
 */
export type UsageScale = 'request' | 'items' | 'once' | 'unknown';

/** Fewer literal inputs than this are a demonstration. */
const MANY = 5;

export function usageScale(load: Call, program: Program): UsageScale {
  const calls = program.methodCalls(load);
  const scales = calls.map((call) => callScale(call, program));
  if (load.place.entryPoint) scales.push('request');
  for (const scale of ['request', 'items'] as const) if (scales.includes(scale)) return scale;
  const leaves = program.uses(load).some(({ kind }) => kind !== 'other');
  return calls.length > 0 && !leaves && scales.every((scale) => scale === 'once') ? 'once' : 'unknown';
}

function callScale(call: Call, program: Program): UsageScale {
  if (call.place.entryPoint) return 'request';
  const { loops, perItem, externalLoops } = call.place;
  if ([...loops, ...(perItem ? [perItem] : []), ...externalLoops].some(repeats)) return 'items';
  if (runsOnce(call, program, 0)) return 'once';
  const isLiteral = call.node.args.every(({ value }) => isWritten(value, program));
  return isLiteral ? 'once' : 'unknown';
}

const LONGEST_CHAIN = 3;

/** Reached once when the script runs: at module level, or in functions that only such places call and nothing exports. */
function runsOnce(call: Call, program: Program, depth: number): boolean {
  if (call.place.entryPoint || call.place.loops.length > 0) return false;
  const owner = call.place.function;
  if (!owner) return true;
  if (depth >= LONGEST_CHAIN || owner.name === undefined || isExported(owner.name, program)) return false;
  const callers = program.callsTo(owner);
  return callers.length > 0 && callers.every((caller) => runsOnce(caller, program, depth + 1));
}

function isExported(name: string, { module }: Program): boolean {
  if (module.language === 'python') return false;
  if (/\b(module\.)?exports\b/.test(module.text)) return true;
  return module.body.some(
    (statement) =>
      statement.kind === 'export' &&
      (statement.names.some(({ local }) => local === name) ||
        (statement.value?.kind === 'name' && statement.value.name === name)),
  );
}

function repeats({ purpose, tripCount }: Pick<Loop, 'purpose' | 'tripCount'>): boolean {
  if (purpose === 'messages' || purpose === 'frames') return true;
  if (purpose !== 'items' && purpose !== 'batches') return false;
  return tripCount === undefined || tripCount >= MANY;
}

/** Written out in the source: a literal, or a short list or object of them. */
function isWritten(value: Expression, program: Program): boolean {
  if (value.kind === 'literal') return true;
  if (value.kind === 'sequence')
    return value.elements.length < MANY && value.elements.every((element) => isWritten(element, program));
  if (value.kind === 'mapping') return value.entries.every((entry) => isWritten(entry.value, program));
  if (program.constant(value).kind === 'known') return true;
  const values = program.values(value);
  return values.every(
    (part) =>
      part.kind === 'constant' || (part.kind === 'collection' && part.node !== value && isWritten(part.node, program)),
  );
}
