import type { Statement } from '../../core/ir/statement.ts';
import type { SyntaxNode } from '../../core/syntax/syntaxTree.ts';
import { lowerClass, lowerEnum } from './classes.ts';
import { lowerIf, lowerJump, lowerLabelled, lowerReturn, lowerSwitch, lowerTry, lowerWith } from './control.ts';
import { lowerAmbient, lowerImportAlias, lowerVariables } from './declarations.ts';
import { lowerExport } from './exports.ts';
import { lowerExpressionStatement } from './expressionStatements.ts';
import { lowerFunction } from './functions.ts';
import { lowerImport } from './imports.ts';
import { lowerDo, lowerFor, lowerForIn, lowerWhile } from './loops.ts';
import type { Lowering } from './lowering.ts';
import { lowerNamespace } from './namespaces.ts';
import { childrenAndErrors, spanOf } from './nodes.ts';
import { lowerOpaque } from './opaque.ts';
import { lowerSkipped } from './recovery.ts';

const statementTypes: ReadonlySet<string> = new Set([
  'abstract_class_declaration',
  'ambient_declaration',
  'break_statement',
  'class_declaration',
  'continue_statement',
  'debugger_statement',
  'do_statement',
  'empty_statement',
  'enum_declaration',
  'export_statement',
  'expression_statement',
  'for_in_statement',
  'for_statement',
  'function_declaration',
  'function_signature',
  'generator_function_declaration',
  'if_statement',
  'import_alias',
  'import_statement',
  'interface_declaration',
  'internal_module',
  'labeled_statement',
  'lexical_declaration',
  'module',
  'return_statement',
  'statement_block',
  'switch_statement',
  'throw_statement',
  'try_statement',
  'type_alias_declaration',
  'variable_declaration',
  'while_statement',
  'with_statement',
]);

export function isStatementType(type: string): boolean {
  return statementTypes.has(type);
}

/** Statements of a program or a block, in source order, with what could be kept of the text that the parser skipped. */
export function lowerBody(block: SyntaxNode, lowering: Lowering): readonly Statement[] {
  return lowerStatements(childrenAndErrors(block), lowering);
}

export function lowerStatements(nodes: readonly SyntaxNode[], lowering: Lowering): readonly Statement[] {
  const statements: Statement[] = [];
  for (const node of nodes) for (const statement of lowerStatement(node, lowering)) statements.push(statement);
  return statements;
}

/** Body of a loop or branch: the statements of its block, or its single statement. */
export function lowerBranch(node: SyntaxNode | undefined, lowering: Lowering): readonly Statement[] {
  if (node === undefined) return [];
  return node.type === 'statement_block' ? lowerBody(node, lowering) : lowerStatement(node, lowering);
}

/** One statement node can give none (types), one, or several (`const a = 1, b = 2`). */
export function lowerStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const { result, errors } = lowering.withErrors(() =>
    lowering.nested(
      1,
      () => dispatch(node, lowering),
      (): readonly Statement[] => [{ kind: 'opaque', children: [], ...spanOf(node) }],
    ),
  );
  if (errors.length === 0) return result;
  return [...result, ...errors.flatMap((error) => lowerSkipped(error, lowering))];
}

function dispatch(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  if (node.isMissing) return [];
  switch (node.type) {
    case 'expression_statement':
      return lowerExpressionStatement(node, lowering);
    case 'lexical_declaration':
    case 'variable_declaration':
      return lowerVariables(node, lowering);
    case 'function_declaration':
    case 'generator_function_declaration':
      return [{ kind: 'function', definition: lowerFunction(node, lowering), ...spanOf(node) }];
    case 'class_declaration':
    case 'abstract_class_declaration':
      return [{ kind: 'class', definition: lowerClass(node, lowering), ...spanOf(node) }];
    case 'enum_declaration':
      return [{ kind: 'class', definition: lowerEnum(node, lowering), ...spanOf(node) }];
    case 'import_statement':
      return lowerImport(node, lowering);
    case 'import_alias':
      return lowerImportAlias(node, lowering);
    case 'export_statement':
      return lowerExport(node, lowering);
    case 'ambient_declaration':
      return lowerAmbient(node, lowering);
    case 'internal_module':
    case 'module':
      return lowerNamespace(node, lowering);
    case 'statement_block':
      return [{ kind: 'block', body: lowerBody(node, lowering), ...spanOf(node) }];
    case 'labeled_statement':
      return [lowerLabelled(node, lowering)];
    case 'if_statement':
      return [lowerIf(node, lowering)];
    case 'for_statement':
      return [lowerFor(node, lowering)];
    case 'for_in_statement':
      return [lowerForIn(node, lowering)];
    case 'while_statement':
      return [lowerWhile(node, lowering)];
    case 'do_statement':
      return [lowerDo(node, lowering)];
    case 'switch_statement':
      return [lowerSwitch(node, lowering)];
    case 'try_statement':
      return [lowerTry(node, lowering)];
    case 'with_statement':
      return [lowerWith(node, lowering)];
    case 'return_statement':
      return [lowerReturn(node, lowering)];
    case 'throw_statement':
    case 'break_statement':
    case 'continue_statement':
      return [lowerJump(node, lowering)];
    case 'ERROR':
      return lowerSkipped(node, lowering);
    case 'debugger_statement':
    case 'empty_statement':
    case 'function_signature':
    case 'hash_bang_line':
    case 'interface_declaration':
    case 'type_alias_declaration':
      return [];
    default:
      return [lowerUnknown(node, lowering)];
  }
}

function lowerUnknown(node: SyntaxNode, lowering: Lowering): Statement {
  const { children } = lowerOpaque(node, lowering);
  return { kind: 'opaque', children, ...spanOf(node) };
}
