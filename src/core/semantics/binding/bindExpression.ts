import { childExpressions } from '../../ir/children.ts';
import type {
  AssignmentExpression,
  CallExpression,
  ClassExpression,
  ComprehensionExpression,
  Expression,
  FunctionExpression,
} from '../../ir/expression.ts';
import type { Statement } from '../../ir/statement.ts';
import { bindClass, bindFunction } from './bindDefinition.ts';
import type { BindingWalk } from './bindingWalk.ts';
import { augmentTarget, bindTarget } from './bindTarget.ts';
import { FlowState } from './flowState.ts';
import { Scope } from './scope.ts';

export function bindExpression(walk: BindingWalk, node: Expression, parent: Expression | Statement): void {
  walk.note(node, parent);
  switch (node.kind) {
    case 'name':
      return walk.read(node);
    case 'function':
      return named(walk, node, () => bindFunction(walk, node.definition, node, node));
    case 'class':
      return named(walk, node, () => bindClass(walk, node.definition, node));
    case 'call':
      return bindCall(walk, node);
    case 'comprehension':
      return bindComprehension(walk, node);
    case 'assignment':
      return bindAssignment(walk, node);
    case 'conditional':
      bindExpression(walk, node.test, node);
      bindAlternative(walk, node, node.test, true, node.consequent);
      return bindAlternative(walk, node, node.test, false, node.alternate);
    case 'logical':
      bindExpression(walk, node.left, node);
      return bindAlternative(walk, node, node.left, node.operator === 'and', node.right);
    case 'yield':
      if (walk.currentFunction) walk.nodes.generators.add(walk.currentFunction);
      if (node.value) bindExpression(walk, node.value, node);
      return;
    default:
      for (const child of childExpressions(node)) bindExpression(walk, child, node);
  }
}

export function bindAlternative(
  walk: BindingWalk,
  node: Expression,
  test: Expression,
  branch: boolean,
  taken: Expression,
): void {
  const entry = walk.state;
  walk.state = entry?.copy();
  walk.within({ kind: 'choice', expression: node, test, branch }, () => bindExpression(walk, taken, node));
  walk.state = FlowState.join([entry, walk.state]);
}

/** The name of a JavaScript function or class expression is seen inside of it alone. */
function named(walk: BindingWalk, node: FunctionExpression | ClassExpression, bind: () => void): void {
  const { name } = node.definition;
  const isMethod = node.kind === 'function' && node.definition.form === 'method';
  if (walk.isPython || isMethod || name === undefined) return bind();
  walk.inScope(new Scope('block', walk.scope, walk.scope.owner), () => {
    const head = { binding: walk.scope.declare(name), span: node.definition.nameSpan ?? node };
    if (node.kind === 'function') walk.define({ kind: 'function', definition: node.definition, ...head });
    else walk.define({ kind: 'class', definition: node.definition, ...head });
    bind();
  });
}

function bindCall(walk: BindingWalk, node: CallExpression): void {
  bindExpression(walk, node.callee, node);
  walk.records.calls.push(node);
  for (const argument of node.args) {
    if (argument.value.kind === 'function') {
      walk.within({ kind: 'argument', call: node }, () => bindExpression(walk, argument.value, node));
    } else {
      bindExpression(walk, argument.value, node);
    }
  }
}

function bindComprehension(walk: BindingWalk, node: ComprehensionExpression): void {
  const first = node.clauses[0];
  if (first) bindExpression(walk, first.iterable, node);
  walk.inScope(new Scope('comprehension', walk.scope, walk.scope.owner), () =>
    walk.within({ kind: 'comprehension', expression: node }, () => {
      for (const clause of node.clauses) {
        if (clause !== first) bindExpression(walk, clause.iterable, node);
        walk.declareLeaves(clause.target);
        bindTarget(walk, clause.target, node, (path, binding, span) => ({
          kind: 'loop',
          iterable: clause.iterable,
          path,
          binding,
          span,
        }));
        for (const condition of clause.conditions) bindExpression(walk, condition, node);
      }
      if (node.key) bindExpression(walk, node.key, node);
      bindExpression(walk, node.element, node);
    }),
  );
}

function bindAssignment(walk: BindingWalk, node: AssignmentExpression): void {
  if (node.operator === '=' || node.operator === ':=') {
    bindExpression(walk, node.value, node);
    return bindTarget(
      walk,
      node.target,
      node,
      (path, binding, span, fallback) => ({
        kind: 'assign',
        value: node.value,
        path,
        binding,
        span,
        ...(fallback ? { fallback } : {}),
      }),
      node.value,
    );
  }
  if (node.value === node.target) return bindExpression(walk, node.target, node);
  bindAlternative(walk, node, node.target, false, node.value);
  augmentTarget(walk, node.target, node.value, node.operator, node);
}
