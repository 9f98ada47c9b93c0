import { AST_NODE_TYPES, parse, simpleTraverse, type TSESTree } from '@typescript-eslint/typescript-estree';
import { declaredNames, isTypeOnly } from './oracleNames.ts';

/** What typescript-estree and its scope manager say of a file, spelled like the front end's facts. */
export function oracleFacts(text: string, path: string): readonly string[] {
  const ast = parse(text, { filePath: path, jsx: !/\.[mc]?ts$/.test(path), range: true, loc: false });
  const facts: string[] = [];
  simpleTraverse(ast, { enter: (node) => facts.push(...(isTypeOnly(node) ? [] : nodeFacts(node, text))) }, true);
  facts.push(...declaredNames(ast));
  return facts.sort();
}

type Node = TSESTree.Node;

function nodeFacts(node: Node, text: string): readonly string[] {
  switch (node.type) {
    case AST_NODE_TYPES.ImportDeclaration:
      return importFacts(node);
    case AST_NODE_TYPES.TSImportEqualsDeclaration:
      return requireFacts(node);
    case AST_NODE_TYPES.ExportNamedDeclaration:
      return isInNamespace(node) ? [] : namedExportFacts(node);
    case AST_NODE_TYPES.ExportAllDeclaration:
      if (node.exportKind === 'type') return [];
      return [
        node.exported === null
          ? `export * = * from ${node.source.value}`
          : `export ${moduleName(node.exported)} = * from ${node.source.value}`,
      ];
    case AST_NODE_TYPES.ExportDefaultDeclaration:
      return defaultExportFacts(node);
    case AST_NODE_TYPES.TSExportAssignment:
      return [`export value ${unwrap(node.expression).range[1]}`];
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return [callFact(node, node.callee, node.arguments, text)];
    case AST_NODE_TYPES.ImportExpression:
      return [callFact(node, undefined, node.options ? [node.source, node.options] : [node.source], text)];
    case AST_NODE_TYPES.TaggedTemplateExpression:
      return [callFact(node, node.tag, [node.quasi], text)];
    case AST_NODE_TYPES.MethodDefinition:
    case AST_NODE_TYPES.Property:
      return methodFacts(node, text);
    default:
      return [];
  }
}

function importFacts(node: TSESTree.ImportDeclaration): readonly string[] {
  const module = node.source.value;
  if (node.importKind === 'type') return [];
  if (node.specifiers.length === 0) return [`import ${module}`];
  return node.specifiers.flatMap((specifier) => {
    const at = `import ${specifier.range[0]}-${specifier.range[1]}`;
    const tail = `as ${specifier.local.name} from ${module}`;
    if (specifier.type === AST_NODE_TYPES.ImportDefaultSpecifier) return [`${at} default ${tail}`];
    if (specifier.type === AST_NODE_TYPES.ImportNamespaceSpecifier) return [`${at} * ${tail}`];
    return specifier.importKind === 'type' ? [] : [`${at} ${moduleName(specifier.imported)} ${tail}`];
  });
}

function requireFacts(node: TSESTree.TSImportEqualsDeclaration): readonly string[] {
  if (node.importKind === 'type') return [];
  const { moduleReference, id } = node;
  const exported = node.parent.type === AST_NODE_TYPES.ExportNamedDeclaration ? [`export ${id.name} = ${id.name}`] : [];
  if (moduleReference.type !== AST_NODE_TYPES.TSExternalModuleReference) {
    return [...exported, `name ${id.range[0]}-${id.range[1]} ${id.name}`];
  }
  if (moduleReference.expression.type !== AST_NODE_TYPES.Literal) return exported;
  return [...exported, `import ${id.range[0]}-${id.range[1]} * as ${id.name} from ${moduleReference.expression.value}`];
}

function namedExportFacts(node: TSESTree.ExportNamedDeclaration): readonly string[] {
  if (node.exportKind === 'type' && node.declaration === null) return [];
  const from = node.source === null ? '' : ` from ${node.source.value}`;
  if (node.declaration !== null) return declarationNames(node.declaration).map((name) => `export ${name} = ${name}`);
  return node.specifiers
    .filter((specifier) => specifier.exportKind !== 'type')
    .map((specifier) => `export ${moduleName(specifier.exported)} = ${moduleName(specifier.local)}${from}`);
}

