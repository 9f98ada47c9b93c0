import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { readNames } from '../shared/expressionNames.ts';
import { namesOf } from '../shared/namesOf.ts';

/** `for metric in ["accuracy", "f1"]: cross_val_score(model, X, y, scoring=metric)`. */
export interface MetricLoop {
  readonly call: Call;
  readonly loop: Loop;
}

export function metricLoops(program: Program): readonly MetricLoop[] {
  return program.calls.flatMap((call) => {
    const loop = call.name === 'sklearn.model_selection.cross_val_score' ? metricLoop(program, call) : undefined;
    return loop ? [{ call, loop }] : [];
  });
}

/** The loop whose item is the metric, and nothing else that the call is given. */
function metricLoop(program: Program, call: Call): Loop | undefined {
  const { args } = call.node;
  const scoring = args.find(({ name }) => name === 'scoring');
  if (scoring?.value.kind !== 'name' || args.some(({ spread }) => spread !== undefined)) return undefined;
  const metric = scoring.value.name;
  const loop = call.place.loops.find(({ target }) => target && readNames(target).includes(metric));
  if (!loop || loop.form === 'while' || (loop.tripCount ?? 2) < 2) return undefined;
  const others = args.filter((argument) => argument !== scoring).map(({ value }) => value);
  if (others.some((value) => program.dependsOn(value, loop))) return undefined;
  const read = others.flatMap((value) => readNames(value).map((name) => ({ name, value })));
  const isRebound = read.some(({ name, value }) =>
    namesOf(program)
      .variable(name, value)
      .some((occurrence) => occurrence.kind !== 'read' && contains(loop, occurrence)),
  );
  return isRebound || isChanged(program, call, loop, new Set(read.map(({ name }) => name))) ? undefined : loop;
}

/** A turn calls a method of what it cross-validates: `model.set_params(…)`. */
function isChanged(program: Program, call: Call, loop: Loop, names: ReadonlySet<string>): boolean {
  return program.calls.some(({ node, receiver }) => {
    // `cross_val_score(…).mean()`.
    if (!receiver || !contains(loop, node) || contains(receiver, call.node)) return false;
    return readNames(receiver).some((name) => names.has(name));
  });
}
