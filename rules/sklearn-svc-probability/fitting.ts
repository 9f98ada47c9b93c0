import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from '../shared/devices.ts';
import { namesOf } from '../shared/namesOf.ts';

/** What fits a classifier as its part and asks it for classes or decision values alone. */
const WRAPPERS =
  /^((sklearn|imblearn)\.pipeline\.(Pipeline|make_pipeline)|sklearn\.model_selection\.(GridSearchCV|RandomizedSearchCV|HalvingGridSearchCV|HalvingRandomSearchCV)|sklearn\.multiclass\.OneVs(Rest|One)Classifier)$/;
const VALIDATIONS =
  /^sklearn\.model_selection\.(cross_val_score|cross_validate|cross_val_predict|learning_curve|validation_curve)$/;
/** Functions that look at a model and keep none of it. */
const LOOKS = /^(builtins\.(print|len|str|repr|type|enumerate|zip)|sklearn\.metrics\.\w+(\.from_estimator)?)$/;
/** Parts of a fitted pipeline or search in which the classifier is. */
const PARTS = /^(best_estimator_|estimator_?|estimators_?|named_steps|steps|named_estimators_?)$/;
/** A search in a pipeline in a search. */
const MOST_HOPS = 4;

/**
 * Fitted in this file, alone or in a pipeline or a search, and kept in it: a classifier that is returned, stored or pickled may be
 * asked for probabilities elsewhere.
 */
export function isFitHere(program: Program, call: Call): boolean {
  return fittingOf(program, call, 0) === 'fitted';
}

type Fitting = 'fitted' | 'unfitted' | 'leaves';

function fittingOf(program: Program, call: Call, hops: number): Fitting {
  if (hops > MOST_HOPS) return 'leaves';
  const methods = program.methodCalls(call);
  const isFitted = methods.some((method) => methodName(method) === 'fit');
  const found = program.uses(call).map(({ expression }) => fittingAt(program, expression, hops));
  // `fit` and `set_params` of every estimator give the estimator itself.
  const same = hops > 0 ? methods.filter((method) => /^(fit|set_params)$/.test(methodName(method) ?? '')) : [];
  found.push(...same.map((method) => fittingOf(program, method, hops + 1)));
  if (hops > 0) found.push(...partsOf(program, call).map((part) => fittingAt(program, part, hops)));
  if (found.includes('leaves')) return 'leaves';
  return isFitted || found.includes('fitted') ? 'fitted' : 'unfitted';
}

/** What becomes of a model where it is named. */
function fittingAt(program: Program, expression: Expression, hops: number): Fitting {
  const parent = program.parent(expression);
  if (
    parent?.kind === 'sequence' ||
    (parent?.kind === 'mapping' && parent.entries.some(({ value }) => value === expression))
  )
    return fittingAt(program, parent, hops);
  if (parent?.kind === 'call') return fittingBy(program, expression, program.callOf(parent), hops);
  if (parent?.kind === 'attribute' || parent?.kind === 'expression') return 'unfitted';
  if (parent?.kind === 'for' && parent.iterable === expression) return 'unfitted';
  if (parent?.kind === 'comprehension') return 'unfitted';
  if (parent?.kind !== 'assign' || parent.value !== expression) return 'leaves';
  const [target] = parent.targets;
  if (parent.targets.length !== 1 || target?.kind !== 'name') return 'leaves';
  const reads = namesOf(program).variable(target.name, target);
  const found = reads.flatMap(({ kind, expression: read }) =>
    kind === 'read' && read ? [fittingAt(program, read, hops + 1)] : [],
  );
  if (hops > MOST_HOPS || found.includes('leaves')) return 'leaves';
  return found.includes('fitted') ? 'fitted' : 'unfitted';
}

function fittingBy(program: Program, argument: Expression, call: Call | undefined, hops: number): Fitting {
  // Called like a function: no estimator is.
  if (call === undefined || call.node.callee === argument) return 'leaves';
  const name = call.name ?? '';
  if (WRAPPERS.test(name)) return fittingOf(program, call, hops + 1);
  if (VALIDATIONS.test(name)) return 'fitted';
  return LOOKS.test(name) ? 'unfitted' : 'leaves';
}

/** `search.best_estimator_`, `pipe.named_steps` where they are read. */
function partsOf(program: Program, wrapper: Call): readonly Expression[] {
  return program.once(partReads).filter(({ object }) => program.origin(object) === wrapper);
}

function partReads(program: Program): readonly (Expression & { readonly kind: 'attribute' })[] {
  const found: (Expression & { readonly kind: 'attribute' })[] = [];
  for (const { node } of walk(program.module.body)) {
    if (node.kind === 'attribute' && PARTS.test(node.name)) found.push(node);
  }
  return found;
}
