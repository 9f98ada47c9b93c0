import type { ClassDefinition, FunctionDefinition, Parameter } from '../ir/definition.ts';
import type {
  AttributeExpression,
  CallExpression,
  Expression,
  MappingExpression,
  NameExpression,
} from '../ir/expression.ts';
import type { ApiEntry } from './apiEntry.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { Definition, PatternPath } from './binding/scope.ts';
import { PYTHON_BUILTINS } from './builtins.ts';
import { ClassMembers } from './classMembers.ts';
import { foldOperation } from './constantFolding.ts';
import { enclosingClass } from './context.ts';
import { Fixpoint } from './fixpoint.ts';
import { moduleSpecifier } from './moduleName.ts';
import type { Value } from './value.ts';

/** Where the API data is looked up; kept behind an interface so that the model does not depend on the data. */
export interface ApiLookup {
  lookup(qualifiedName: string): ApiEntry | undefined;
  /** Public name behind a re-export path. */
  canonicalName(qualifiedName: string): string;
}

const UNKNOWN_VALUE: Value = { kind: 'unknown' };
const UNKNOWN_VALUES: readonly Value[] = [UNKNOWN_VALUE];
/** Own functions are looked through this many calls deep. */
const MOST_HOPS = 6;

/** Abstract evaluation: the set of values that an expression can have at its place. */
export class Evaluator {
  private readonly fixpoint = new Fixpoint();
  private readonly members: ClassMembers;
  private hops = 0;

  constructor(
    private readonly bound: BoundModule,
    private readonly apis: ApiLookup,
  ) {
    this.members = new ClassMembers(bound);
  }

  values(expression: Expression): readonly Value[] {
    return this.fixpoint.of(expression, () => this.compute(expression));
  }

  /** Qualified name that the expression always denotes. */
  qualifiedName(expression: Expression): string | undefined {
    const values = this.values(expression);
    const first = values[0];
    if (values.length !== 1 || first?.kind !== 'symbol') return undefined;
    return first.name;
  }

  /** Qualified name of what a call calls: function, class, method by its receiver's type, or `__call__` of an instance. */
  calleeName(call: CallExpression): string | undefined {
    const names = new Set(this.values(call.callee).map((value) => this.callableName(value)));
    const [name] = names;
    return names.size === 1 && name !== undefined ? this.apis.canonicalName(name) : undefined;
  }

  /** Functions of this module that a call can run; a class gives its constructor. */
  calledFunctions(call: CallExpression): readonly FunctionDefinition[] {
    return this.values(call.callee).flatMap((value) => {
      if (value.kind === 'function') return [value.definition];
      if (value.kind === 'class') return this.members.constructors(value.definition);
      if (value.kind === 'object') return this.members.methods(value.definition, '__call__');
      return [];
    });
  }

  get isPython(): boolean {
    return this.bound.module.language === 'python';
  }

  classMembers(): ClassMembers {
    return this.members;
  }

  private callableName(value: Value): string | undefined {
    if (value.kind === 'symbol') return value.name;
    if (value.kind === 'instance') return `${value.type}.__call__`;
    if (value.kind === 'object') {
      const base = this.libraryBase(value.definition);
      return base && `${base}.__call__`;
    }
    return undefined;
  }

  /** First base class that comes from a library, through the workspace's own bases. */
  libraryBase(definition: ClassDefinition): string | undefined {
    return this.libraryBases(definition)[0];
  }

  /** Every library class that the class derives from, nearest first. */
  libraryBases(definition: ClassDefinition, seen: ReadonlySet<ClassDefinition> = new Set()): readonly string[] {
    if (seen.has(definition)) return [];
    return definition.bases.flatMap((base) =>
      this.values(base).flatMap((value) => {
        if (value.kind === 'symbol') return [value.name];
        if (value.kind === 'class') return this.libraryBases(value.definition, new Set([...seen, definition]));
        return [];
      }),
    );
  }

