import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { Statement } from '../ir/statement.ts';
import type { Span } from '../text/span.ts';
import type { ExternalReach } from '../workspace/linkFacts.ts';
import type { ModuleSummary } from '../workspace/moduleSummary.ts';
import { localValue } from '../workspace/portableValue.ts';
import { summarize } from '../workspace/summarize.ts';
import type { ApiEntry } from './apiEntry.ts';
import { bindArgument } from './argumentBinding.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { CallGraph } from './callGraph.ts';
import { Dependence } from './dependence.ts';
import type { Environment } from './environment.ts';
import type { ApiLookup, Evaluator } from './evaluator.ts';
import { type Fact, known, UNKNOWN } from './fact.ts';
import { handedDefinitions } from './handedFunctions.ts';
import { HandedValues } from './handedValues.ts';
import type { Handling } from './handling.ts';
import { Phases } from './phases.ts';
import type { Loop, Place } from './place.ts';
import { type PlaceJudges, PlaceModel } from './placeModel.ts';
import type { Call, Program, ValueUse } from './program.ts';
import { type ProgramInput, programParts } from './programParts.ts';
import { isTestOrBenchmark } from './testPath.ts';
import type { ExternalOwner, Value } from './value.ts';
import { ValueUses } from './valueUses.ts';

type Scalar = string | number | boolean | null;

/** Builds the program model of one lowered module. */
export function buildProgram(input: ProgramInput): ProgramModel {
  return new ProgramModel(input);
}

export class ProgramModel implements Program {
  readonly module: SourceModule;
  readonly path: string;
  readonly environment: Environment;
  readonly isTestOrBenchmark: boolean;
  readonly calls: readonly Call[];
  /** What the rest of the workspace needs to know of this file. */
  readonly summary: () => ModuleSummary;
  private readonly reach: ReadonlyMap<FunctionDefinition, ExternalReach>;
  private readonly bound: BoundModule;
  private readonly evaluator: Evaluator;
  private readonly graph: CallGraph;
  private readonly judges: PlaceJudges;
  private lazyDependence: Dependence | undefined;
  private lazyUses: ValueUses | undefined;
  private readonly callByNode = new Map<CallExpression, Call>();
  private readonly places = new Map<Expression, Place>();
  private loopsByCallback: ReadonlyMap<FunctionDefinition, Loop> | undefined;
  private handing: HandedValues | undefined;
  private readonly answers = new Map<unknown, unknown>();
  private callsByProducer: ReadonlyMap<CallExpression, readonly Call[]> | undefined;

  constructor(input: ProgramInput) {
    this.module = input.module;
    this.path = input.path;
    this.environment = input.environment;
    this.isTestOrBenchmark = isTestOrBenchmark(input.path);
    const parts = programParts(input);
    this.bound = parts.bound;
    this.reach = parts.reach;
    this.evaluator = parts.evaluator;
    this.graph = parts.graph;
    this.judges = {
      ...parts,
      phases: new Phases(this.bound, (call) => this.callByNode.get(call)?.api?.roles ?? [], this.graph),
      isCalled: (definition) => this.isCalled(definition),
      loopAround: (definition) => this.itemLoops().get(definition),
    };
    this.summary = () => summarize({ ...parts, path: input.path, ...(input.place ? { place: input.place } : {}) });
    this.calls = this.bound.calls.map((node) => this.modelCall(node, input.apis));
  }

  private get dependence(): Dependence {
    this.lazyDependence ??= new Dependence(this.bound, this.evaluator);
    return this.lazyDependence;
  }

  private get valueUses(): ValueUses {
    this.lazyUses ??= new ValueUses(this.bound, this.evaluator);
    return this.lazyUses;
  }

  get functions(): readonly FunctionDefinition[] {
    return this.bound.functions;
  }

  get classes(): readonly ClassDefinition[] {
    return this.bound.classes;
  }

  values(expression: Expression): readonly Value[] {
    return this.evaluator.values(expression);
  }

  qualifiedName(expression: Expression): string | undefined {
    return this.evaluator.qualifiedName(expression);
  }

  constant(expression: Expression): Fact<Scalar> {
    const values = this.values(expression);
    const [value] = values;
    return values.length === 1 && value?.kind === 'constant' ? known(value.value) : UNKNOWN;
  }

  place(expression: Expression): Place {
    const cached = this.places.get(expression);
    if (cached) return cached;
    const context = this.bound.infos.get(expression)?.context ?? { parent: undefined, frame: { kind: 'module' } };
    const place = new PlaceModel(expression, context, this.judges);
    this.places.set(expression, place);
    return place;
  }

  methodCalls(call: Call): readonly Call[] {
    this.callsByProducer ??= this.indexReceivers();
    return this.callsByProducer.get(call.node) ?? [];
  }

