import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { removeStatement } from '../shared/removeStatement.ts';
import { type DebugMode, debugModes } from './debugModes.ts';

const EXPLAINS = /(^|\/)[^/]*(debug|anomal|profil|nan_?check|gradcheck)[^/]*(\/|$)/i;

export default defineRule<DebugMode>({
  meta: {
    id: 'debug-mode-left-on',
    title: 'Debugging aid left on in a training run',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['suggestion'],
    catalogue: ['torch-debug-mode-on'],
    libraries: ['torch', 'tensorflow', 'keras', 'lightning', 'pytorch_lightning', 'jax'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || EXPLAINS.test(program.path)) return;
    for (const mode of debugModes(program)) yield report(program, mode);
  },

  fixes({ state }, program): readonly Fix[] {
    const edit = state.isStatement ? removeStatement(program, state.span) : undefined;
    if (edit === undefined) return [];
    return [
      {
        title: `Delete ${state.name}`,
        safety: 'suggestion',
        edits: [edit],
        reason: 'What it checks is no longer checked: put it behind a flag where you still need it.',
      },
    ];
  },
});

function report(program: Program, mode: DebugMode): Hit<DebugMode> {
  const repeats = program.calls.some(isTrainingRun);
  return {
    span: { start: mode.span.start, end: mode.span.end },
    severity: repeats ? 'warning' : 'information',
    message: {
      what: `${mode.name} is on for the whole run.`,
      why: mode.cost,
      advice: 'Delete it, or put it behind a debug flag.',
      ...(repeats ? {} : { condition: 'The saving depends on how long this runs.' }),
    },
    related: [],
    state: mode,
  };
}

/** A loop over epochs or batches that trains, or a framework that runs one. */
function isTrainingRun({ place, api, node }: Call): boolean {
  const trains =
    api?.roles.includes('train') ||
    (node.callee.kind === 'attribute' && /^(backward|manual_backward|fit)$/.test(node.callee.name));
  if (!trains) return false;
  if (node.callee.kind === 'attribute' && node.callee.name === 'fit') return true;
  return place.loops.some(({ purpose }) => purpose === 'epochs' || purpose === 'batches');
}