  private compute(node: Expression): readonly Value[] {
    switch (node.kind) {
      case 'literal':
        return [{ kind: 'constant', value: node.value, node }];
      case 'name':
        return this.name(node);
      case 'attribute':
        return this.attribute(node);
      case 'subscript':
        return this.subscript(node.object, node.indices);
      case 'call':
        return this.call(node);
      case 'await':
        return this.values(node.value);
      case 'conditional':
        return [...this.values(node.consequent), ...this.values(node.alternate)];
      case 'logical':
        return node.operator === 'and'
          ? this.values(node.right)
          : [...this.values(node.left), ...this.values(node.right)];
      case 'assignment':
        return node.operator === '=' || node.operator === ':='
          ? this.values(node.value)
          : [...this.values(node.target), ...this.values(node.value)];
      case 'function':
        return [{ kind: 'function', definition: node.definition }];
      case 'class':
        return [{ kind: 'class', definition: node.definition }];
      case 'sequence':
      case 'mapping':
      case 'comprehension':
        return [{ kind: 'collection', node }];
      case 'operation':
      case 'template':
        return [foldOperation(node, (part) => this.values(part))];
      default:
        return UNKNOWN_VALUES;
    }
  }

  private name(node: NameExpression): readonly Value[] {
    if (node.name === 'this' && this.bound.module.language !== 'python') return this.receiver(node);
    const read = this.bound.reads.get(node);
    if (!read) return UNKNOWN_VALUES;
    if (!read.binding) return [this.builtin(node.name)];
    if (read.definitions.length === 0) return UNKNOWN_VALUES;
    return read.definitions.flatMap((definition) => this.definition(definition));
  }

  private builtin(name: string): Value {
    if (!this.isPython) return { kind: 'symbol', name: `globalThis.${name}` };
    return PYTHON_BUILTINS.has(name) ? { kind: 'symbol', name: `builtins.${name}` } : UNKNOWN_VALUE;
  }

  private receiver(node: NameExpression): readonly Value[] {
    const info = this.bound.infos.get(node);
    const definition = info && enclosingClass(info.context);
    return definition ? [{ kind: 'object', definition }] : UNKNOWN_VALUES;
  }

  private definition(definition: Definition): readonly Value[] {
    switch (definition.kind) {
      case 'import':
        return [this.imported(definition)];
      case 'assign': {
        const values = this.part(this.values(definition.value), definition.path);
        return definition.fallback ? [...values, ...this.values(definition.fallback)] : values;
      }
      case 'with':
        return this.part(this.values(definition.context), definition.path);
      case 'function':
        return [{ kind: 'function', definition: definition.definition }];
      case 'class':
        return [{ kind: 'class', definition: definition.definition }];
      case 'parameter':
        return this.parameter(definition);
      case 'loop':
        return this.part(this.elements(definition.iterable), definition.path);
      case 'augmented':
        return definition.operator === '??=' || definition.operator === '||='
          ? this.values(definition.value)
          : UNKNOWN_VALUES;
      case 'opaque':
        // A declaration without a value (`let model;`) holds nothing until it is assigned elsewhere.
        return definition.binding.definitions.length > 1 ? [] : UNKNOWN_VALUES;
    }
  }

  private imported(definition: Definition & { kind: 'import' }): Value {
    const { statement, name } = definition;
    if (this.bound.module.language !== 'python') {
      const module = moduleSpecifier(statement.module).name;
      return { kind: 'symbol', name: name.imported === '*' || !name.imported ? module : `${module}.${name.imported}` };
    }
    const module = '.'.repeat(statement.level) + statement.module;
    if (statement.isFrom) {
      return {
        kind: 'symbol',
        name: module.endsWith('.') ? `${module}${name.imported ?? ''}` : `${module}.${name.imported ?? ''}`,
      };
    }
    const bindsRoot = name.local !== undefined && module.split('.')[0] === name.local;
    return { kind: 'symbol', name: bindsRoot ? name.local : module };
  }

