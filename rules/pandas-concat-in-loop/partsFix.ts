import type { Edit, Fix } from '../../src/core/engine/rule.ts';
import type { AssignStatement, Statement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { indentationAt, isFirstOnLine, lineBreakOf, lineEnd, lineStart } from '../../src/core/text/layout.ts';
import { contains } from '../../src/core/text/span.ts';
import { enclosing } from '../shared/enclosing.ts';
import { freeName } from '../shared/moduleScope.ts';
import type { Growth } from './growth.ts';

/** Collects the parts in a list and puts them together once, after the loop. Only where the loop does nothing else with the table. */
export function partsFix(program: Program, growth: Growth): Fix | undefined {
  const edits = partsEdits(program, growth);
  return (
    edits && {
      title: 'Collect the parts and join them once, after the loop',
      safety: 'suggestion',
      edits,
      reason:
        'All parts stay in memory until the end of the loop, and an exception inside it leaves the table as it was before.',
    }
  );
}

function partsEdits(program: Program, { call, assign, name, loop, library }: Growth): readonly Edit[] | undefined {
  const [list, ...options] = call.node.args;
  if (library !== 'pandas' || call.name !== 'pandas.concat' || list?.value.kind !== 'sequence') return undefined;
  const [first, part] = list.value.elements;
  if (list.value.elements.length !== 2 || first?.kind !== 'name' || first.name !== name || !part) return undefined;
  const { text } = program.module;
  const outer = enclosing(program.module, call.node).statements.find(
    ({ start, end }) => start === loop.start && end === loop.end,
  );
  if (outer?.kind !== 'for' || !isFirstOnLine(text, outer.start) || outer.orElse.length > 0) return undefined;
  if (isNamedElsewhere(outer.body, assign, name) || leavesEarly(outer.body)) return undefined;
  const parts = freeName(program.module, `${name}_parts`);
  const indentation = indentationAt(text, outer.start);
  const br = lineBreakOf(text);
  const before = lineStart(text, outer.start);
  const end = lineEnd(text, outer.end);
  const rest = options.map((option) => `, ${program.text(option)}`).join('');
  const joined = `${program.text(call.node.callee)}([${name}, *${parts}]${rest})`;
  return [
    { span: { start: before, end: before }, text: `${indentation}${parts} = []${br}` },
    { span: { start: assign.start, end: assign.end }, text: `${parts}.append(${program.text(part)})` },
    { span: { start: end, end }, text: `${br}${indentation}${name} = ${joined}` },
  ];
}

function isNamedElsewhere(body: readonly Statement[], assign: AssignStatement, name: string): boolean {
  for (const { node } of walk(body)) {
    if (node.kind === 'name' && node.name === name && !contains(assign, node)) return true;
  }
  return false;
}

/** What leaves the function from inside the loop would leave the parts behind. */
function leavesEarly(body: readonly Statement[]): boolean {
  for (const { node } of walk(body)) if (node.kind === 'return' || node.kind === 'yield') return true;
  return false;
}
