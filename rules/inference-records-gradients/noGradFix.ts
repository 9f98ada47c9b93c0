import type { Fix } from '../../src/core/engine/rule.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import { wrapBlock } from '../../src/core/fixes/wrapBlock.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Statement } from '../../src/core/ir/statement.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { losesGradient } from './gradientFlow.ts';

/** Functions that neither make tensors nor show whether one has a gradient, as `print` does. */
const WITHOUT_TENSORS = /^builtins\.(len|range|enumerate|zip|isinstance|int|float|bool)$/;
/** Methods of tensors and lists that leave nothing behind that a backward pass could need. */
const PLAIN_METHODS =
  /^(append|extend|detach|item|tolist|argmax|argmin|argsort|size|dim|numel|max|min|topk|sort|softmax|log_softmax|sigmoid|cpu|cuda|to|numpy|float|squeeze|unsqueeze|view|reshape|flatten|eq|ne|sum|mean)$/;
const PLAIN_FUNCTIONS = /^torch\.(nn\.functional\.)?(max|min|topk|sort|argmax|argmin|softmax|log_softmax|sigmoid)$/;

/**
 * Puts the statement or loop of a forward pass under `no_grad`. Not where it hands control away: a generator or coroutine would
 * switch gradients off for the code that runs in between.
 */
export function noGradFix(program: Program, forward: Call, region: Statement, names: NameIndex): Fix | undefined {
  if (handsControlAway(region)) return undefined;
  const torch = importEdit(program.module, { module: 'torch', at: forward.node.start });
  if (torch === undefined) return undefined;
  const edits = wrapBlock(program.module, region, `with ${torch.local}.no_grad():`);
  if (edits === undefined) return undefined;
  const fix = { title: `Put it under ${torch.local}.no_grad()`, edits: [...torch.edits, ...edits] };
  if (isGradientFree(program, forward, region, names)) return { ...fix, safety: 'safe' };
  const reason = 'What leaves it then carries no gradients: code elsewhere that goes backward through it would fail.';
  return { ...fix, safety: 'suggestion', reason };
}

function handsControlAway(region: Statement): boolean {
  for (const { node } of walk([region])) {
    if (node.kind === 'yield' || node.kind === 'await') return true;
    if (node.kind === 'for' && node.isAsync) return true;
  }
  return false;
}

/** Nothing that the region computes keeps a gradient: the result loses it, and all else in it is known. */
function isGradientFree(program: Program, forward: Call, region: Statement, names: NameIndex): boolean {
  if (!losesGradient(program, names, forward.node)) return false;
  for (const { kind, node } of walk([region])) {
    if (kind === 'expression' && node.kind === 'call' && node !== forward.node && !isPlainCall(program, node))
      return false;
    if (kind === 'statement' && node.kind === 'assign' && !staysInside(program, node.targets, region, names))
      return false;
    if (node.kind === 'assignment' || node.kind === 'with' || node.kind === 'function' || node.kind === 'class')
      return false;
  }
  return true;
}

function isPlainCall(program: Program, node: Expression & { readonly kind: 'call' }): boolean {
  const name = program.callOf(node)?.name ?? '';
  if (WITHOUT_TENSORS.test(name) || PLAIN_FUNCTIONS.test(name)) return true;
  return node.callee.kind === 'attribute' && PLAIN_METHODS.test(node.callee.name);
}

/** Variables of the region are read in it alone, or lose their gradient where they are read. */
function staysInside(program: Program, targets: readonly Expression[], region: Statement, names: NameIndex): boolean {
  return targets.every((target) => {
    if (target.kind === 'sequence') return staysInside(program, target.elements, region, names);
    if (target.kind !== 'name') return false;
    return names.variable(target.name, target).every((other) => {
      if (other.kind !== 'read') return other.kind !== 'scope';
      return contains(region, other) || isFreeOutside(program, target, other.expression, names);
    });
  });
}

function isFreeOutside(program: Program, target: Expression, read: Expression | undefined, names: NameIndex): boolean {
  const statement = program.statement(target);
  const value = statement?.kind === 'assign' ? statement.value : undefined;
  const isFree =
    value?.kind === 'call' &&
    value.callee.kind === 'attribute' &&
    /^(detach|item|tolist|argmax)$/.test(value.callee.name);
  return isFree || (read !== undefined && losesGradient(program, names, read));
}
