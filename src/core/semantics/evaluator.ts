import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type {
  AttributeExpression,
  CallExpression,
  Expression,
  LogicalExpression,
  NameExpression,
} from '../ir/expression.ts';
import type { Statement } from '../ir/statement.ts';
import type { ApiEntry } from './apiEntry.ts';
import type { BoundModule } from './binding/boundModule.ts';
import { PYTHON_BUILTINS } from './builtins.ts';
import type { ClassMembers } from './classMembers.ts';
import { foldOperation } from './constantFolding.ts';
import { enclosingClass } from './context.ts';
import type { Callee, Evaluation, Holder } from './evaluation.ts';
import type { Fixpoint } from './fixpoint.ts';
import { Mutations } from './mutations.ts';
import type { Value } from './value.ts';
import { callValues } from './values/callValues.ts';
import { definitionValues } from './values/definitionValues.ts';
import { memberValues } from './values/memberValues.ts';
import { partValues } from './values/parts.ts';
import { UNKNOWN_VALUE, UNKNOWN_VALUES } from './values/unknown.ts';

/** The other files of the workspace, as far as their summaries tell. */
export interface ModuleLinks {
  /** The workspace's module behind a specifier of this file. */
  module(specifier: string): Value | undefined;
  exported(path: string, name: string): readonly Value[] | undefined;
  member(owner: Value & { kind: 'externalClass' | 'externalObject' }, name: string): readonly Value[] | undefined;
  returned(callee: Value & { kind: 'externalFunction' }): readonly Value[];
  /** What classes of other files that derive from a class of this one set a member to. */
  overridden(className: string, member: string): readonly Value[];
  parameterMethods(callee: Value & { kind: 'externalFunction' }, at: number | string): readonly string[];
  libraryBases(owner: Value & { kind: 'externalClass' | 'externalObject' }): readonly string[];
}

/** Where the API data is looked up; kept behind an interface so that the model does not depend on the data. */
export interface ApiLookup {
  lookup(qualifiedName: string): ApiEntry | undefined;
  /** Public name behind a re-export path. */
  canonicalName(qualifiedName: string): string;
}

export interface EvaluatorParts {
  readonly bound: BoundModule;
  readonly members: ClassMembers;
  readonly apis: ApiLookup;
  /** Values of the workspace's other files; absent where a file is looked at alone. */
  readonly links: ModuleLinks | undefined;
  readonly evaluation: Evaluation;
}

/** Abstract evaluation: the set of values that an expression can have at its place. */
export class Evaluator {
  readonly bound: BoundModule;
  readonly members: ClassMembers;
  readonly apis: ApiLookup;
  readonly links: ModuleLinks | undefined;
  private readonly evaluation: Evaluation;
  private lazyMutations: Mutations | undefined;

  constructor({ bound, members, apis, links, evaluation }: EvaluatorParts) {
    this.bound = bound;
    this.members = members;
    this.apis = apis;
    this.links = links;
    this.evaluation = evaluation;
  }

  /** Keeps what was evaluated; values may depend on themselves. */
  get fixpoint(): Fixpoint {
    return this.evaluation.fixpoint;
  }

  values(expression: Expression): readonly Value[] {
    if (expression.kind === 'literal') return [{ kind: 'constant', value: expression.value, node: expression }];
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
    return this.callee(call).name;
  }

  /** Functions of this module that a call can run; a class gives its constructor. */
  calledFunctions(call: CallExpression): readonly FunctionDefinition[] {
    return this.callee(call).functions;
  }

  callee(call: CallExpression): Callee {
    return this.evaluation.callees.of(call, () => this.findCallee(call));
  }

  private findCallee(call: CallExpression): Callee {
    const values = this.values(call.callee);
    const names = new Set<string | undefined>();
    const functions: FunctionDefinition[] = [];
    for (const value of values) {
      if (value.kind === 'constant' && value.value === null) continue;
      const called = this.callableName(value);
      names.add(called === undefined ? undefined : this.apis.canonicalName(called));
      functions.push(...this.functionsOf(value));
    }
    const [name] = names;
    const isObject = values.some((value) => value.kind === 'instance' || value.kind === 'object');
    const receiver = call.callee.kind === 'attribute' ? call.callee.object : undefined;
    return {
      name: names.size === 1 ? name : undefined,
      functions,
      isObject,
      producers: isObject ? producersOf(values) : receiver ? this.producers(receiver) : [],
    };
  }

  /** The calls that can have produced what the expression holds. */
  producers(expression: Expression): readonly CallExpression[] {
    return producersOf(this.values(expression));
  }