  private parameter(definition: Definition & { kind: 'parameter' }): readonly Value[] {
    const owner = definition.definition;
    const { parameter } = definition;
    if (this.isReceiverParameter(owner, parameter)) {
      const context = this.bound.functionContexts.get(owner);
      const holder = context?.parent && enclosingClass(context.parent);
      if (holder) return [{ kind: 'object', definition: holder }];
    }
    if (parameter.rest) return UNKNOWN_VALUES;
    const handed = owner.parameters[0] === parameter ? this.handedTo(owner) : undefined;
    if (handed) return this.part(handed, definition.path);
    if (definition.path.length > 0) return UNKNOWN_VALUES;
    const annotated = parameter.annotation ? this.annotatedType(parameter.annotation, owner) : undefined;
    if (annotated) return [{ kind: 'instance', type: annotated }];
    return parameter.defaultValue ? [...this.values(parameter.defaultValue), UNKNOWN_VALUE] : UNKNOWN_VALUES;
  }

  /** First argument of a callback: the settled value for `promise.then(fn)`, an element for `items.map(fn)`. */
  private handedTo(owner: FunctionDefinition): readonly Value[] | undefined {
    const around = this.bound.functionContexts.get(owner)?.parent?.frame;
    if (this.isPython || around?.kind !== 'argument' || around.call.callee.kind !== 'attribute') return undefined;
    if (around.call.args[0]?.value.kind !== 'function' || around.call.args[0].value.definition !== owner)
      return undefined;
    const { object, name } = around.call.callee;
    if (name === 'then') return this.values(object);
    return /^(map|forEach|flatMap|filter|some|every|find|findIndex)$/.test(name) ? this.elements(object) : undefined;
  }

  private isReceiverParameter(owner: FunctionDefinition, parameter: Parameter): boolean {
    if (this.bound.module.language !== 'python') return false;
    const context = this.bound.functionContexts.get(owner);
    if (context?.parent?.frame.kind !== 'class' || owner.isStatic) return false;
    return owner.parameters[0] === parameter;
  }

