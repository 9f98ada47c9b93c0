import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { isFirstOnLine, lineEnd, lineStart, nextLineStart } from '../../src/core/text/layout.ts';
import { enclosing } from '../shared/enclosing.ts';
import { lazySingleton } from '../shared/lazySingleton.ts';

/** Moves the encoder into a lazy singleton above the code that builds it; a `free()` of the shared encoder goes. */
export function sharedEncoderFix(load: Call, program: Program): Fix | undefined {
  const singleton = lazySingleton(program.module, load.node, 'Encoder');
  const removals = freeRemovals(load, program);
  if (singleton === undefined || removals === undefined) return undefined;
  return {
    title: `Build the encoder once and share it through ${singleton.get}()`,
    safety: 'suggestion',
    reason: 'One encoder stays in memory and serves all callers.',
    edits: [...singleton.edits, ...removals],
  };
}

/** Whole lines that free the encoder: the next caller needs it. `undefined` where a `free()` is part of more. */
function freeRemovals(load: Call, program: Program): readonly Edit[] | undefined {
  const { module } = program;
  const { text } = module;
  const edits: Edit[] = [];
  for (const { node } of program.methodCalls(load)) {
    if (node.callee.kind !== 'attribute' || node.callee.name !== 'free') continue;
    const { statements, bodies } = enclosing(module, node);
    const statement: Statement | undefined = statements.at(-1);
    const isWholeLine =
      statement?.kind === 'expression' &&
      statement.expression === node &&
      (bodies.at(-1)?.length ?? 0) > 1 &&
      isFirstOnLine(text, statement.start) &&
      /^[ \t]*;?[ \t]*$/.test(text.slice(statement.end, lineEnd(text, statement.end)));
    if (!statement || !isWholeLine) return undefined;
    edits.push({
      span: { start: lineStart(text, statement.start), end: nextLineStart(text, statement.end) },
      text: '',
    });
  }
  return edits;
}
