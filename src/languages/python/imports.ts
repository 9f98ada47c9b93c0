import type { ImportedName, ImportStatement } from '../../core/ir/statement.ts';
import { childByField, childByType, childrenByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import type { Lowering } from './lowering.ts';

/** `import a, b.c as d`: one statement per module; each binds the first part of its name or the alias. */
export function lowerImport(node: SyntaxNode, lowering: Lowering): ImportStatement[] {
  return childrenByField(node, 'name').map((name) => {
    const dotted = name.type === 'aliased_import' ? childByField(name, 'name') : name;
    const module = dottedText(dotted, lowering);
    const local = aliasOf(name, lowering) ?? module.split('.', 1)[0] ?? module;
    const names = [{ start: name.start, end: name.end, local }];
    return { kind: 'import', start: node.start, end: node.end, module, level: 0, names, isFrom: false };
  });
}

export function lowerImportFrom(node: SyntaxNode, lowering: Lowering): ImportStatement[] {
  const source = childByField(node, 'module_name');
  const isRelative = source?.type === 'relative_import';
  const prefix = isRelative ? childByType(source, 'import_prefix') : undefined;
  const module = dottedText(isRelative ? childByType(source, 'dotted_name') : source, lowering);
  const level = prefix === undefined ? 0 : countDots(lowering.textOf(prefix));
  return [importFrom(node, module, level, lowering)];
}

export function lowerFutureImport(node: SyntaxNode, lowering: Lowering): ImportStatement[] {
  return [importFrom(node, '__future__', 0, lowering)];
}

function importFrom(node: SyntaxNode, module: string, level: number, lowering: Lowering): ImportStatement {
  const names: ImportedName[] = [];
  for (const child of node.children) {
    if (child.type === 'wildcard_import') names.push({ start: child.start, end: child.end, imported: '*' });
    else if (child.field === 'name') names.push(importedName(child, lowering));
  }
  return { kind: 'import', start: node.start, end: node.end, module, level, names, isFrom: true };
}

function importedName(node: SyntaxNode, lowering: Lowering): ImportedName {
  const imported = dottedText(node.type === 'aliased_import' ? childByField(node, 'name') : node, lowering);
  return { start: node.start, end: node.end, imported, local: aliasOf(node, lowering) ?? imported };
}

function aliasOf(node: SyntaxNode, lowering: Lowering): string | undefined {
  const alias = node.type === 'aliased_import' ? childByField(node, 'alias') : undefined;
  return alias === undefined ? undefined : lowering.nameAt(alias);
}

/** Joined by its parts, because spaces and line continuations may stand around the dots. */
export function dottedText(node: SyntaxNode | undefined, lowering: Lowering): string {
  return node === undefined ? '' : node.children.map((part) => lowering.nameAt(part)).join('.');
}

function countDots(text: string): number {
  return text.split('.').length - 1;
}
