import type { FunctionDefinition, Parameter } from '../../ir/definition.ts';
import type { Expression } from '../../ir/expression.ts';
import type { Definition, PatternPath } from '../binding/scope.ts';
import { enclosingClass } from '../context.ts';
import type { Evaluator } from '../evaluator.ts';
import { moduleSpecifier } from '../moduleName.ts';
import type { Value } from '../value.ts';
import { elementValues, partValues } from './parts.ts';
import { UNKNOWN_VALUE, UNKNOWN_VALUES } from './unknown.ts';

export function definitionValues(evaluator: Evaluator, definition: Definition): readonly Value[] {
  switch (definition.kind) {
    case 'import':
      return importedValues(evaluator, definition);
    case 'assign': {
      const values = assignedValues(evaluator, definition.value, definition.path);
      return definition.fallback ? [...values, ...evaluator.values(definition.fallback)] : values;
    }
    case 'with':
      return partValues(evaluator, evaluator.values(definition.context), definition.path);
    case 'function':
      return [{ kind: 'function', definition: definition.definition }];
    case 'class':
      return [{ kind: 'class', definition: definition.definition }];
    case 'parameter':
      return parameterValues(evaluator, definition);
    case 'loop':
      return partValues(evaluator, elementValues(evaluator, definition.iterable), definition.path);
    case 'augmented':
      return definition.operator === '??=' || definition.operator === '||='
        ? evaluator.values(definition.value)
        : UNKNOWN_VALUES;
    case 'declared':
      // Holds nothing until it is assigned elsewhere.
      return definition.binding.definitions.length > 1 ? [] : UNKNOWN_VALUES;
    case 'opaque':
      return UNKNOWN_VALUES;
  }
}

/** What is taken out of a written mapping or list may have been changed since. */
function assignedValues(evaluator: Evaluator, source: Expression, path: PatternPath): readonly Value[] {
  const values = evaluator.values(source);
  if (path.length === 0) return values;
  const isNamed = values.some((value) => value.kind === 'collection' && value.node !== source);
  return isNamed && evaluator.mutations.mayChangeAny(source) ? UNKNOWN_VALUES : partValues(evaluator, values, path);
}

/** What an import binds: the workspace's own value where the module is one of its files, else a library's symbol. */
function importedValues(evaluator: Evaluator, definition: Definition & { kind: 'import' }): readonly Value[] {
  const { statement, name } = definition;
  const module = '.'.repeat(statement.level) + statement.module;
  const own = evaluator.links?.module(module);
  if (own && (statement.isFrom || !bindsRoot(definition))) {
    const isWhole = name.imported === undefined || (name.imported === '*' && !evaluator.isPython);
    if (isWhole) return [own];
    const exported = own.kind === 'module' ? evaluator.links?.exported(own.path, name.imported ?? '') : undefined;
    return exported ?? importedSubmodule(evaluator, definition, module) ?? UNKNOWN_VALUES;
  }
  const submodule = importedSubmodule(evaluator, definition, module);
  if (submodule) return submodule;
  return [importedSymbol(evaluator, definition, module)];
}

/** `from app import models` where `models` is a file; `app` may be a folder without `__init__.py`. */
function importedSubmodule(
  evaluator: Evaluator,
  { statement, name }: Definition & { kind: 'import' },
  module: string,
): readonly Value[] | undefined {
  if (!evaluator.isPython || !statement.isFrom || name.imported === undefined) return undefined;
  const submodule = evaluator.links?.module(`${module}${module.endsWith('.') ? '' : '.'}${name.imported}`);
  return submodule && [submodule];
}

function importedSymbol(evaluator: Evaluator, definition: Definition & { kind: 'import' }, module: string): Value {
  const { statement, name } = definition;
  if (!evaluator.isPython) {
    const { name: distribution } = moduleSpecifier(module);
    const isWhole = name.imported === '*' || !name.imported;
    return { kind: 'symbol', name: isWhole ? distribution : `${distribution}.${name.imported}`, module };
  }
  if (!statement.isFrom) {
    const root = module.split('.')[0] ?? module;
    return bindsRoot(definition)
      ? { kind: 'symbol', name: root, module: root }
      : { kind: 'symbol', name: module, module };
  }
  const separator = module.endsWith('.') ? '' : '.';
  return { kind: 'symbol', name: `${module}${separator}${name.imported ?? ''}`, module };
}

