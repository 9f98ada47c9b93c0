import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { type DuplicateRead, duplicateReads } from './duplicateReads.ts';
import { type SeparateRead, separateReads } from './separateReads.ts';

type State = DuplicateRead | SeparateRead;

const WHY = 'Parsing the file costs far more than copying what it gave.';
const CONDITION = 'The saving depends on the size of the file.';

export default defineRule<State>({
  meta: {
    id: 'duplicate-data-read',
    title: 'Same file read twice',
    category: 'redundant-data-loading',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['duplicate-data-read', 'duplicate-load-dataset'],
    libraries: ['pandas', 'datasets', 'numpy', 'polars', 'geopandas', 'scipy'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const duplicate of duplicateReads(program)) yield report(duplicate);
    for (const separate of separateReads(program)) yield reportSeparate(separate);
  },

  effect(): WorkloadChange {
    return {
      before: { kind: 'read-data', unit: 'run', device: 'cpu', readsPerUnit: 2 },
      after: { readsPerUnit: 1 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }): readonly Fix[] {
    if (!('isPristine' in state)) return [];
    const { first, second, isPristine } = state;
    const isFrame = /^(pandas|geopandas)\./.test(first.call.name ?? '');
    if (!isPristine || first.name === second.name || !isFrame) return [];
    const { node } = second.call;
    return [
      {
        title: `Copy \`${first.name}\``,
        safety: 'suggestion',
        edits: [{ span: { start: node.start, end: node.end }, text: `${first.name}.copy()` }],
        reason: 'Another program that writes the file between the two reads would not be seen any more.',
      },
    ];
  },
});

function reportSeparate(state: SeparateRead): Hit<State> {
  const { first, second, path, sites } = state;
  return {
    span: { start: second.node.start, end: second.node.end },
    severity: 'information',
    message: {
      what: `\`${path}\` is read in another place of the same run as well, with the same arguments.`,
      why: WHY,
      advice: 'Read it once and hand the table to both, with `.copy()` where it is going to be changed.',
      condition: CONDITION,
    },
    related: [
      { span: first.node, message: 'read here first' },
      ...sites.flatMap((site) =>
        site === first || site === second ? [] : [{ span: site.node, message: 'a read that this call leads to' }],
      ),
    ],
    state,
  };
}

function report(state: DuplicateRead): Hit<State> {
  const { first, second, path, isPristine } = state;
  // Prepared once, a data set of the hub is a memory-mapped file.
  const isCached = second.call.name === 'datasets.load_dataset';
  return {
    span: { start: second.call.node.start, end: second.call.node.end },
    severity: isPristine && !isCached ? 'information' : 'hint',
    message: {
      what: `\`${path}\` was read before, with the same arguments.`,
      why: isCached ? 'The hub is asked and the cache opened once more for what is there already.' : WHY,
      advice: isPristine
        ? `Use \`${first.name}\` again, or \`${first.name}.copy()\` where it is going to be changed.`
        : `Keep a copy of what the first read gave (\`raw = ${first.name}.copy()\`) and start from that.`,
      condition: CONDITION,
    },
    related: [{ span: first.call.node, message: 'read here first' }],
    state,
  };
}
