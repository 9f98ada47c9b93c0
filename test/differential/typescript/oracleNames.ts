import { analyze, DefinitionType } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES, type TSESTree } from '@typescript-eslint/typescript-estree';

/** Names that the scope manager sees bound by running code. */
export function declaredNames(ast: TSESTree.Program): readonly string[] {
  const manager = analyze(ast, { sourceType: 'module' });
  const facts = new Set<string>();
  for (const variable of manager.scopes.flatMap((scope) => scope.variables)) {
    for (const definition of variable.defs) {
      if (!bindsAtRunTime(definition.type) || isTypeOnly(definition.name)) continue;
      const [start, end] = definition.name.range;
      const name = definition.name.type === AST_NODE_TYPES.Identifier ? definition.name : undefined;
      if (name === undefined || name.name === 'this') continue;
      const nameEnd = name.typeAnnotation === undefined && !name.optional ? end : start + name.name.length;
      facts.add(`name ${start}-${nameEnd} ${name.name}`);
    }
  }
  return [...facts];
}

function bindsAtRunTime(type: DefinitionType): boolean {
  return (
    type !== DefinitionType.Type &&
    type !== DefinitionType.ImportBinding &&
    type !== DefinitionType.ImplicitGlobalVariable &&
    type !== DefinitionType.TSModuleName &&
    type !== DefinitionType.TSEnumMember
  );
}

/** Inside a signature, a function type, or a `declare` of a function, namespace or module: nothing there runs. */
export function isTypeOnly(node: TSESTree.Node): boolean {
  for (let parent: TSESTree.Node | undefined = node; parent !== undefined; parent = parent.parent) {
    switch (parent.type) {
      case AST_NODE_TYPES.TSFunctionType:
      case AST_NODE_TYPES.TSConstructorType:
      case AST_NODE_TYPES.TSMethodSignature:
      case AST_NODE_TYPES.TSCallSignatureDeclaration:
      case AST_NODE_TYPES.TSConstructSignatureDeclaration:
      case AST_NODE_TYPES.TSIndexSignature:
      case AST_NODE_TYPES.TSDeclareFunction:
      case AST_NODE_TYPES.TSEmptyBodyFunctionExpression:
      case AST_NODE_TYPES.TSMappedType:
        return true;
      case AST_NODE_TYPES.TSModuleDeclaration:
        if (parent.declare) return true;
        break;
      default:
        break;
    }
  }
  return false;
}