  /** Qualified class of a plain annotation (`nn.Module`, `"AutoModel"`, `Optional[X]` is not plain). */
  private annotatedType(annotation: string, owner: FunctionDefinition): string | undefined {
    const path = annotation.replace(/^["']|["']$/g, '').split('.');
    const [root, ...rest] = path;
    if (!root || path.some((part) => !/^[A-Za-z_]\w*$/.test(part))) return undefined;
    const context = this.bound.functionContexts.get(owner);
    if (!context) return undefined;
    const binding = this.bound.moduleScope.lookup(root);
    const definition = binding?.definitions.length === 1 ? binding.definitions[0] : undefined;
    if (definition?.kind !== 'import') return undefined;
    const value = this.imported(definition);
    return value.kind === 'symbol' ? [value.name, ...rest].join('.') : undefined;
  }

  private attribute(node: AttributeExpression): readonly Value[] {
    return this.values(node.object).flatMap((value) => this.member(value, node.name));
  }

  private member(value: Value, name: string): readonly Value[] {
    switch (value.kind) {
      case 'symbol':
        return [{ kind: 'symbol', name: `${value.name}.${name}` }];
      case 'instance':
        return [{ kind: 'symbol', name: `${value.type}.${name}` }];
      case 'object':
      case 'class':
        return this.classMember(value, name);
      case 'collection':
        return value.node.kind === 'mapping' && this.bound.module.language !== 'python'
          ? this.entry(value.node, name)
          : UNKNOWN_VALUES;
      default:
        return UNKNOWN_VALUES;
    }
  }

  private classMember(value: Value & { kind: 'object' | 'class' }, name: string): readonly Value[] {
    const own = this.lineage(value.definition).flatMap((definition): Value[] => [
      ...this.members.methods(definition, name).map((method): Value => ({ kind: 'function', definition: method })),
      ...this.members.assigned(definition, name).flatMap((store) => this.part(this.values(store.value), store.path)),
    ]);
    if (own.length > 0) return own;
    const base = this.libraryBase(value.definition);
    return base ? [{ kind: 'symbol', name: `${base}.${name}` }] : UNKNOWN_VALUES;
  }

  /** The class and its own bases in this module, nearest first. */
  private lineage(definition: ClassDefinition, seen: readonly ClassDefinition[] = []): readonly ClassDefinition[] {
    if (seen.includes(definition)) return [];
    const bases = definition.bases.flatMap((base) => this.values(base)).filter((value) => value.kind === 'class');
    return [definition, ...bases.flatMap((base) => this.lineage(base.definition, [...seen, definition]))];
  }

  private subscript(object: Expression, indices: readonly Expression[]): readonly Value[] {
    const index = indices.length === 1 && indices[0] ? this.values(indices[0]) : [];
    const key = index.length === 1 && index[0]?.kind === 'constant' ? index[0].value : undefined;
    if (typeof key !== 'string' && typeof key !== 'number') return UNKNOWN_VALUES;
    return this.values(object).flatMap((value) =>
      value.kind === 'collection' ? this.part([value], [key]) : UNKNOWN_VALUES,
    );
  }

  private call(node: CallExpression): readonly Value[] {
    const module = this.loadedModule(node);
    if (module) return [module];
    return this.values(node.callee).flatMap((value) => this.result(value, node));
  }

  /** `require('m')` and `import('m')` denote the module. */
  private loadedModule(node: CallExpression): Value | undefined {
    if (this.bound.module.language === 'python' || node.callee.kind !== 'name') return undefined;
    if (node.callee.name !== 'require' && node.callee.name !== 'import') return undefined;
    const [argument] = node.args;
    const value = argument && this.values(argument.value)[0];
    if (value?.kind !== 'constant' || typeof value.value !== 'string') return undefined;
    return { kind: 'symbol', name: moduleSpecifier(value.value).name };
  }

  private result(callee: Value, node: CallExpression): readonly Value[] {
    if (callee.kind === 'function') return this.returned(callee.definition);
    if (callee.kind === 'class') return [{ kind: 'object', definition: callee.definition, call: node }];
    const name = this.callableName(callee);
    if (name === undefined) return UNKNOWN_VALUES;
    const settled = name === 'globalThis.Promise.all' ? node.args[0]?.value : undefined;
    if (settled) return this.values(settled);
    const entry = this.apis.lookup(name);
    if (entry?.returns === 'self' && node.callee.kind === 'attribute') return this.values(node.callee.object);
    return [{ kind: 'instance', type: entry?.returns ?? resultType(name), call: node }];
  }

  private returned(definition: FunctionDefinition): readonly Value[] {
    if (this.hops >= MOST_HOPS) return UNKNOWN_VALUES;
    this.hops++;
    const values = this.fixpoint.of(definition, () => {
      const returns = this.bound.returns.get(definition) ?? [];
      return returns.length === 0 ? UNKNOWN_VALUES : returns.flatMap((value) => this.values(value));
    });
    this.hops--;
    return values;
  }

  /** What a loop over the iterable gives in each turn. */
  private elements(iterable: Expression): readonly Value[] {
    return this.values(iterable).flatMap((value) => {
      if (value.kind !== 'collection' || value.node.kind !== 'sequence') return UNKNOWN_VALUES;
      return value.node.elements.flatMap((element) =>
        element.kind === 'spread' ? UNKNOWN_VALUES : this.values(element),
      );
    });
  }

  /** Follows a pattern path into values. */
  private part(values: readonly Value[], path: PatternPath): readonly Value[] {
    let current = values;
    for (const step of path) {
      if (typeof step === 'object') return UNKNOWN_VALUES;
      current = current.flatMap((value) => this.step(value, step));
    }
    return current;
  }

  private step(value: Value, step: string | number): readonly Value[] {
    if (value.kind !== 'collection') return typeof step === 'string' ? this.member(value, step) : UNKNOWN_VALUES;
    const { node } = value;
    if (node.kind === 'mapping') return this.entry(node, String(step));
    if (node.kind !== 'sequence' || typeof step !== 'number') return UNKNOWN_VALUES;
    if (node.elements.some((element) => element.kind === 'spread')) return UNKNOWN_VALUES;
    const element = node.elements.at(step);
    return element ? this.values(element) : UNKNOWN_VALUES;
  }

  private entry(mapping: MappingExpression, key: string): readonly Value[] {
    const own = mapping.entries.findLast((entry) => entry.key === key);
    if (own) return this.values(own.value);
    return UNKNOWN_VALUES;
  }
}

function resultType(callee: string): string {
  const last = callee.slice(callee.lastIndexOf('.') + 1);
  return /^[A-Z]/.test(last) ? callee : `${callee}()`;
}
