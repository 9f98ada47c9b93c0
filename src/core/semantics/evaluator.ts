import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { Statement } from '../ir/statement.ts';
import type { ApiEntry } from './apiEntry.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { ClassMembers } from './classMembers.ts';
import type { Callee, Evaluation, Holder } from './evaluation.ts';
import type { Fixpoint } from './fixpoint.ts';
import type { Handling } from './handling.ts';
import { Mutations } from './mutations.ts';
import type { ExternalOwner, Value } from './value.ts';
import { expressionValues } from './values/expressionValues.ts';

/** The other files of the workspace, as far as their summaries tell. */
export interface ModuleLinks {
  /** The workspace's module behind a specifier of this file. */
  module(specifier: string): Value | undefined;
  exported(path: string, name: string): readonly Value[] | undefined;
  member(owner: ExternalOwner, name: string): readonly Value[] | undefined;
  returned(callee: Value & { kind: 'externalFunction' }): readonly Value[];
  /** What classes of other files that derive from a class of this one set a member to. */
  overridden(className: string, member: string): readonly Value[];
  /** What the function does with an argument. */
  parameterHandling(callee: Value & { kind: 'externalFunction' }, at: number | string): Handling;
  libraryBases(owner: ExternalOwner): readonly string[];
}

/** Where the API data is looked up; kept behind an interface so that the model does not depend on the data. */
export interface ApiLookup {
  lookup(qualifiedName: string): ApiEntry | undefined;
  /** Public name behind a re-export path. */
  canonicalName(qualifiedName: string): string;
  /** Modules by the global variable that a page's script tag defines. */
  readonly globals: ReadonlyMap<string, string>;
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
    return this.fixpoint.of(expression, () => expressionValues(this, expression));
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
    return this.values(call.callee).some((value) => {
      if (value.kind === 'symbol') return isOwnModule(value.name);
      return value.kind !== 'instance' && !(value.kind === 'constant' && value.value === null);
    });
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
}

/** `./settings.prepare`: code of the project that is not at hand. */
function isOwnModule(name: string): boolean {
  return /^(\.|\/|~\/|@\/|#)/.test(name);
}

function producersOf(values: readonly Value[]): readonly CallExpression[] {
  const found: CallExpression[] = [];
  for (const value of values) {
    if ((value.kind === 'instance' || value.kind === 'object') && value.call) found.push(value.call);
  }
  return found;
}
