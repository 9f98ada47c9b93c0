import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { type Growth, growthOf } from './growth.ts';
import { type TurnCount, turnsOf } from './loopScale.ts';
import { partsFix } from './partsFix.ts';

export default defineRule<Growth>({
  meta: {
    id: 'pandas-concat-in-loop',
    title: 'Table or array grown in a loop',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['pandas-concat-in-loop'],
    libraries: ['pandas', 'numpy'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    const seen = new Set<string>();
    for (const call of program.calls) {
      const growth = growthOf(program, call);
      const turns = growth && turnsOf(program, growth);
      if (!growth || !turns || (turns === 'unknown' && growth.library === 'numpy')) continue;
      // Two branches of one turn are one waste.
      const place = `${growth.name} ${growth.loop.start}`;
      if (seen.has(place)) continue;
      seen.add(place);
      yield report(growth, turns);
    }
  },

  fixes({ state }, program): readonly Fix[] {
    const fix = partsFix(program, state);
    return fix ? [fix] : [];
  },
});

function report(state: Growth, turns: TurnCount): Hit<Growth> {
  const { call, loop, caller, name, library } = state;
  const what = library === 'pandas' ? 'table' : 'array';
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'information',
    message: {
      what: caller
        ? `All of \`${name}\` is copied in every call to add one part, and a loop makes the calls.`
        : `All of \`${name}\` is copied in every turn of the loop to add one part.`,
      why: `The work grows with the square of the number of turns: the first part is copied as often as there are parts.`,
      advice:
        library === 'pandas'
          ? 'Append the parts to a list and call `pd.concat` once, after the loop.'
          : 'Append the parts to a list and call `np.concatenate` once, after the loop.',
      condition: `It depends on how many turns there are and how large the ${what} grows.`,
    },
    related: [
      { span: loop.head, message: 'Loop starts here' },
      ...(caller ? [{ span: caller.node, message: 'The call inside the loop' }] : []),
    ],
    requiresStrict: turns === 'unknown',
    state,
  };
}
