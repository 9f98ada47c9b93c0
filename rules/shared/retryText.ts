import type { ForStatement, TryStatement, WhileStatement } from '../../src/core/ir/statement.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { enclosing } from './enclosing.ts';

/** A call inside a `try` inside a loop of the same function. */
export interface TriedInLoop {
  readonly loop: ForStatement | WhileStatement;
  readonly attempt: TryStatement;
}

/** The innermost loop around a `try` whose body makes the call, functions not crossed. */
export function triedInLoop(call: Call, program: Program): TriedInLoop | undefined {
  const { statements } = enclosing(program.module, call.node);
  const owner = call.place.function;
  let attempt: TryStatement | undefined;
  for (const statement of statements.toReversed()) {
    if (owner && statement.start < owner.start) return undefined;
    if (
      statement.kind === 'try' &&
      statement.body.some(({ start, end }) => start <= call.node.start && call.node.end <= end)
    ) {
      attempt ??= statement;
    }
    if (statement.kind !== 'for' && statement.kind !== 'while') continue;
    return attempt && { loop: statement, attempt };
  }
  return undefined;
}

/** True when a failure of the call ends in another turn: no handler leaves the loop. */
export function repeatsOnFailure({ attempt }: TriedInLoop, program: Program): boolean {
  return (
    attempt.handlers.length > 0 &&
    attempt.handlers.every(({ body }) => {
      const text = body.map((statement) => program.text(statement)).join('\n');
      const last = body.at(-1);
      return (
        last?.kind !== 'return' &&
        last?.kind !== 'raise' &&
        !/^\s*break\b|process\.exit|sys\.exit|raise SystemExit/m.test(text)
      );
    })
  );
}

/** The handler of a `try` around the call runs the function around it anew: the call that does so. */
export function triedByRecursion(
  call: Call,
  program: Program,
): { readonly again: Call; readonly attempt: TryStatement } | undefined {
  const owner = call.place.function;
  if (!owner) return undefined;
  for (const attempt of enclosing(program.module, call.node).statements) {
    if (attempt.kind !== 'try' || attempt.start < owner.start) continue;
    if (!attempt.body.some((statement) => contains(statement, call.node))) continue;
    const handled = attempt.handlers.flatMap(({ body }) => body);
    const again = program
      .callsTo(owner)
      .find(({ node, place }) => place.function === owner && handled.some((statement) => contains(statement, node)));
    if (again) return { again, attempt };
  }
  return undefined;
}