  /** Names and attributes in a top-level statement that can hold what a call gives, in source order. */
  holdersIn(statement: Statement): readonly Holder[] {
    return this.evaluation.holders.of(statement, () => {
      const { from, to } = this.bound.units.get(statement)?.readPlaces ?? { from: 0, to: 0 };
      return this.bound.readPlaces
        .slice(from, to)
        .flatMap((node) => this.producers(node).map((producer) => ({ node, producer })));
    });
  }

  private functionsOf(value: Value): readonly FunctionDefinition[] {
    if (value.kind === 'function') return [value.definition];
    if (value.kind === 'class') return this.members.constructors(value.definition);
    return value.kind === 'object' ? this.members.methods(value.definition, '__call__') : [];
  }

  /** Built on first use: telling which calls run own code asks for values. */
  get mutations(): Mutations {
    // Code anywhere in the file may change an entry.
    this.fixpoint.noteOpen();
    this.lazyMutations ??= new Mutations(this.bound, (call) => this.runsOwnCode(call));
    return this.lazyMutations;
  }

  private runsOwnCode(call: CallExpression): boolean {
    return this.values(call.callee).some(
      (value) =>
        value.kind !== 'symbol' && value.kind !== 'instance' && !(value.kind === 'constant' && value.value === null),
    );
  }

  get isPython(): boolean {
    return this.bound.module.language === 'python';
  }

  /** Name under which a value is called. */
  callableName(value: Value): string | undefined {
    if (value.kind === 'symbol') return value.name;
    if (value.kind === 'instance') return `${value.type}.__call__`;
    if (value.kind === 'object') {
      const base = this.libraryBase(value.definition);
      return base && `${base}.__call__`;
    }
    if (value.kind === 'externalObject') {
      const [base] = this.links?.libraryBases(value) ?? [];
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
        if (value.kind === 'externalClass') return this.links?.libraryBases(value) ?? [];
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
        return callValues(this, node);
      case 'await':
        return this.values(node.value);
      case 'conditional':
        return [...this.values(node.consequent), ...this.values(node.alternate)];
      case 'logical':
        return this.logical(node);
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

  /** The left side where it decides, the right side where it does not, both where it may. */
  private logical(node: LogicalExpression): readonly Value[] {
    const left = this.values(node.left);
    const [value] = left;
    const constant = left.length === 1 && value?.kind === 'constant' ? value.value : undefined;
    if (constant === undefined)
      return [...(node.operator === 'and' ? UNKNOWN_VALUES : left), ...this.values(node.right)];
    const goesOn =
      node.operator === 'nullish' ? constant === null : node.operator === 'and' ? Boolean(constant) : !constant;
    return goesOn ? this.values(node.right) : left;
  }

  private name(node: NameExpression): readonly Value[] {
    if (node.name === 'this' && this.bound.module.language !== 'python') return this.receiver(node);
    const read = this.bound.reads.get(node);
    if (!read) return UNKNOWN_VALUES;
    if (!read.binding) return [this.builtin(node.name)];
    if (read.definitions.length === 0) return UNKNOWN_VALUES;
    return read.definitions.flatMap((definition) => definitionValues(this, definition));
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

  private attribute(node: AttributeExpression): readonly Value[] {
    return this.values(node.object).flatMap((value) =>
      this.hasMembers(value) && this.isChanged(node.object, value, node.name)
        ? UNKNOWN_VALUES
        : memberValues(this, value, node.name),
    );
  }

  private subscript(object: Expression, indices: readonly Expression[]): readonly Value[] {
    const index = indices.length === 1 && indices[0] ? this.values(indices[0]) : [];
    const key = index.length === 1 && index[0]?.kind === 'constant' ? index[0].value : undefined;
    if (typeof key !== 'string' && typeof key !== 'number') return UNKNOWN_VALUES;
    return this.values(object).flatMap((value) => {
      if (value.kind !== 'collection' || this.isChanged(object, value, String(key))) return UNKNOWN_VALUES;
      return partValues(this, [value], [key]);
    });
  }

  /** Members of other collections are methods, which no code changes. */
  private hasMembers(value: Value): boolean {
    return value.kind === 'collection' && value.node.kind === 'mapping' && !this.isPython;
  }

  /** An entry of a written-out mapping that code has changed since. */
  private isChanged(object: Expression, value: Value, key: string): boolean {
    return value.kind === 'collection' && this.mutations.mayChange(object, key);
  }
}

function producersOf(values: readonly Value[]): readonly CallExpression[] {
  const found: CallExpression[] = [];
  for (const value of values) {
    if ((value.kind === 'instance' || value.kind === 'object') && value.call) found.push(value.call);
  }
  return found;
}
