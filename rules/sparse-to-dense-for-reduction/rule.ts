import { defineRule, type Hit } from '../../src/core/engine/rule.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { usesToyTable } from '../shared/toyTables.ts';

interface State {
  readonly call: Call;
  readonly reduction: string;
}

/** Reductions that sparse matrices have themselves. */
const REDUCTIONS = /^(sum|mean|max|min)$/;
const NUMPY = /^numpy\.(sum|mean|max|min|amax|amin)$/;

export default defineRule<State>({
  meta: {
    id: 'sparse-to-dense-for-reduction',
    title: 'Sparse matrix filled up only to add it up',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'recommended',
    fixes: [],
    catalogue: ['sparse-to-dense-for-reduction'],
    libraries: ['sklearn', 'scipy'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || usesToyTable(program)) return;
    for (const call of program.calls) {
      if (!/^(toarray|todense)$/.test(methodName(call) ?? '') || call.node.args.length > 0) continue;
      const reduction = reductionOf(program, call);
      if (reduction !== undefined && isSparse(program, call)) yield report({ call, reduction });
    }
  },
});

/** `matrix.toarray().sum(axis=0)`, `np.sum(matrix.toarray(), axis=0)`: nothing else sees the dense form. */
function reductionOf(program: Program, call: Call): string | undefined {
  const parent = program.parent(call.node);
  if (parent?.kind === 'attribute' && REDUCTIONS.test(parent.name)) {
    const holder = program.parent(parent);
    return holder?.kind === 'call' && holder.callee === parent ? parent.name : undefined;
  }
  if (parent?.kind !== 'call' || parent.args[0]?.value !== call.node) return undefined;
  const name = program.callOf(parent)?.name ?? '';
  return NUMPY.test(name) ? name.replace(/^numpy\.a?/, '') : undefined;
}

/** What a vectorizer or a constructor of scipy made. */
function isSparse(program: Program, call: Call): boolean {
  const { callee } = call.node;
  const holder: Expression | undefined = call.receiver ?? (callee.kind === 'attribute' ? callee.object : undefined);
  const made = holder && program.origin(holder);
  if (made === undefined) return false;
  if (/^scipy\.sparse\./.test(made.name ?? '')) return true;
  if (!/^(fit_transform|transform)$/.test(methodName(made) ?? '') || made.receiver === undefined) return false;
  return /Vectorizer$|OneHotEncoder$|TfidfTransformer$/.test(program.origin(made.receiver)?.name ?? '');
}

function report(state: State): Hit<State> {
  const { call, reduction } = state;
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'information',
    message: {
      what: `The sparse matrix is filled up with zeros only to take its ${reduction}.`,
      why: 'A table of texts holds a word in a hundred or fewer places; the dense form is that much larger and is read once.',
      advice: `Call \`.${reduction}(axis=…)\` on the sparse matrix itself.`,
      condition: 'The saving depends on the size of the matrix.',
    },
    related: [],
    state,
  };
}
