import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { namesOf } from '../shared/namesOf.ts';

/** Cross-validations of one model on the same data and folds that differ in the metric alone, in source order. */
export interface RepeatedValidation {
  readonly calls: readonly Call[];
  /** Metric of each call. */
  readonly metrics: readonly string[];
  /** The other arguments as they are written. */
  readonly common: readonly string[];
}

interface Validation {
  readonly call: Call;
  readonly metric: string;
  readonly common: readonly string[];
  readonly body: readonly Statement[];
}

export function repeatedValidations(program: Program): readonly RepeatedValidation[] {
  const groups = new Map<string, Validation[]>();
  let names: NameIndex | undefined;
  for (const call of program.calls) {
    const validation = validationOf(program, call);
    if (!validation) continue;
    const key = validation.common.join('\n');
    const open = groups.get(key) ?? [];
    const last = open.at(-1);
    names ??= namesOf(program);
    if (!last) groups.set(key, [validation]);
    else if (last.body === validation.body && !isRebound(names, last.call, validation.call)) {
      if (!isChanged(program, last.call, validation.call)) open.push(validation);
    }
  }
  return [...groups.values()].flatMap((group) => {
    const metrics = group.map(({ metric }) => metric);
    if (new Set(metrics).size < 2 || new Set(metrics).size < metrics.length) return [];
    return [{ calls: group.map(({ call }) => call), metrics, common: group[0]?.common ?? [] }];
  });
}

function validationOf(program: Program, call: Call): Validation | undefined {
  if (call.name !== 'sklearn.model_selection.cross_val_score') return undefined;
  const scoring = call.node.args.find(({ name }) => name === 'scoring');
  const metric = scoring && program.constant(scoring.value);
  if (metric?.kind !== 'known' || typeof metric.value !== 'string') return undefined;
  if (call.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  const others = call.node.args.filter((argument) => argument !== scoring);
  // A splitter made in the call shuffles anew each time unless it is told not to.
  const common = others.map((argument) => program.text(argument).replace(/\s+/g, ' '));
  const body = enclosing(program.module, call.node).bodies.at(-1);
  return body && { call, metric: metric.value, common, body };
}

/** A name that the arguments read gets another value between the two calls: another model, other data. */
function isRebound(names: NameIndex, first: Call, second: Call): boolean {
  return second.node.args
    .flatMap(({ value }) => readNames(value).map((name) => ({ name, value })))
    .some(({ name, value }) =>
      names
        .variable(name, value)
        .some(({ kind, start }) => kind !== 'read' && start > first.node.end && start < second.node.start),
    );
}

/** A method is called on what the arguments hold between the two calls: `model.set_params(C=10)`. */
function isChanged(program: Program, first: Call, second: Call): boolean {
  const read = new Set(second.node.args.flatMap(({ value }) => readNames(value)));
  return program.calls.some(({ node, receiver }) => {
    if (node.start < first.node.end || node.end > second.node.start || !receiver) return false;
    return readNames(receiver).some((name) => read.has(name));
  });
}
