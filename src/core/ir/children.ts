import type { ClassDefinition, FunctionDefinition } from './definition.ts';
import type { Expression } from './expression.ts';
import type { Statement } from './statement.ts';

/** Direct sub-expressions in source order. Bodies of functions and classes are not entered; defaults and bases are. */
export function childExpressions(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'name':
    case 'literal':
      return [];
    case 'attribute':
      return [node.object];
    case 'subscript':
      return [node.object, ...node.indices];
    case 'call':
      return [node.callee, ...node.args.map((argument) => argument.value)];
    case 'template':
      return node.parts.filter((part) => typeof part !== 'string');
    case 'sequence':
      return node.elements;
    case 'mapping':
      return node.entries.flatMap((entry) =>
        entry.keyExpression ? [entry.keyExpression, entry.value] : [entry.value],
      );
    case 'conditional':
      return [node.test, node.consequent, node.alternate];
    case 'logical':
      return [node.left, node.right];
    case 'operation':
      return node.operands;
    case 'await':
    case 'spread':
      return [node.value];
    case 'yield':
      return node.value ? [node.value] : [];
    case 'assignment':
      return [node.target, node.value];
    case 'comprehension':
      return [
        ...node.clauses.flatMap((clause) => [clause.iterable, clause.target, ...clause.conditions]),
        ...(node.key ? [node.key] : []),
        node.element,
      ];
    case 'opaque':
      return node.children;
    case 'function':
      return functionHeadExpressions(node.definition);
    case 'class':
      return classHeadExpressions(node.definition);
  }
}

/** Expressions of a function that run where it is defined: decorators and defaults. */
export function functionHeadExpressions(definition: FunctionDefinition): readonly Expression[] {
  return [
    ...definition.decorators.map((decorator) => decorator.expression),
    ...definition.parameters.flatMap((parameter) => (parameter.defaultValue ? [parameter.defaultValue] : [])),
  ];
}

export function classHeadExpressions(definition: ClassDefinition): readonly Expression[] {
  return [
    ...definition.decorators.map((decorator) => decorator.expression),
    ...definition.bases,
    ...definition.keywords.map((keyword) => keyword.value),
  ];
}

/** Expressions that belong to the statement itself, in evaluation order; nested statements are not entered. */
export function statementExpressions(node: Statement): readonly Expression[] {
  switch (node.kind) {
    case 'expression':
      return [node.expression];
    case 'assign':
      return node.value ? [node.value, ...node.targets] : node.targets;
    case 'function':
      return functionHeadExpressions(node.definition);
    case 'class':
      return classHeadExpressions(node.definition);
    case 'export':
    case 'return':
      return node.value ? [node.value] : [];
    case 'if':
    case 'while':
      return [node.test];
    case 'for':
      return [node.iterable, node.target, node.test, node.update].filter((part) => part !== undefined);
    case 'with':
      return node.items.flatMap((item) => (item.target ? [item.context, item.target] : [item.context]));
    case 'try':
      return node.handlers.flatMap((handler) => [handler.type, handler.target].filter((part) => part !== undefined));
    case 'match':
      return [
        node.subject,
        ...node.cases.flatMap((branch) => (branch.guard ? [...branch.patterns, branch.guard] : branch.patterns)),
      ];
    case 'break':
    case 'continue':
    case 'raise':
      return [node.value, node.cause].filter((part) => part !== undefined);
    case 'opaque':
      return node.children;
    case 'import':
    case 'block':
    case 'scope':
      return [];
  }
}

/** Statement lists nested in a statement, in source order; bodies of functions and classes are not entered. */
export function nestedBodies(node: Statement): readonly (readonly Statement[])[] {
  switch (node.kind) {
    case 'if':
      return [node.consequent, node.alternate];
    case 'for':
      return [node.init ?? [], node.body, node.orElse];
    case 'while':
      return [node.body, node.orElse];
    case 'with':
    case 'block':
      return [node.body];
    case 'try':
      return [node.body, ...node.handlers.map((handler) => handler.body), node.orElse, node.finalizer];
    case 'match':
      return node.cases.map((branch) => branch.body);
    default:
      return [];
  }
}