/** `import a.b` without `as` binds `a`. */
function bindsRoot({ statement, name }: Definition & { kind: 'import' }): boolean {
  return !statement.isFrom && statement.module.includes('.') && statement.module.split('.')[0] === name.local;
}

function parameterValues(evaluator: Evaluator, definition: Definition & { kind: 'parameter' }): readonly Value[] {
  const owner = definition.definition;
  const { parameter } = definition;
  if (isReceiverParameter(evaluator, owner, parameter)) {
    const context = evaluator.bound.functionContexts.get(owner);
    const holder = context?.parent && enclosingClass(context.parent);
    if (holder) return [{ kind: 'object', definition: holder }];
  }
  if (parameter.rest) return UNKNOWN_VALUES;
  const handed = owner.parameters[0] === parameter ? handedTo(evaluator, owner) : undefined;
  if (handed) return partValues(evaluator, handed, definition.path);
  if (definition.path.length > 0) return UNKNOWN_VALUES;
  const annotated = parameter.annotation ? annotatedValue(evaluator, parameter.annotation, owner) : undefined;
  if (annotated) return [annotated];
  return parameter.defaultValue ? [...evaluator.values(parameter.defaultValue), UNKNOWN_VALUE] : UNKNOWN_VALUES;
}

/** First argument of a callback: the settled value for `promise.then(fn)`, an element for `items.map(fn)`. */
function handedTo(evaluator: Evaluator, owner: FunctionDefinition): readonly Value[] | undefined {
  const around = evaluator.bound.functionContexts.get(owner)?.parent?.frame;
  if (evaluator.isPython || around?.kind !== 'argument' || around.call.callee.kind !== 'attribute') return undefined;
  if (around.call.args[0]?.value.kind !== 'function' || around.call.args[0].value.definition !== owner)
    return undefined;
  const { object, name } = around.call.callee;
  if (name === 'then') return evaluator.values(object);
  return /^(map|forEach|flatMap|filter|some|every|find|findIndex)$/.test(name)
    ? elementValues(evaluator, object)
    : undefined;
}

function isReceiverParameter(evaluator: Evaluator, owner: FunctionDefinition, parameter: Parameter): boolean {
  if (evaluator.bound.module.language !== 'python') return false;
  const context = evaluator.bound.functionContexts.get(owner);
  if (context?.parent?.frame.kind !== 'class' || owner.isStatic) return false;
  return owner.parameters[0] === parameter;
}

/** `Optional[X]`, `X | None` and `X | null`: whatever is called on the value is called on an `X`. */
function withoutNone(annotation: string): string {
  const plain = annotation.trim().replace(/^["']|["']$/g, '');
  const optional = /^(?:typing\.)?Optional\[(.+)\]$/.exec(plain)?.[1] ?? plain;
  const nothing = '(?:None|null|undefined)';
  return optional
    .replace(new RegExp(`(?:\\s*\\|\\s*${nothing})+$|^(?:${nothing}\\s*\\|\\s*)+`), '')
    .replace(/^["']|["']$/g, '');
}

/** What an annotation names: an object of a library's class (`nn.Module`, `Optional[nn.Module]`), in TypeScript also of one's own. */
function annotatedValue(evaluator: Evaluator, annotation: string, owner: FunctionDefinition): Value | undefined {
  const path = withoutNone(annotation).split('.');
  const [root, ...rest] = path;
  if (!root || path.some((part) => !/^[A-Za-z_]\w*$/.test(part))) return undefined;
  const context = evaluator.bound.functionContexts.get(owner);
  if (!context) return undefined;
  const binding = evaluator.bound.moduleScope.lookup(root);
  const definition = binding?.definitions.length === 1 ? binding.definitions[0] : undefined;
  if (definition?.kind === 'class' && rest.length === 0 && !evaluator.isPython)
    return { kind: 'object', definition: definition.definition };
  if (definition?.kind !== 'import') return undefined;
  const [value] = importedValues(evaluator, definition);
  if (value?.kind === 'externalClass' && rest.length === 0 && !evaluator.isPython)
    return { ...value, kind: 'externalObject' };
  if (value?.kind !== 'symbol') return undefined;
  // Other files find a class of this project by the specifier.
  const module = evaluator.isPython ? undefined : value.module;
  return { kind: 'instance', type: [value.name, ...rest].join('.'), ...(module === undefined ? {} : { module }) };
}
