import type { ImportedName, Statement } from '../../core/ir/statement.ts';
import { childByField, childByType, hasToken, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';
import { stringValue } from './strings.ts';

/** Static imports. Those of types are dropped: they load nothing. */
export function lowerImport(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  if (isTypeOnly(node)) return [];
  const clause = childByType(node, 'import_clause');
  const required = childByType(node, 'import_require_clause');
  const source = childByField(required ?? node, 'source');
  if (source === undefined || source.isMissing) return [];
  const names = importedNames(clause, required, lowering);
  if (names.length === 0 && hasSpecifiers(clause)) return [];
  const module = stringValue(source, lowering);
  return [{ kind: 'import', module, level: 0, names, isFrom: true, ...spanOf(node) }];
}

/** The name that an import or export specifier takes from the module, which may be a string. */
export function moduleExportName(node: SyntaxNode, lowering: Lowering): string {
  return node.type === 'string' ? stringValue(node, lowering) : lowering.textOf(node);
}

/** `import type …`, `{ type X }`, `export type …`. `import type from 'm'` has no such token: there `type` is a name. */
export function isTypeOnly(node: SyntaxNode): boolean {
  return hasToken(node, 'type') || hasToken(node, 'typeof');
}

function importedNames(
  clause: SyntaxNode | undefined,
  required: SyntaxNode | undefined,
  lowering: Lowering,
): readonly ImportedName[] {
  const local = required?.children[0];
  if (local !== undefined) return [binding('*', local, local, lowering)];
  return clause?.children.flatMap((part) => namesOf(part, lowering)) ?? [];
}

function namesOf(node: SyntaxNode, lowering: Lowering): readonly ImportedName[] {
  if (node.type === 'identifier') return [binding('default', node, node, lowering)];
  if (node.type === 'namespace_import') {
    const local = node.children[0];
    return local === undefined ? [] : [binding('*', local, node, lowering)];
  }
  return node.children.filter((part) => !isTypeOnly(part)).flatMap((part) => specifierName(part, lowering));
}

function specifierName(node: SyntaxNode, lowering: Lowering): readonly ImportedName[] {
  const name = childByField(node, 'name');
  if (name === undefined) return [];
  return [binding(moduleExportName(name, lowering), childByField(node, 'alias') ?? name, node, lowering)];
}

function binding(imported: string, local: SyntaxNode, node: SyntaxNode, lowering: Lowering): ImportedName {
  return { imported, local: lowering.textOf(local), ...spanOf(node) };
}

/** True for `import { type X } from 'm'`, which TypeScript removes as a whole, unlike `import {} from 'm'`. */
function hasSpecifiers(clause: SyntaxNode | undefined): boolean {
  return clause?.children.some((part) => part.children.length > 0) ?? false;
}
