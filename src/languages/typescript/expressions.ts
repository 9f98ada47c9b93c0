import type { Expression } from '../../core/ir/expression.ts';
import { childByField, type SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerAssignmentExpression, lowerAugmentedExpression, lowerUpdateExpression } from './assignments.ts';
import { lowerCall, lowerNew } from './calls.ts';
import { lowerClass } from './classes.ts';
import { lowerArray, lowerObject } from './collections.ts';
import { lowerFunction } from './functions.ts';
import { lowerJsx } from './jsx.ts';
import type { Lowering } from './lowering.ts';
import { lowerMember, lowerMetaProperty, lowerSubscript } from './members.ts';
import { spanOf, unwrap } from './nodes.ts';
import { numberValue } from './numbers.ts';
import { emptyOpaque, lowerOpaque } from './opaque.ts';
import { lowerBinary, lowerUnary } from './operations.ts';
import { regroup } from './regroup.ts';
import { lowerTemplate, stringValue } from './strings.ts';

/** Lowers an expression; parentheses and type syntax around it are dropped, so its span may be narrower than the node's. */
export function lowerExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const inner = regroup(unwrap(node));
  if (inner !== node) lowering.keepErrors(node);
  return lowering.nested(
    1,
    () => dispatch(inner, lowering),
    () => emptyOpaque(inner.start, inner.end),
  );
}

/** Lowers the expression in a field; where half-typed code has none, an empty opaque one stands at the node's end. */
export function lowerField(node: SyntaxNode, field: string, lowering: Lowering): Expression {
  const child = childByField(node, field);
  return child === undefined ? emptyOpaque(node.end) : lowerExpression(child, lowering);
}

/** The expression of a node such as `...x`, `await x` or `${x}`. */
export function lowerOnlyChild(node: SyntaxNode, lowering: Lowering): Expression {
  lowering.keepErrors(node);
  const child = node.children[0];
  return child === undefined ? emptyOpaque(node.end) : lowerExpression(child, lowering);
}

function dispatch(node: SyntaxNode, lowering: Lowering): Expression {
  if (node.isMissing) return emptyOpaque(node.start);
  lowering.keepErrors(node);
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'shorthand_property_identifier_pattern':
    case 'private_property_identifier':
    case 'this':
    case 'super':
    case 'import':
      return { kind: 'name', name: lowering.textOf(node), ...spanOf(node) };
    case 'undefined':
    case 'null':
      return { kind: 'literal', value: null, ...spanOf(node) };
    case 'true':
    case 'false':
      return { kind: 'literal', value: node.type === 'true', ...spanOf(node) };
    case 'string':
      return { kind: 'literal', value: stringValue(node, lowering), ...spanOf(node) };
    case 'number':
      return lowerNumber(node, lowering);
    case 'template_string':
      return lowerTemplate(node, lowering);
    case 'member_expression':
      return lowerMember(node, lowering);
    case 'subscript_expression':
      return lowerSubscript(node, lowering);
    case 'meta_property':
      return lowerMetaProperty(node, lowering);
    case 'call_expression':
      return lowerCall(node, lowering);
    case 'new_expression':
      return lowerNew(node, lowering);
    case 'array':
    case 'array_pattern':
      return lowerArray(node, lowering);
    case 'object':
    case 'object_pattern':
      return lowerObject(node, lowering);
    case 'arrow_function':
    case 'function_expression':
    case 'generator_function':
      return { kind: 'function', definition: lowerFunction(node, lowering), ...spanOf(node) };
    case 'class':
      return lowerClassExpression(node, lowering);
    case 'ternary_expression':
      return lowerTernary(node, lowering);
    case 'binary_expression':
      return lowerBinary(node, lowering);
    case 'unary_expression':
      return lowerUnary(node, lowering);
    case 'update_expression':
      return lowerUpdateExpression(node, lowering);
    case 'assignment_expression':
      return lowerAssignmentExpression(node, lowering);
    case 'augmented_assignment_expression':
      return lowerAugmentedExpression(node, lowering);
    case 'await_expression':
      return { kind: 'await', value: lowerOnlyChild(node, lowering), ...spanOf(node) };
    case 'yield_expression':
      return lowerYield(node, lowering);
    case 'sequence_expression':
      return lowerSequence(node, lowering);
    case 'jsx_element':
    case 'jsx_self_closing_element':
      return lowerJsx(node, lowering);
    default:
      return lowerOpaque(node, lowering);
  }
}

function lowerNumber(node: SyntaxNode, lowering: Lowering): Expression {
  const value = numberValue(lowering.textOf(node));
  return value === undefined ? emptyOpaque(node.start, node.end) : { kind: 'literal', value, ...spanOf(node) };
}

function lowerClassExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const definition = lowerClass(node, lowering);
  return { kind: 'class', definition, ...spanOf(node) };
}

function lowerTernary(node: SyntaxNode, lowering: Lowering): Expression {
  return {
    kind: 'conditional',
    test: lowerField(node, 'condition', lowering),
    consequent: lowerField(node, 'consequence', lowering),
    alternate: lowerField(node, 'alternative', lowering),
    ...spanOf(node),
  };
}

function lowerYield(node: SyntaxNode, lowering: Lowering): Expression {
  const value = node.children[0];
  return { kind: 'yield', ...(value && { value: lowerExpression(value, lowering) }), ...spanOf(node) };
}

/** `a, b`: an operation whose value is that of its last operand. */
function lowerSequence(node: SyntaxNode, lowering: Lowering): Expression {
  const operands = node.children.map((part) => lowerExpression(part, lowering));
  return { kind: 'operation', operator: ',', operands, ...spanOf(node) };
}
