import type { ClassDefinition, FunctionDefinition, Parameter } from '../../ir/definition.ts';
import type { Expression } from '../../ir/expression.ts';
import type { Statement } from '../../ir/statement.ts';
import type { Frame } from '../context.ts';
import { bindExpression } from './bindExpression.ts';
import type { BindingWalk } from './bindingWalk.ts';
import { bindStatements } from './bindStatement.ts';
import { bindTarget } from './bindTarget.ts';
import { declareBlock, declareOwner } from './predeclare.ts';
import { Scope } from './scope.ts';

export function defineFunction(walk: BindingWalk, node: Statement & { kind: 'function' }): void {
  if (!node.definition.name) return;
  walk.define({
    kind: 'function',
    definition: node.definition,
    span: node,
    binding: walk.scope.declare(node.definition.name),
  });
}

export function bindFunction(
  walk: BindingWalk,
  definition: FunctionDefinition,
  node: Expression | Statement,
  expression: Expression | undefined,
): void {
  for (const decorator of definition.decorators) bindExpression(walk, decorator.expression, node);
  // Python evaluates defaults where the function is defined; JavaScript at each call, where earlier parameters are seen.
  if (walk.isPython) for (const parameter of definition.parameters) bindDefault(walk, parameter, node);
  walk.inBody(definition, () => bindFunctionBody(walk, definition, node, expression));
}

function bindFunctionBody(
  walk: BindingWalk,
  definition: FunctionDefinition,
  node: Expression | Statement,
  expression: Expression | undefined,
): void {
  walk.records.functions.push(definition);
  walk.nodes.returns.set(definition, []);
  const frame: Frame = { kind: 'function', definition, ...(expression ? { node: expression } : {}) };
  walk.owned(new Scope('function', walk.scope, { kind: 'function', definition }), frame, () => {
    const outerFunction = walk.currentFunction;
    walk.currentFunction = definition;
    walk.nodes.functionContexts.set(definition, walk.context);
    declareOwner(definition.body, walk.scope, walk.module.language);
    for (const parameter of definition.parameters) {
      if (parameter.annotation) walk.noteAnnotation(parameter.annotation);
      if (!walk.isPython) bindDefault(walk, parameter, node);
      walk.declareLeaves(parameter.target);
      bindTarget(walk, parameter.target, node, (path, binding, span) => ({
        kind: 'parameter',
        definition,
        parameter,
        path,
        binding,
        span,
      }));
    }
    if (!walk.isPython) declareBlock(definition.body, walk.scope);
    bindStatements(walk, definition.body);
    if (walk.state) walk.nodes.fallsThrough.add(definition);
    walk.currentFunction = outerFunction;
  });
}

function bindDefault(walk: BindingWalk, { defaultValue }: Parameter, node: Expression | Statement): void {
  if (defaultValue) bindExpression(walk, defaultValue, node);
}

export function bindClass(walk: BindingWalk, definition: ClassDefinition, node: Expression | Statement): void {
  for (const decorator of definition.decorators) bindExpression(walk, decorator.expression, node);
  for (const base of definition.bases) {
    bindExpression(walk, base, node);
    walk.noteBase(base);
  }
  for (const keyword of definition.keywords) bindExpression(walk, keyword.value, node);
  walk.inBody(definition, () => bindClassBody(walk, definition));
}

function bindClassBody(walk: BindingWalk, definition: ClassDefinition): void {
  walk.records.classes.push(definition);
  walk.owned(new Scope('class', walk.scope, { kind: 'class', definition }), { kind: 'class', definition }, () => {
    walk.nodes.classContexts.set(definition, walk.context);
    walk.nodes.classScopes.set(definition, walk.scope);
    declareOwner(definition.body, walk.scope, walk.module.language);
    if (!walk.isPython) declareBlock(definition.body, walk.scope);
    bindStatements(walk, definition.body);
  });
}
