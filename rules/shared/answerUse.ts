import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { namesOf } from './namesOf.ts';

/** What a program does with the answer of a model, in JavaScript. */
export interface AnswerUse {
  /** Constants that it is compared with. */
  readonly compared: readonly string[];
  /** Nothing else is done with it; writing it to the log aside. */
  readonly isOnlyCompared: boolean;
  /** It is turned to lower or upper case, as labels are before they are compared. */
  readonly isFolded: boolean;
}

/** `text.includes('positive')`. */
const TESTS = /^(includes|startsWith|endsWith|indexOf|localeCompare)$/;
const FOLDS = /^(toLowerCase|toUpperCase|toLocaleLowerCase|toLocaleUpperCase)$/;
const TEXT_METHODS = /^(trim|trimStart|trimEnd|replace|replaceAll|toString|normalize)$/;
const LOGS = /^(console|logger|log)\b/;
const MOST_STEPS = 60;

export function answerUse(answer: Expression, program: Program): AnswerUse {
  const compared: string[] = [];
  let isOnlyCompared = program.module.language !== 'python';
  let isFolded = false;
  const pending: Expression[] = [answer];
  for (let steps = 0; isOnlyCompared && pending.length > 0; steps++) {
    const current = pending.pop();
    const step = current && steps < MOST_STEPS ? nextStep(current, program) : undefined;
    if (!step) isOnlyCompared = false;
    else {
      pending.push(...(step.onward ?? []));
      compared.push(...(step.labels ?? []));
      isFolded ||= step.isFold === true;
    }
  }
  return { compared: [...new Set(compared)], isOnlyCompared: isOnlyCompared && compared.length > 0, isFolded };
}

interface Step {
  readonly onward?: readonly Expression[];
  readonly labels?: readonly string[];
  readonly isFold?: boolean;
}

/** What becomes of a value at the one place where it stands; `undefined` where it goes somewhere else than into a comparison. */
function nextStep(value: Expression, program: Program): Step | undefined {
  const parent = program.parent(value);
  switch (parent?.kind) {
    case 'await':
    case 'spread':
      return { onward: [parent] };
    case 'attribute':
      return memberStep(parent, program);
    case 'subscript':
      return parent.object === value ? { onward: [parent] } : undefined;
    case 'logical':
      return parent.left === value && parent.operator === 'and' ? {} : { onward: [parent] };
    case 'conditional':
      return parent.test === value ? {} : { onward: [parent] };
    case 'operation':
      return operationStep(parent, value, program);
    case 'call':
      return argumentStep(parent, value, program);
    case 'match':
      return { labels: parent.cases.flatMap(({ patterns }) => patterns.flatMap((label) => textOf(label, program))) };
    case 'assign':
      return assignStep(parent, program);
    case 'if':
    case 'expression':
      return {};
    default:
      return undefined;
  }
}

function memberStep(member: Expression & { readonly kind: 'attribute' }, program: Program): Step | undefined {
  const call = program.parent(member);
  if (call?.kind !== 'call' || call.callee !== member) return { onward: [member] };
  if (FOLDS.test(member.name)) return { onward: [call], isFold: true };
  if (TEXT_METHODS.test(member.name)) return { onward: [call] };
  if (!TESTS.test(member.name)) return undefined;
  const [label] = call.args;
  const labels = label ? textOf(label.value, program) : [];
  return labels.length > 0 ? { labels } : undefined;
}

function operationStep(
  { operator, operands }: Expression & { readonly kind: 'operation' },
  value: Expression,
  program: Program,
): Step | undefined {
  if (operator === '!') return {};
  if (!/^[!=]==?$/.test(operator)) return undefined;
  const labels = operands.filter((operand) => operand !== value).flatMap((operand) => textOf(operand, program));
  return labels.length > 0 ? { labels } : undefined;
}

/** `LABELS.includes(answer)`, `String(answer)`, `console.log(answer)`. */
function argumentStep(call: CallExpression, value: Expression, program: Program): Step | undefined {
  const { callee } = call;
  if (LOGS.test(program.text(callee))) return {};
  if (callee.kind === 'name') return callee.name === 'String' ? { onward: [call] } : undefined;
  if (callee.kind !== 'attribute' || callee.name !== 'includes' || callee.object === value) return undefined;
  const lists = program.values(callee.object);
  const labels = lists.flatMap((list) =>
    list.kind === 'collection' && list.node.kind === 'sequence'
      ? list.node.elements.flatMap((element) => textOf(element, program))
      : [],
  );
  return labels.length > 0 ? { labels } : undefined;
}

/** `const label = …`, `const { text } = …`: on to every place that reads the variable. */
function assignStep(statement: Statement & { readonly kind: 'assign' }, program: Program): Step | undefined {
  const onward: Expression[] = [];
  for (const target of statement.targets) {
    for (const name of boundBy(target)) {
      const occurrences = namesOf(program).variable(name.name, name);
      if (occurrences.filter(({ kind }) => kind === 'bind').length !== 1) return undefined;
      const reads = occurrences.filter(({ kind }) => kind === 'read');
      onward.push(...reads.flatMap(({ expression }) => expression ?? []));
      if (reads.some(({ expression }) => !expression)) return undefined;
    }
  }
  return onward.length > 0 ? { onward } : undefined;
}

function boundBy(target: Expression): readonly (Expression & { readonly kind: 'name' })[] {
  if (target.kind === 'name') return [target];
  if (target.kind === 'mapping') return target.entries.flatMap(({ value }) => boundBy(value));
  return target.kind === 'sequence' ? target.elements.flatMap((element) => boundBy(element)) : [];
}

function textOf(expression: Expression, program: Program): readonly string[] {
  const constant = program.constant(expression);
  return constant.kind === 'known' && typeof constant.value === 'string' && constant.value !== ''
    ? [constant.value]
    : [];
}