  uses(call: Call): readonly ValueUse[] {
    return this.valueUses.uses(call.node).map(({ kind, expression, call: receiver }) => {
      const model = receiver && this.callByNode.get(receiver);
      return { kind, expression, ...(model ? { call: model } : {}) };
    });
  }

  origin(expression: Expression): Call | undefined {
    const producers = this.evaluator.producers(expression);
    const [producer] = producers;
    return producers.length === 1 && producer ? this.callByNode.get(producer) : undefined;
  }

  dependsOn(expression: Expression, scope: Span): boolean {
    return this.dependence.dependsOn(expression, scope);
  }

  callsTo(definition: FunctionDefinition): readonly Call[] {
    return this.graph.callsTo(definition).flatMap((node) => this.callByNode.get(node) ?? []);
  }

  callerValues(definition: FunctionDefinition, parameter: string): readonly Value[] {
    const parameters = this.reach.get(definition)?.parameters ?? {};
    return Object.hasOwn(parameters, parameter) ? (parameters[parameter] ?? []).map(localValue) : [];
  }

  handling(call: Call, argument: Expression): Handling {
    this.handing ??= new HandedValues(this.bound, this.evaluator);
    return this.handing.handling(call.node, argument);
  }

  libraryBases(definition: ClassDefinition | ExternalOwner): readonly string[] {
    if ('body' in definition) return this.evaluator.libraryBases(definition);
    return this.evaluator.links?.libraryBases(definition) ?? [];
  }

  api(name: string): ApiEntry | undefined {
    return this.evaluator.apis.lookup(name);
  }

  callOf(node: CallExpression): Call | undefined {
    return this.callByNode.get(node);
  }

  parent(expression: Expression): Expression | Statement | undefined {
    return this.bound.infos.get(expression)?.parent;
  }

  statement(expression: Expression): Statement | undefined {
    return this.bound.infos.get(expression)?.statement;
  }

  text(span: Span): string {
    return this.module.text.slice(span.start, span.end);
  }

  once<Answer>(compute: (program: Program) => Answer): Answer {
    if (!this.answers.has(compute)) this.answers.set(compute, compute(this));
    // Put there for this very function.
    return this.answers.get(compute) as Answer;
  }

  private itemLoops(): ReadonlyMap<FunctionDefinition, Loop> {
    if (this.loopsByCallback) return this.loopsByCallback;
    const found = new Map<FunctionDefinition, Loop>();
    for (const call of this.bound.calls) {
      const loop = this.judges.loops.madeBy(call);
      if (loop) for (const definition of handedDefinitions(this.evaluator, call)) found.set(definition, loop);
    }
    this.loopsByCallback = found;
    return found;
  }

  private indexReceivers(): ReadonlyMap<CallExpression, readonly Call[]> {
    const index = new Map<CallExpression, Call[]>();
    for (const call of this.calls) {
      if (!call.receiver) continue;
      for (const producer of new Set(this.evaluator.callee(call.node).producers)) {
        const calls = index.get(producer);
        if (calls) calls.push(call);
        else index.set(producer, [call]);
      }
    }
    return index;
  }

  private isCalled(definition: FunctionDefinition): boolean {
    return this.graph.callsTo(definition).length > 0 || (this.reach.get(definition)?.gradients.length ?? 0) > 0;
  }

  private modelCall(node: CallExpression, apis: ApiLookup): Call {
    const name = this.evaluator.calleeName(node);
    const api = name ? apis.lookup(name) : undefined;
    const call = new CallModel(node, this, this.evaluator, name, api);
    this.callByNode.set(node, call);
    return call;
  }
}

class CallModel implements Call {
  declare readonly name?: string;
  declare readonly api?: ApiEntry;
  declare readonly receiver?: Expression;
  private placed: Place | undefined;

  constructor(
    readonly node: CallExpression,
    private readonly program: Program,
    private readonly evaluator: Evaluator,
    name: string | undefined,
    api: ApiEntry | undefined,
  ) {
    if (name !== undefined) this.name = name;
    if (api) this.api = api;
    const receiver = this.findReceiver();
    if (receiver) this.receiver = receiver;
  }

  get place(): Place {
    this.placed ??= this.program.place(this.node);
    return this.placed;
  }

  argument(parameter: string): Fact<Expression> {
    return bindArgument(this.node, parameter, this.api, this.evaluator);
  }

  constantArgument(parameter: string): Fact<Scalar> {
    const argument = this.argument(parameter);
    return argument.kind === 'known' ? this.program.constant(argument.value) : argument;
  }

  /** The object of a method call, or the called value itself when an instance is called (`pipe(x)`). */
  private findReceiver(): Expression | undefined {
    const { callee } = this.node;
    if (this.evaluator.callee(this.node).isObject) return callee;
    return callee.kind === 'attribute' ? callee.object : undefined;
  }
}
