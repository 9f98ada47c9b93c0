import type { WhileStatement } from '../../src/core/ir/statement.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { enclosing } from '../shared/enclosing.ts';

const BOUNDED =
  /\b(step|steps|turns?|iterations?|iter|rounds?|attempts?|count|max\w*)\b|\+\+|\+=\s*1|budget|deadline|signal\.aborted/i;
const ASKS_PERSON = /input\(|question\(|readline|prompt\(|getUserInput|askFollowup|confirm\(/;

/** Head of a `while (true)` that calls a hosted model with tools, counts nothing and asks nobody. */
export function endlessToolLoop(call: Call, program: Program): Span | undefined {
  if (call.api?.roles.includes('hosted-call') !== true || !hasTools(call)) return undefined;
  const loop = innermostWhile(call, program);
  const test = loop && program.constant(loop.test);
  if (!loop || test?.kind !== 'known' || (test.value !== true && test.value !== 1)) return undefined;
  const text = program.text(loop);
  if (BOUNDED.test(text.replace(/max_(completion_|output_)?tokens|max\w*Tokens/g, '')) || ASKS_PERSON.test(text))
    return undefined;
  return { start: loop.start, end: loop.test.end };
}

function hasTools(call: Call): boolean {
  return ['tools', 'functions', 'body.tools', 'body.functions', 'options.tools'].some(
    (name) => call.argument(name).kind === 'known',
  );
}

function innermostWhile(call: Call, program: Program): WhileStatement | undefined {
  const owner = call.place.function;
  const { statements } = enclosing(program.module, call.node);
  for (const statement of statements.toReversed()) {
    if (owner && statement.start < owner.start) return undefined;
    if (statement.kind === 'while') return statement;
    if (statement.kind === 'for') return undefined;
  }
  return undefined;
}
