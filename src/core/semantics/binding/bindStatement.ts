import type { Statement } from '../../ir/statement.ts';
import { bindBranch, bindFor, bindLabelled, bindMatch, bindTry, bindWhile } from './bindControlFlow.ts';
import { bindClass, bindFunction, defineFunction } from './bindDefinition.ts';
import { bindExpression } from './bindExpression.ts';
import type { BindingWalk } from './bindingWalk.ts';
import { augmentTarget, bindTarget } from './bindTarget.ts';
import { declareBlock, declaresLexically } from './predeclare.ts';
import { Scope } from './scope.ts';

export function bindStatements(walk: BindingWalk, body: readonly Statement[]): void {
  if (!walk.isPython) for (const statement of body) if (statement.kind === 'function') defineFunction(walk, statement);
  for (const statement of body) bindStatement(walk, statement);
}

/** The statements of the module itself. */
export function bindTopLevel(walk: BindingWalk, body: readonly Statement[]): void {
  if (!walk.isPython) {
    for (const statement of body) {
      if (statement.kind !== 'function') continue;
      walk.beginUnit(statement);
      defineFunction(walk, statement);
    }
  }
  for (const statement of body) {
    const from = walk.records.readPlaces.length;
    walk.beginUnit(statement);
    bindStatement(walk, statement);
    walk.endUnit(from);
  }
}

/** A JavaScript block gets a scope of its own when it declares something. */
export function bindBlock(walk: BindingWalk, body: readonly Statement[]): void {
  if (walk.isPython || !declaresLexically(body)) return bindStatements(walk, body);
  walk.inScope(new Scope('block', walk.scope, walk.scope.owner), () => {
    declareBlock(body, walk.scope);
    bindStatements(walk, body);
  });
}

function bindStatement(walk: BindingWalk, node: Statement): void {
  const outer = walk.statement;
  walk.statement = node;
  walk.nodes.infos.set(node, { parent: outer, statement: node, scope: walk.scope, context: walk.context });
  bindKind(walk, node);
  walk.statement = outer;
}

function bindKind(walk: BindingWalk, node: Statement): void {
  switch (node.kind) {
    case 'expression':
      return bindExpression(walk, node.expression, node);
    case 'assign':
      return bindAssign(walk, node);
    case 'function':
      if (walk.isPython) defineFunction(walk, node);
      return bindFunction(walk, node.definition, node, undefined);
    case 'class':
      bindClass(walk, node.definition, node);
      if (node.definition.name)
        walk.define({
          kind: 'class',
          definition: node.definition,
          span: node,
          binding: walk.scope.declare(node.definition.name),
        });
      return;
    case 'import':
      walk.records.sources.push(node);
      for (const name of node.names) {
        if (name.local)
          walk.define({ kind: 'import', statement: node, name, span: name, binding: walk.scope.declare(name.local) });
      }
      return;
    case 'export':
      walk.records.sources.push(node);
      if (node.value) bindExpression(walk, node.value, node);
      return;
    case 'return':
      if (node.value) {
        bindExpression(walk, node.value, node);
        if (walk.currentFunction) walk.nodes.returns.get(walk.currentFunction)?.push(node.value);
      }
      walk.state = undefined;
      return;
    case 'if':
      return bindBranch(walk, node);
    case 'for':
      return bindFor(walk, node);
    case 'while':
      return bindWhile(walk, node);
    case 'with':
      for (const item of node.items) {
        bindExpression(walk, item.context, node);
        if (item.target)
          bindTarget(walk, item.target, node, (path, binding, span) => ({
            kind: 'with',
            context: item.context,
            path,
            binding,
            span,
          }));
      }
      return walk.within({ kind: 'with', statement: node }, () => bindBlock(walk, node.body));
    case 'try':
      return bindTry(walk, node);
    case 'match':
      return bindMatch(walk, node);
    case 'block':
      return node.label === undefined ? bindBlock(walk, node.body) : bindLabelled(walk, node.body, node.label);
    case 'break':
    case 'continue':
      return walk.leave(node.kind, node.label);
    case 'raise':
      if (node.value) bindExpression(walk, node.value, node);
      if (node.cause) bindExpression(walk, node.cause, node);
      walk.state = undefined;
      return;
    case 'scope':
      return;
    case 'opaque':
      for (const child of node.children) bindExpression(walk, child, node);
  }
}

function bindAssign(walk: BindingWalk, node: Statement & { kind: 'assign' }): void {
  if (node.value) bindExpression(walk, node.value, node);
  const value = node.value;
  for (const target of node.targets) {
    if (!value) {
      bindTarget(walk, target, node, (_path, binding, span) => ({ kind: 'declared', binding, span }));
    } else if (node.operator === '=') {
      bindTarget(
        walk,
        target,
        node,
        (path, binding, span, fallback) => ({
          kind: 'assign',
          value,
          path,
          binding,
          span,
          ...(fallback ? { fallback } : {}),
        }),
        value,
      );
    } else {
      augmentTarget(walk, target, value, node.operator, node);
    }
  }
}
