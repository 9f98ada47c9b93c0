import type { Fix } from '../../src/core/engine/rule.ts';
import { bindsName } from '../../src/core/fixes/bindsName.ts';
import type { AssignStatement, Statement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import {
  indentationAt,
  isFirstOnLine,
  lineBreakOf,
  lineEnd,
  lineStart,
  nextLineStart,
} from '../../src/core/text/layout.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { reindent } from '../shared/reindent.ts';

/** Moves `model = load(…)` from the top of a loop's body to the line before the loop. */
export function hoistFix(load: Call, loop: Loop, program: Program): Fix | undefined {
  const { module } = program;
  const { text } = module;
  const { statements, bodies } = enclosing(module, load.node);
  const assign = statements.at(-1);
  const outer = statements.at(-2);
  if (assign?.kind !== 'assign' || !outer || outer.start !== loop.start || outer.end !== loop.end) return undefined;
  if (outer.kind !== 'for' && outer.kind !== 'while') return undefined;
  if (bodies.at(-1)?.length === 1 || !isMovable(assign, outer, program)) return undefined;
  if (!isFirstOnLine(text, outer.start) || !isFirstOnLine(text, assign.start)) return undefined;
  if (!/^[ \t]*;?[ \t]*$/.test(text.slice(assign.end, lineEnd(text, assign.end)))) return undefined;
  const source = reindent(
    module,
    { start: assign.start, end: lineEnd(text, assign.end) },
    indentationAt(text, outer.start),
  );
  if (source === undefined) return undefined;
  const before = lineStart(text, outer.start);
  const whole = { start: lineStart(text, assign.start), end: nextLineStart(text, assign.end) };
  const calls = program.methodCalls(load);
  const isOnlyUsed =
    calls.length > 0 && calls.every(isInference) && program.uses(load).every(({ kind }) => kind === 'other');
  const fix = {
    title: 'Load the model once, before the loop',
    edits: [
      {
        span: { start: before, end: before },
        text: `${indentationAt(text, outer.start)}${source.trimEnd()}${lineBreakOf(text)}`,
      },
      { span: whole, text: '' },
    ],
  };
  if (isOnlyUsed) return { ...fix, safety: 'safe' };
  const reason = 'The loop shares one model, so nothing in it may change the model.';
  return { ...fix, safety: 'suggestion', reason };
}

/** One plain target that nothing else in the function binds, and a value that reads nothing the loop binds. */
function isMovable(assign: AssignStatement, loop: Statement, program: Program): boolean {
  const [target] = assign.targets;
  if (assign.targets.length !== 1 || target?.kind !== 'name' || !assign.value || assign.operator !== '=') return false;
  let bindings = 0;
  const owner = enclosing(program.module, assign).functions.at(-1);
  for (const { node } of walk(owner?.body ?? program.module.body)) {
    if (node.kind === 'assign' && node.targets.some((other) => readNames(other).includes(target.name))) bindings++;
  }
  if (bindings !== 1) return false;
  const loopModule = { ...program.module, body: [loop] };
  return readNames(assign.value).every((name) => !bindsName(loopModule, name, () => false));
}

function isInference(call: Call): boolean {
  const roles = call.api?.roles ?? [];
  return roles.some((role) => role === 'predict' || role === 'generate' || role === 'encode' || role === 'embed');
}
