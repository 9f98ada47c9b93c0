import type { ExportStatement, Statement } from '../../core/ir/statement.ts';
import { childByField, childByType, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { boundNames } from './boundNames.ts';
import { lowerClass } from './classes.ts';
import { lowerDecorators } from './decorators.ts';
import { lowerExpression } from './expressions.ts';
import { isTypeOnly, moduleExportName } from './imports.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { lowerStatement } from './statements.ts';
import { stringValue } from './strings.ts';

type ExportedName = ExportStatement['names'][number];

/** An export of names, of an expression, of a declaration (the export, then the declaration), or a re-export. */
export function lowerExport(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  lowering.keepErrors(node);
  const declaration = childByField(node, 'declaration');
  if (declaration !== undefined) return lowerExportedDeclaration(node, declaration, lowering);
  if (isTypeExport(node)) return [];
  const source = childByField(node, 'source');
  const names = exportedNames(node, lowering);
  const value = childByField(node, 'value') ?? exportAssignment(node);
  const isEmpty = names.length === 0 && value === undefined;
  if (lowering.isInsideNamespace || isEmpty) return [];
  return [
    {
      kind: 'export',
      ...(source && { module: stringValue(source, lowering) }),
      names,
      ...(value && { value: lowerExpression(value, lowering) }),
      ...spanOf(node),
    },
  ];
}

/** `export type …` and `export as namespace N`; the grammar does not know `export type * from` and skips its `type`. */
function isTypeExport(node: SyntaxNode): boolean {
  return isTypeOnly(node) || hasToken(node, 'namespace') || node.errors.some(isTypeOnly);
}

function lowerExportedDeclaration(node: SyntaxNode, declaration: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const statements = lowerDecorated(node, declaration, lowering);
  const locals = statements.flatMap(boundNames);
  if (lowering.isInsideNamespace || locals.length === 0) return statements;
  const isDefault = hasToken(node, 'default');
  const names = locals.map((local) => ({ exported: isDefault ? 'default' : local, local }));
  return [{ kind: 'export', names, ...spanOf(node) }, ...statements];
}

/** `@decorator export class X {}`: the decorators belong to the class. */
function lowerDecorated(node: SyntaxNode, declaration: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const decorators = lowerDecorators(node.children, lowering);
  if (decorators.length === 0) return lowerStatement(declaration, lowering);
  const definition = lowerClass(declaration, lowering, decorators);
  return [{ kind: 'class', definition, start: definition.start, end: definition.end }];
}

function exportedNames(node: SyntaxNode, lowering: Lowering): readonly ExportedName[] {
  const clause = childByType(node, 'export_clause');
  if (clause !== undefined) {
    return clause.children.filter((part) => !isTypeOnly(part)).flatMap((part) => specifierName(part, lowering));
  }
  const namespace = childByType(node, 'namespace_export')?.children[0];
  if (namespace !== undefined) return [{ exported: moduleExportName(namespace, lowering), local: '*' }];
  return hasToken(node, '*') ? [{ exported: '*', local: '*' }] : [];
}

function specifierName(node: SyntaxNode, lowering: Lowering): readonly ExportedName[] {
  const name = childByField(node, 'name');
  if (name === undefined) return [];
  const local = moduleExportName(name, lowering);
  const alias = childByField(node, 'alias');
  return [{ exported: alias === undefined ? local : moduleExportName(alias, lowering), local }];
}

/** The value of `export = value`. */
function exportAssignment(node: SyntaxNode): SyntaxNode | undefined {
  const child = node.children[0];
  return child?.field === undefined && child?.type !== 'export_clause' && child?.type !== 'namespace_export'
    ? child
    : undefined;
}
