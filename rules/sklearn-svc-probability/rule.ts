import { defineRule, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import { removeArgument } from '../../src/core/fixes/callEdits.ts';
import type { Argument } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { WorkloadChange } from '../../src/energy/workload.ts';
import { isFitHere } from './fitting.ts';

interface State {
  readonly call: Call;
  readonly argument: Argument;
}

/** Toy data sets of scikit-learn: fitting them costs nothing worth a report. */
const TOY_DATA = /^sklearn\.datasets\.(load_(iris|digits|wine|breast_cancer|diabetes)|make_\w+)$/;
/** What asks the classifier for probabilities, by a method or through a library that does. */
const PROBABILITY_USERS =
  /(^|_|\b)(predict_\w*proba|predict_|proba|decision_proba|soft|softmax|roc_auc\w*|log_loss|lime(_\w+)?|shap|neg_log_loss|brier\w*|plot_roc\w*|scikitplot|average_precision\w*|probabilit(y|ies)_\w*)(_|\b)|StackingClassifier|CalibratedClassifier|VotingClassifier/i;

export default defineRule<State>({
  meta: {
    id: 'sklearn-svc-probability',
    title: 'Support vector classifier fits probabilities that nothing reads',
    category: 'training-efficiency',
    languages: ['python'],
    tier: 'recommended',
    fixes: ['safe', 'suggestion'],
    catalogue: ['sklearn-svc-probability'],
    libraries: ['sklearn'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || program.calls.some((call) => TOY_DATA.test(call.name ?? ''))) return;
    let asksForProbabilities: boolean | undefined;
    for (const call of program.calls) {
      const argument = probabilityArgument(program, call);
      if (argument === undefined || !isFitHere(program, call)) continue;
      asksForProbabilities ??= PROBABILITY_USERS.test(withoutComments(program));
      if (asksForProbabilities) return;
      yield report({ call, argument });
    }
  },

  effect(): WorkloadChange {
    return {
      before: { kind: 'classical-fit', unit: 'run', engine: 'sklearn', repeats: 6 },
      after: { repeats: 1 },
      alsoSaves: ['latency'],
    };
  },

  fixes({ state }, program): readonly Fix[] {
    const { call, argument } = state;
    const edit = removeArgument(call.node, argument, program.module.text);
    if (edit === undefined) return [];
    const fix = { title: 'Remove probability=True', edits: [edit] };
    // A name or a condition is True here only as far as this file can tell.
    if (argument.value.kind === 'literal' && argument.value.value === true) return [{ ...fix, safety: 'safe' }];
    const reason = 'The value comes from elsewhere in the file, and may be meant to be switched.';
    return [{ ...fix, safety: 'suggestion', reason }];
  },
});

function probabilityArgument(program: Program, call: Call): Argument | undefined {
  if (call.api?.name !== 'sklearn.svm.SVC' && call.api?.name !== 'sklearn.svm.NuSVC') return undefined;
  return call.node.args.find((argument) => {
    const constant = argument.name === 'probability' ? program.constant(argument.value) : undefined;
    return constant?.kind === 'known' && constant.value === true;
  });
}

function withoutComments(program: Program): string {
  const { text, comments } = program.module;
  const parts: string[] = [];
  let offset = 0;
  for (const { start, end } of comments) {
    parts.push(text.slice(offset, start));
    offset = end;
  }
  return [...parts, text.slice(offset)].join(' ');
}

function report(state: State): Hit<State> {
  return {
    span: state.argument,
    severity: 'information',
    message: {
      what: 'The classifier is fitted six times to offer probabilities that this file never asks for.',
      why: '`probability=True` adds an internal five-fold cross-validation for Platt scaling to the fit.',
      advice:
        'Remove it; where probabilities are needed later, CalibratedClassifierCV(SVC(), ensemble=False) is the replacement.',
      condition: 'The saving depends on the number of rows and on how often the model is fitted.',
    },
    related: [],
    state,
  };
}
