import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains, type Span } from '../../src/core/text/span.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { hoistEdits } from './hoist.ts';
import { mayChangeFiles, pathOf, readsFixedFile } from './reads.ts';

interface State {
  readonly call: Call;
  /** Outermost loop in whose every turn the call reads the same. */
  readonly loop: Loop;
  /** Function that the loop calls, when the read is not in the loop itself. */
  readonly through: FunctionDefinition | undefined;
}

const FEWEST_TURNS = 3;

export default defineRule<State>({
  meta: {
    id: 'file-read-in-loop',
    title: 'Same file read again in every turn of a loop',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['safe', 'suggestion'],
    catalogue: ['read-file-in-loop-invariant'],
    libraries: [
      'pandas',
      'numpy',
      'cv2',
      'PIL',
      'torch',
      'tensorflow',
      'datasets',
      'transformers',
      'sklearn',
      'polars',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      if (!readsFixedFile(program, call) || call.place.isMemoised) continue;
      const found = repeatingLoop(program, call) ?? callingLoop(program, call);
      if (found) yield report(program, { call, ...found });
    }
  },

  effect({ state }): WorkloadChange {
    return {
      // Where the text does not count the turns, the fewest that are reported.
      before: { kind: 'read-data', unit: 'run', readsPerUnit: state.loop.tripCount ?? FEWEST_TURNS },
      after: { readsPerUnit: 1 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    if (state.through !== undefined) return [];
    const hoisted = hoistEdits(program, state.call, state.loop);
    if (hoisted === undefined) return [];
    const isSure = (state.loop.tripCount ?? 0) > 0 && !hoisted.isUsedElsewhere;
    return [
      isSure
        ? { title: 'Read once, before the loop', safety: 'safe', edits: hoisted.edits }
        : {
            title: 'Read once, before the loop',
            safety: 'suggestion',
            edits: hoisted.edits,
            reason: 'Every turn then shares one object, and the file is read even when the loop has no turns.',
          },
    ];
  },
});

/** Outermost loop around the call for which every argument is the same in each turn. */
function repeatingLoop(program: Program, call: Call): Pick<State, 'loop' | 'through'> | undefined {
  let outermost: Loop | undefined;
  for (const loop of call.place.loops) {
    if (!isInvariant(program, call, loop) || isConditional(program, call, loop)) break;
    if (repeats(loop)) outermost = loop;
  }
  return outermost && !mayChangeFiles(program, outermost) ? { loop: outermost, through: undefined } : undefined;
}

/** Loop that calls the function around the read, which reads the same whatever its parameters are. */
function callingLoop(program: Program, call: Call): Pick<State, 'loop' | 'through'> | undefined {
  const owner = call.place.function;
  if (owner === undefined || call.place.loops.length > 0 || owner.name === '__init__' || owner.name === 'main')
    return undefined;
  if (!isInvariant(program, call, owner) || isConditional(program, call, owner.bodySpan)) return undefined;
  if (mayChangeFiles(program, owner)) return undefined;
  for (const site of program.callsTo(owner)) {
    const loop = site.place.loops.findLast(repeats);
    if (!loop || site.place.isMemoised || isConditional(program, site, loop)) continue;
    if (!mayChangeFiles(program, loop)) return { loop, through: owner };
  }
  return undefined;
}

/** Under a condition, a handler or a `match` inside the scope: it may run once, or never. */
function isConditional(program: Program, call: Call, scope: Span): boolean {
  for (const { kind, node } of walk(program.module.body)) {
    if (kind !== 'statement' || !contains(scope, node) || !contains(node, call.node)) continue;
    if (node.kind === 'match' || (node.kind === 'if' && !contains(node.test, call.node))) return true;
    if (node.kind === 'try' && !node.body.some((inner) => contains(inner, call.node))) return true;
  }
  return false;
}

function isInvariant(program: Program, call: Call, scope: Loop | FunctionDefinition): boolean {
  const path = pathOf(call);
  if (path === undefined || program.dependsOn(path, scope)) return false;
  return call.node.args.every(({ value }) => !program.dependsOn(value, scope));
}

function repeats(loop: Loop): boolean {
  if (loop.form === 'while' || (loop.tripCount ?? FEWEST_TURNS) < FEWEST_TURNS) return false;
  return (
    loop.purpose === 'items' || loop.purpose === 'epochs' || loop.purpose === 'batches' || loop.purpose === 'unknown'
  );
}

function report(program: Program, state: State): Hit<State> {
  const { call, loop, through } = state;
  const path = pathOf(call);
  const file = path ? `\`${program.text(path)}\`` : 'The file';
  return {
    span: call.node,
    severity: 'warning',
    message: {
      what: through
        ? `${file} is read again each time the loop calls ${through.name ?? 'this function'}.`
        : `${file} is read again in every turn of the loop.`,
      why: 'Neither its path nor its other arguments depend on the loop, so each turn decodes the same bytes again.',
      advice: through
        ? 'Read it once and pass the result in, or cache the function with functools.cache.'
        : 'Read it once, before the loop.',
    },
    related: [{ span: loop.head, message: 'the loop starts here' }],
    state,
  };
}
