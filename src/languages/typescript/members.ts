import type { Expression } from '../../core/ir/expression.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerField } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { spanOf } from './nodes.ts';

/** `a.b`, `a?.b`, `a.#b`: optional chaining is dropped. */
export function lowerMember(node: SyntaxNode, lowering: Lowering): Expression {
  const object = lowerField(node, 'object', lowering);
  const property = childByField(node, 'property');
  const nameSpan = property === undefined ? { start: node.end, end: node.end } : spanOf(property);
  return {
    kind: 'attribute',
    object,
    name: lowering.text.slice(nameSpan.start, nameSpan.end),
    nameSpan,
    ...spanOf(node),
  };
}

/** `a[i]`; the comma operator inside the brackets is one subscript. */
export function lowerSubscript(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'subscript',
    object: lowerField(node, 'object', lowering),
    indices: [lowerField(node, 'index', lowering)],
    ...spanOf(node),
  };
}

/** `import.meta` and `new.target` as attributes of the keyword. */
export function lowerMetaProperty(node: SyntaxNode, lowering: Lowering): Expression {
  const text = lowering.textOf(node);
  const keyword = text.startsWith('import') ? 'import' : 'new';
  const name = keyword === 'import' ? 'meta' : 'target';
  return {
    kind: 'attribute',
    object: { kind: 'name', name: keyword, start: node.start, end: node.start + keyword.length },
    name,
    nameSpan: { start: node.end - name.length, end: node.end },
    ...spanOf(node),
  };
}
