import { defineRule, type Edit, type Fix, type Hit } from '../../src/core/engine/rule.ts';
import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

interface State {
  readonly call: Call;
  readonly frame: Expression;
  readonly row: string;
  readonly body: Expression;
}

/** Operators that mean the same for a value and for a column. */
const OPERATORS = /^(\+|-|\*|\/|\*\*|%|==|!=|<|>|<=|>=)$/;
const SMALL = /\b(head|tail|sample|groupby|describe|value_counts|pivot_table|T)\b|\[:\s*\d{1,3}\]/;

export default defineRule<State>({
  meta: {
    id: 'pandas-apply-axis1',
    title: 'Columns computed row by row with apply()',
    category: 'redundant-compute',
    languages: ['python'],
    tier: 'strict',
    fixes: ['suggestion'],
    catalogue: ['pandas-apply-axis1'],
    libraries: ['pandas'],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark) return;
    for (const call of program.calls) {
      const state = judge(program, call);
      if (state) yield report(state);
    }
  },

  fixes({ state }, program): readonly Fix[] {
    return [
      {
        title: 'Compute on whole columns',
        safety: 'suggestion',
        edits: columnEdits(program, state),
        reason:
          'Whole numbers and missing values keep the types of their columns, which a row of mixed types does not.',
      },
    ];
  },
});

/** `frame.apply(lambda row: row["a"] - row["b"], axis=1)` with a body that columns can compute. */
function judge(program: Program, call: Call): State | undefined {
  if (call.api?.name !== 'pandas.DataFrame.apply' || call.receiver === undefined) return undefined;
  const [mapped, ...others] = call.node.args;
  const axis = others.find(({ name }) => name === 'axis');
  const constant = axis && program.constant(axis.value);
  if (others.length !== 1 || constant?.kind !== 'known' || (constant.value !== 1 && constant.value !== 'columns'))
    return undefined;
  if (mapped?.value.kind !== 'function' || SMALL.test(program.text(call.receiver))) return undefined;
  const row = rowOf(mapped.value.definition);
  const [statement] = mapped.value.definition.body;
  const body = statement?.kind === 'return' ? statement.value : undefined;
  if (row === undefined || body === undefined || !isColumnar(body, row)) return undefined;
  return call.receiver.kind === 'name' ? { call, frame: call.receiver, row, body } : undefined;
}

function rowOf({ parameters }: FunctionDefinition): string | undefined {
  const [parameter, ...others] = parameters;
  return others.length === 0 && parameter?.target.kind === 'name' ? parameter.target.name : undefined;
}

/** Arithmetic and comparisons of `row["column"]` and numbers, with a column in it. */
function isColumnar(body: Expression, row: string): boolean {
  return body.kind === 'operation' && isPart(body, row) && hasColumn(body, row);
}

function isPart(part: Expression, row: string): boolean {
  if (part.kind === 'literal') return typeof part.value === 'number';
  if (part.kind === 'operation')
    return OPERATORS.test(part.operator) && part.operands.every((operand) => isPart(operand, row));
  return isColumn(part, row);
}

function isColumn(part: Expression, row: string): boolean {
  return (
    part.kind === 'subscript' &&
    part.object.kind === 'name' &&
    part.object.name === row &&
    part.indices.length === 1 &&
    part.indices[0]?.kind === 'literal'
  );
}

function hasColumn(body: Expression, row: string): boolean {
  for (const { node } of walkFrom([{ kind: 'expression', node: body }])) {
    if (node.kind === 'subscript' && isColumn(node, row)) return true;
  }
  return false;
}

/** The body with the frame for the row, in parentheses. */
function columnEdits(program: Program, { call, frame, row, body }: State): readonly Edit[] {
  let text = '';
  let offset = body.start;
  for (const { node } of walkFrom([{ kind: 'expression', node: body }])) {
    if (node.kind !== 'name' || node.name !== row) continue;
    text += program.text({ start: offset, end: node.start }) + program.text(frame);
    offset = node.end;
  }
  text += program.text({ start: offset, end: body.end });
  return [{ span: { start: call.node.start, end: call.node.end }, text: `(${text})` }];
}

function report(state: State): Hit<State> {
  const { call } = state;
  return {
    span: { start: call.node.start, end: call.node.end },
    severity: 'information',
    message: {
      what: 'A sum or comparison of columns is computed row by row in Python.',
      why: 'For each row pandas builds a Series and calls the function; the same expression on whole columns is computed in one go.',
      advice: 'Write the expression on the columns: `frame["a"] - frame["b"]`.',
      condition: 'The saving depends on the number of rows.',
    },
    related: [],
    state,
  };
}
