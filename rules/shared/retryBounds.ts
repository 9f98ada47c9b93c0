import type { Expression } from '../../src/core/ir/expression.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { readNames } from './expressionNames.ts';
import { hasWord } from './identifierWords.ts';

/** Words of the names with which loops count or limit their turns. */
const LIMITS: ReadonlySet<string> = new Set([
  'attempt',
  'retry',
  'retries',
  'try',
  'tries',
  'count',
  'counter',
  'max',
  'deadline',
  'aborted',
  'timeout',
  'readline',
]);
/** Limits of the answer, and the timer that every wait in JavaScript uses. */
const NO_LIMIT = /tokens?$|^(set|clear)Timeout$/i;
/** A person is asked, or the time is looked at. */
const STEADY = /(^|\.)(input|question|prompt\.get|Date\.now|performance\.now|time\.(time|monotonic))$/;

/**
 * True where anything in the statement changes from turn to turn by its own value (a counter, a delay that grows), or a name says that
 * turns, time or a person limit it. Names count, words of prompts and keys of requests do not.
 */
export function isBounded(statement: Statement, program: Program): boolean {
  for (const { node } of walkFrom([{ kind: 'statement', node: statement }])) {
    if (node.kind === 'assign' && node.targets.some((target) => isOwnStep(node.operator, target, node.value)))
      return true;
    if (node.kind === 'assignment' && isOwnStep(node.operator, node.target, node.value)) return true;
    if ((node.kind === 'name' || node.kind === 'attribute') && isLimit(node.name)) return true;
    if (node.kind === 'call' && STEADY.test(program.text(node.callee))) return true;
  }
  return false;
}

/** A name that says that it counts or limits turns. */
export function isLimit(name: string): boolean {
  return !NO_LIMIT.test(name) && hasWord(name, LIMITS);
}

/** `n++`, `n += 1`, `delay = Math.min(2 * delay, 60)`. */
function isOwnStep(operator: string, target: Expression, value: Expression | undefined): boolean {
  if (operator !== '=') return true;
  return target.kind === 'name' && value !== undefined && readNames(value).includes(target.name);
}