function declarationNames(declaration: TSESTree.ExportDeclaration): readonly string[] {
  switch (declaration.type) {
    case AST_NODE_TYPES.VariableDeclaration:
      return declaration.declarations.flatMap((declarator) => patternNames(declarator.id));
    case AST_NODE_TYPES.FunctionDeclaration:
    case AST_NODE_TYPES.ClassDeclaration:
    case AST_NODE_TYPES.TSEnumDeclaration:
      return declaration.id === null ? [] : [declaration.id.name];
    default:
      return [];
  }
}

function patternNames(pattern: Node | null): readonly string[] {
  switch (pattern?.type) {
    case AST_NODE_TYPES.Identifier:
      return [pattern.name];
    case AST_NODE_TYPES.ArrayPattern:
      return pattern.elements.flatMap(patternNames);
    case AST_NODE_TYPES.ObjectPattern:
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === AST_NODE_TYPES.Property ? property.value : property.argument),
      );
    case AST_NODE_TYPES.AssignmentPattern:
      return patternNames(pattern.left);
    case AST_NODE_TYPES.RestElement:
      return patternNames(pattern.argument);
    default:
      return [];
  }
}

function defaultExportFacts(node: TSESTree.ExportDefaultDeclaration): readonly string[] {
  const { declaration } = node;
  switch (declaration.type) {
    case AST_NODE_TYPES.FunctionDeclaration:
    case AST_NODE_TYPES.ClassDeclaration:
      if (declaration.id === null) return [`export value ${declaration.range[1]}`];
      return [`export default = ${declaration.id.name}`];
    case AST_NODE_TYPES.TSInterfaceDeclaration:
    case AST_NODE_TYPES.TSDeclareFunction:
      return [];
    default:
      return [`export value ${unwrap(declaration).range[1]}`];
  }
}

function moduleName(name: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return name.type === AST_NODE_TYPES.Identifier ? name.name : name.value;
}

function callFact(node: Node, callee: Node | undefined, args: readonly Node[], text: string): string {
  const [start, end] = node.range;
  const name = callee === undefined ? 'import' : text.slice(...unwrap(callee).range);
  const isNew = node.type === AST_NODE_TYPES.NewExpression;
  return `call ${start}-${end} ${isNew ? 'new ' : ''}${name}(${args.map(shape).join(', ')})`;
}

function shape(argument: Node): string {
  const value = unwrap(argument);
  if (value.type === AST_NODE_TYPES.SpreadElement) return '...';
  return value.type === AST_NODE_TYPES.ObjectExpression ? `{${value.properties.map(keyOf).join(' ')}}` : '_';
}

function keyOf(property: TSESTree.ObjectLiteralElement): string {
  if (property.type === AST_NODE_TYPES.SpreadElement) return '...';
  return propertyName(property.key, property.computed) ?? '[]';
}

function propertyName(key: Node, computed: boolean): string | undefined {
  if (key.type === AST_NODE_TYPES.PrivateIdentifier) return `#${key.name}`;
  if (key.type === AST_NODE_TYPES.Identifier) return computed ? undefined : key.name;
  if (key.type === AST_NODE_TYPES.Literal && key.value !== null && !(key.value instanceof RegExp)) {
    return String(key.value);
  }
  const isPlainTemplate = key.type === AST_NODE_TYPES.TemplateLiteral && key.expressions.length === 0;
  return isPlainTemplate ? (key.quasis[0]?.value.cooked ?? undefined) : undefined;
}

function methodFacts(node: TSESTree.MethodDefinition | TSESTree.Property, text: string): readonly string[] {
  const { value, key } = node;
  const isMethod = node.type === AST_NODE_TYPES.MethodDefinition || node.method || node.kind !== 'init';
  if (!isMethod || value.type !== AST_NODE_TYPES.FunctionExpression) return [];
  const name = propertyName(key, node.computed);
  if (name === undefined) return [];
  const [start, end] = node.computed
    ? [text.lastIndexOf('[', key.range[0]), text.indexOf(']', key.range[1]) + 1]
    : key.range;
  return [`method ${start}-${end} ${name}`];
}

function isInNamespace(node: Node): boolean {
  return node.parent?.type === AST_NODE_TYPES.TSModuleBlock;
}

function unwrap(node: Node): Node {
  switch (node.type) {
    case AST_NODE_TYPES.ChainExpression:
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSTypeAssertion:
    case AST_NODE_TYPES.TSInstantiationExpression:
      return unwrap(node.expression);
    default:
      return node;
  }
}
