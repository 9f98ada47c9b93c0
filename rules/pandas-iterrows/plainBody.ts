import type { CallExpression, Expression } from '../../src/core/ir/expression.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import { type IrNode, walkFrom } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { readNames } from '../shared/expressionNames.ts';
import type { RowLoop } from './rowLoop.ts';

/** Methods of strings, lists, dicts and dates: they compute from values and reach nothing outside. */
const VALUE_METHODS =
  /^(append|extend|add|lower|upper|strip|lstrip|rstrip|split|replace|join|startswith|endswith|title|capitalize|isdigit|isalpha|find|format|get|setdefault|items|keys|values|date|weekday|isoformat|zfill|count)$/;
const VALUE_FUNCTIONS =
  /^(builtins\.(int|float|str|bool|len|abs|round|min|max|sum|range|zip|enumerate|list|tuple|set|dict|isinstance|sorted|ord|chr|divmod|pow)|math\.\w+|numpy\.(log\w*|exp\w*|sqrt|abs|isnan|floor|ceil|round|sin|cos|arctan2|radians|power|clip|minimum|maximum|mean|nan_to_num|array|dot|sum)|pandas\.(isnull|isna|notnull|notna))$/;

/** True when the body of a row loop only computes from the row's columns and collects the results. */
export function isPlainBody(program: Program, loop: RowLoop): boolean {
  const nodes = [...walkFrom(loop.statement.body.map((node) => ({ kind: 'statement', node }) as const))];
  for (const { kind, node } of nodes) {
    if (kind === 'statement' && isOtherStatement(node)) return false;
    if (node.kind === 'yield' || node.kind === 'await') return false;
    if (node.kind === 'call' && !isValueCall(program, node)) return false;
  }
  return !isRecurrence(nodes, loop);
}

function isOtherStatement(node: Statement): boolean {
  return /^(return|break|raise|with|try|while|function|class|import|scope)$/.test(node.kind);
}

function isValueCall(program: Program, node: CallExpression): boolean {
  const call = program.callOf(node);
  if (call?.name !== undefined && VALUE_FUNCTIONS.test(call.name)) return true;
  return node.callee.kind === 'attribute' && VALUE_METHODS.test(node.callee.name);
}

/** A row that needs the last one: `previous = row["x"]` read in the next turn. Sums and joined texts are no such thing. */
function isRecurrence(nodes: readonly IrNode[], loop: RowLoop): boolean {
  const set = new Map<string, number>();
  const targets = new Set<Expression>();
  for (const { node } of nodes) {
    if (node.kind !== 'assign' || node.value === undefined) continue;
    for (const target of node.targets) {
      if (target.kind !== 'name') continue;
      targets.add(target);
      if (node.operator === '=' && !isGrowing(node.value, target.name) && !set.has(target.name))
        set.set(target.name, node.end);
    }
  }
  return nodes.some(({ node }) => {
    if (node.kind !== 'name' || targets.has(node) || node.name === loop.index || node.name === loop.row) return false;
    const end = set.get(node.name);
    return end !== undefined && node.start < end;
  });
}

/** `text = " ".join([text, …])`, `total = total + …`. */
function isGrowing(value: Expression, name: string): boolean {
  if (!readNames(value).includes(name)) return false;
  if (value.kind === 'operation') return value.operator === '+';
  return value.kind === 'call' && value.callee.kind === 'attribute' && value.callee.name === 'join';
}
