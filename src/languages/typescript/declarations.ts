import type { Expression } from '../../core/ir/expression.ts';
import type { AssignStatement, Statement } from '../../core/ir/statement.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Span } from '../../core/text/span.ts';
import { annotationText } from './annotations.ts';
import { lowerExpression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { lowerTargetField } from './patterns.ts';
import { lowerStatement } from './statements.ts';

/** One statement per declarator. A single declarator's statement spans the whole declaration, keyword and semicolon included. */
export function lowerVariables(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const declarators = node.children.filter((child) => child.type === 'variable_declarator');
  const declaration = declarationKeyword(node, lowering);
  lowering.keepErrors(node);
  return declarators.map((declarator) =>
    lowerDeclarator(declarator, declaration, declarators.length === 1 ? node : declarator, lowering),
  );
}

/** `import a = N.b` names a member of a namespace. */
export function lowerImportAlias(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const [name, aliased] = node.children;
  if (name === undefined || aliased === undefined) return [];
  const target: Expression = { kind: 'name', name: lowering.textOf(name), ...spanOf(name) };
  const value = qualifiedName(aliased, lowering);
  return [{ kind: 'assign', targets: [target], value, operator: '=', declaration: 'const', ...spanOf(node) }];
}

/** `declare …`: variables and classes keep their names; functions, namespaces and modules are types only. */
export function lowerAmbient(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  return node.children
    .filter((child) => /^(lexical|variable|class|abstract_class|enum)_declaration$/.test(child.type))
    .flatMap((child) => lowerStatement(child, lowering));
}

function declarationKeyword(node: SyntaxNode, lowering: Lowering): 'const' | 'let' | 'var' {
  const keyword = childByField(node, 'kind');
  if (keyword === undefined) return 'var';
  return lowering.textOf(keyword) === 'const' ? 'const' : 'let';
}

function lowerDeclarator(
  node: SyntaxNode,
  declaration: 'const' | 'let' | 'var',
  span: Span,
  lowering: Lowering,
): AssignStatement {
  const value = childByField(node, 'value');
  const type = childByField(node, 'type');
  lowering.keepErrors(node);
  return {
    kind: 'assign',
    targets: [lowerTargetField(node, 'name', lowering)],
    ...(value && { value: lowerExpression(value, lowering) }),
    operator: '=',
    declaration,
    ...(type && { annotation: annotationText(type, lowering) }),
    start: span.start,
    end: span.end,
  };
}

/** `a.b.c` in type syntax, as an attribute chain. */
function qualifiedName(node: SyntaxNode, lowering: Lowering): Expression {
  const names: SyntaxNode[] = [];
  let rest: SyntaxNode | undefined = node;
  while (rest !== undefined && rest.type !== 'identifier') {
    const property = childByField(rest, 'property');
    if (property !== undefined) names.push(property);
    rest = childByField(rest, 'object');
  }
  const root = rest ?? node;
  let result: Expression = { kind: 'name', name: lowering.textOf(root), ...spanOf(root) };
  for (const property of names.reverse()) {
    const name = lowering.textOf(property);
    result = {
      kind: 'attribute',
      object: result,
      name,
      nameSpan: spanOf(property),
      start: node.start,
      end: property.end,
    };
  }
  return result;
}
