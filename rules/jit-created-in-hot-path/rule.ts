import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import { relatedScale } from '../shared/relatedScale.ts';
import { type Compilation, compilations } from './compilations.ts';

export default defineRule<Compilation>({
  meta: {
    id: 'jit-created-in-hot-path',
    title: 'Function compiled again in every turn or request',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['jit-created-in-hot-path'],
    libraries: ['tensorflow', 'jax', 'numba'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const found of compilations(program)) yield report(found);
  },
});

function report(found: Compilation): Hit<Compilation> {
  const { place, compiler, scale } = found;
  return {
    span: { start: place.start, end: place.end },
    severity: 'warning',
    message: {
      what: `\`${compiler}\` gets a new function here ${scale.kind === 'request' ? 'for every request' : 'in every turn of the loop'} and compiles it again.`,
      why: 'The compiler keeps its results by function object; a new one is traced and compiled from the start, which takes from milliseconds to minutes.',
      advice: 'Define and compile the function once outside, and pass what changes as arguments.',
    },
    related: relatedScale(scale),
    state: found,
  };
}
