import { analyze, type Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES, parse, simpleTraverse, type TSESTree } from '@typescript-eslint/typescript-estree';
import { isTypeOnly } from './oracleNames.ts';

interface OracleScopes {
  readonly reads: readonly string[];
  /** Offsets of the names that declarations bind. */
  readonly declared: ReadonlySet<number>;
}

type ReadName = TSESTree.Identifier | TSESTree.JSXIdentifier;

/**
 * What typescript-eslint's scope manager says of every variable that running code reads: `<offset> <name> <variable>`. The variable is
 * named by its first read, so that two sides agree exactly if they put the same reads together; `none` is bound nowhere in the
 * file.
 */
export function oracleScopes(text: string, path: string): OracleScopes | undefined {
  const ast = parsed(text, path);
  if (!ast) return undefined;
  simpleTraverse(ast, { enter: () => {} }, true);
  const { scopes } = analyze(ast, { sourceType: 'module' });
  const references = scopes.flatMap((scope) => scope.references);
  // Written without a declaration, such as `exports = module.exports`: a global that this file makes.
  const written = new Set(
    references.filter((one) => one.isWrite() && one.resolved === null).map(({ identifier }) => identifier.name),
  );
  const declared = new Set(
    scopes.flatMap(({ variables }) => variables.flatMap(({ identifiers }) => identifiers.map(({ range }) => range[0]))),
  );
  const groups = new Map<string | undefined, ReadName[]>();
  for (const reference of references) {
    const { identifier, resolved } = reference;
    if (!reference.isRead() || !reference.isValueReference) continue;
    if (declared.has(identifier.range[0]) || !isReadInCode(identifier)) continue;
    const variable = variableKey(resolved) ?? (written.has(identifier.name) ? identifier.name : undefined);
    groups.set(variable, [...(groups.get(variable) ?? []), identifier]);
  }
  const reads = [...groups].flatMap(([variable, names]) => readFacts(names, variable !== undefined));
  return { reads, declared };
}

/** A class has a variable outside and one inside of its body: both are told by the name in its head. */
function variableKey(variable: Variable | null): string | undefined {
  const name = variable?.defs[0]?.name;
  return name && !isTypeOnly(name) ? `${name.range[0]}` : undefined;
}

/** `undefined` for a file that this parser rejects; how many those are is checked where imports and calls are compared. */
function parsed(text: string, path: string): TSESTree.Program | undefined {
  try {
    return parse(text, { filePath: path, jsx: !/\.[mc]?ts$/.test(path), range: true, loc: false });
  } catch {
    return undefined;
  }
}

/** Facts of the reads of one variable; both sides make them here. */
export function readFacts(
  reads: readonly { readonly range: readonly [number, number]; readonly name: string }[],
  isBound: boolean,
): readonly string[] {
  const first = Math.min(...reads.map(({ range }) => range[0]));
  return [...new Set(reads.map(({ range, name }) => `${range[0]} ${name} ${isBound ? first : 'none'}`))];
}

const NOT_RUN: ReadonlySet<AST_NODE_TYPES> = new Set([
  AST_NODE_TYPES.TSTypeQuery,
  AST_NODE_TYPES.TSTypePredicate,
  AST_NODE_TYPES.JSXClosingElement,
]);

/** Not the `x` of `x is T`, of `typeof x` in a type, of `</x>`, or of `export { x }`. */
function isReadInCode(identifier: ReadName): boolean {
  for (let node: TSESTree.Node | undefined = identifier.parent; node !== undefined; node = node.parent) {
    if (NOT_RUN.has(node.type)) return false;
  }
  if (identifier.parent.type === AST_NODE_TYPES.ExportSpecifier) return false;
  return !isTypeOnly(identifier) && identifier.name !== 'arguments' && identifier.name !== 'undefined';
}
