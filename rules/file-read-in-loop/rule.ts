import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { isConditional } from '../shared/conditional.ts';
import { namesOf } from '../shared/namesOf.ts';
import { FileChanges } from './fileChanges.ts';
import { hoistFix } from './hoist.ts';
import { pathOf, readsFixedFile } from './reads.ts';

interface State {
  readonly call: Call;
  /** Outermost loop in whose every turn the call reads the same. */
  readonly loop: Loop;
  /** Function that the loop calls, when the read is not in the loop itself. */
  readonly through: FunctionDefinition | undefined;
  /** Names of the whole file, for the fix. */
  readonly names: NameIndex;
}

type Repetition = Pick<State, 'loop' | 'through'>;

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
    let changes: FileChanges | undefined;
    let names: NameIndex | undefined;
    for (const call of program.calls) {
      if (!readsFixedFile(program, call) || call.place.isMemoised) continue;
      changes ??= new FileChanges(program);
      const found = repeatingLoop(program, call, changes) ?? callingLoop(program, call, changes);
      if (!found) continue;
      names ??= namesOf(program);
      yield report(program, { call, ...found, names });
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
    const fix = hoistFix(program, state.call, state.loop, state.names);
    return fix === undefined ? [] : [fix];
  },
});

/** Outermost loop around the call for which every argument is the same in each turn. */
function repeatingLoop(program: Program, call: Call, changes: FileChanges): Repetition | undefined {
  let outermost: Loop | undefined;
  for (const loop of call.place.loops) {
    if (!isInvariant(program, call, loop) || isConditional(program, call.node, loop)) break;
    if (repeats(loop)) outermost = loop;
  }
  return outermost && !changes.isIn(outermost) ? { loop: outermost, through: undefined } : undefined;
}

/** Loop that calls the function around the read, which reads the same whatever its parameters are. */
function callingLoop(program: Program, call: Call, changes: FileChanges): Repetition | undefined {
  const owner = call.place.function;
  if (owner === undefined || call.place.loops.length > 0 || owner.name === '__init__' || owner.name === 'main')
    return undefined;
  if (!isInvariant(program, call, owner) || isConditional(program, call.node, owner.bodySpan)) return undefined;
  if (changes.isIn(owner)) return undefined;
  for (const site of program.callsTo(owner)) {
    const loop = site.place.loops.findLast(repeats);
    if (!loop || site.place.isMemoised || isConditional(program, site.node, loop)) continue;
    if (!changes.isIn(loop)) return { loop, through: owner };
  }
  return undefined;
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
    related: [{ span: loop.head, message: 'Loop starts here' }],
    state,
  };
}
