import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { indentationAt, isFirstOnLine, lineBreakOf, lineStart } from '../../src/core/text/layout.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { freeName } from '../shared/moduleScope.ts';
import { usesToyTable } from '../shared/toyTables.ts';
import { type MetricLoop, metricLoops } from './metricLoop.ts';
import { type RepeatedValidation, repeatedValidations } from './repeatedValidation.ts';

type State = RepeatedValidation | MetricLoop;

export default defineRule<State>({
  meta: {
    id: 'sklearn-repeated-cross-val',
    title: 'The same cross-validation once per metric',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['sklearn-repeated-cross-val'],
    libraries: ['sklearn'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || usesToyTable(program)) return;
    for (const repeated of repeatedValidations(program)) yield report(repeated);
    for (const found of metricLoops(program)) yield reportLoop(found);
  },

  effect({ state }): WorkloadChange {
    // A list of metrics has two at least.
    const repeats = 'calls' in state ? state.calls.length : (state.loop.tripCount ?? 2);
    return {
      before: { kind: 'classical-fit', unit: 'run', engine: 'sklearn', repeats },
      after: { repeats: 1 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const edits = 'calls' in state ? togetherEdits(program, state) : undefined;
    if (edits === undefined) return [];
    return [
      {
        title: 'Compute all metrics in one cross-validation',
        safety: 'suggestion',
        edits,
        reason:
          'The metrics come from the same fits then; an estimator or splitter without random_state gave each its own.',
      },
    ];
  },
});

/** One `cross_validate` before the first call, and `scores["test_f1"]` for each call. */
function togetherEdits(program: Program, { calls, metrics, common }: RepeatedValidation): readonly Edit[] | undefined {
  const [first] = calls;
  const statement = first && program.statement(first.node);
  const { text } = program.module;
  if (!first || !statement || !isFirstOnLine(text, statement.start)) return undefined;
  const at = statement.start;
  const imported = importEdit(program.module, { module: 'sklearn.model_selection', name: 'cross_validate', at });
  if (imported === undefined) return undefined;
  const scores = freeName(program.module, 'scores');
  const list = metrics.map((metric) => `"${metric}"`).join(', ');
  const line = `${scores} = ${imported.local}(${[...common, `scoring=[${list}]`].join(', ')})`;
  const start = lineStart(text, at);
  return [
    ...imported.edits,
    { span: { start, end: start }, text: `${indentationAt(text, at)}${line}${lineBreakOf(text)}` },
    ...calls.map(({ node }, index) => ({
      span: { start: node.start, end: node.end },
      text: `${scores}["test_${metrics[index]}"]`,
    })),
  ];
}

const WHY =
  'Each call fits the model on every fold again; computing a further metric on a fitted fold costs next to nothing.';

function reportLoop(state: MetricLoop): Hit<State> {
  const { node } = state.call;
  return {
    span: { start: node.start, end: node.end },
    severity: 'information',
    message: {
      what: 'The same model is cross-validated once for each metric of the loop.',
      why: WHY,
      advice: 'Call `cross_validate(…, scoring=[…])` once, with all metrics, and read `scores["test_…"]` in the loop.',
      condition: 'The saving depends on what one fit costs.',
    },
    related: [{ span: state.loop.head, message: 'runs in every turn of this loop' }],
    state,
  };
}

function report(state: RepeatedValidation): Hit<State> {
  const { calls, metrics } = state;
  const [, second, ...later] = calls;
  const span = second?.node ?? calls[0]?.node ?? { start: 0, end: 0 };
  return {
    span: { start: span.start, end: span.end },
    severity: 'information',
    message: {
      what: `The same model is cross-validated ${calls.length} times, once for each metric.`,
      why: WHY,
      advice: `Call \`cross_validate(…, scoring=[${metrics.map((metric) => `"${metric}"`).join(', ')}])\` once.`,
      condition: 'The saving depends on what one fit costs.',
    },
    related: [calls[0], ...later].flatMap((call) =>
      call ? [{ span: call.node, message: 'the same cross-validation' }] : [],
    ),
    state,
  };
}
