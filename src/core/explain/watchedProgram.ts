import type { MachineEvidence } from '../evidence/machineEvidence.ts';
import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { Statement } from '../ir/statement.ts';
import type { ApiEntry } from '../semantics/apiEntry.ts';
import type { Environment, HardwareFacts, VersionRange } from '../semantics/environment.ts';
import type { Fact } from '../semantics/fact.ts';
import type { Handling } from '../semantics/handling.ts';
import type { Place } from '../semantics/place.ts';
import type { Call, Program, ValueUse } from '../semantics/program.ts';
import type { ExternalOwner, Value } from '../semantics/value.ts';
import type { Span } from '../text/span.ts';
import type { QuestionLog } from './questionLog.ts';
import { scalarFactText, valueTexts } from './valueText.ts';
import { watchedCall, watchedPlace } from './watched.ts';

/** The program model as a rule sees it, which writes down what is asked about the watched places and about the file. */
export class WatchedProgram implements Program {
  readonly calls: readonly Call[];
  readonly environment: Environment;
  private readonly watched = new Map<Call, Call>();

  constructor(
    private readonly program: Program,
    private readonly log: QuestionLog,
  ) {
    this.calls = program.calls.map((call) => this.watch(call));
    this.environment = this.watchEnvironment(program.environment);
  }

  get module(): SourceModule {
    return this.program.module;
  }

  get path(): string {
    return this.program.path;
  }

  get functions(): readonly FunctionDefinition[] {
    return this.program.functions;
  }

  get classes(): readonly ClassDefinition[] {
    return this.program.classes;
  }

  get isTestOrBenchmark(): boolean {
    this.log.ofFile('test or benchmark', this.program.isTestOrBenchmark ? 'yes' : 'no');
    return this.program.isTestOrBenchmark;
  }

  values(expression: Expression): readonly Value[] {
    const values = this.program.values(expression);
    this.log.about(expression, 'values', () => valueTexts(values).join(' | '));
    return values;
  }

  qualifiedName(expression: Expression): string | undefined {
    const name = this.program.qualifiedName(expression);
    this.log.about(expression, 'qualified name', () => name ?? 'unknown');
    return name;
  }

  constant(expression: Expression): Fact<string | number | boolean | null> {
    const fact = this.program.constant(expression);
    this.log.about(expression, 'constant', () => scalarFactText(fact));
    return fact;
  }

  place(expression: Expression): Place {
    return watchedPlace(this.program.place(expression), (asked, answer) => this.log.about(expression, asked, answer));
  }

  methodCalls(call: Call): readonly Call[] {
    const calls = this.program.methodCalls(call);
    this.log.about(call.node, 'methods called on the result', () => calls.map(methodName).join(', ') || 'none');
    return calls.map((method) => this.watch(method));
  }

  uses(call: Call): readonly ValueUse[] {
    const uses = this.program.uses(call);
    this.log.about(call.node, 'uses of the result', () => uses.map(({ kind }) => kind).join(', ') || 'none');
    return uses.map((use) => (use.call ? { ...use, call: this.watch(use.call) } : use));
  }

  origin(expression: Expression): Call | undefined {
    const origin = this.program.origin(expression);
    this.log.about(expression, 'produced by', () => origin?.name ?? 'unknown');
    return origin && this.watch(origin);
  }

  dependsOn(expression: Expression, scope: Span): boolean {
    const depends = this.program.dependsOn(expression, scope);
    this.log.about(expression, 'can differ from turn to turn', () => (depends ? 'yes' : 'no'));
    return depends;
  }

  callsTo(definition: FunctionDefinition): readonly Call[] {
    return this.program.callsTo(definition).map((call) => this.watch(call));
  }

  callerValues(definition: FunctionDefinition, parameter: string): readonly Value[] {
    return this.program.callerValues(definition, parameter);
  }

  handling(call: Call, argument: Expression): Handling {
    return this.program.handling(call, argument);
  }

  libraryBases(definition: ClassDefinition | ExternalOwner): readonly string[] {
    return this.program.libraryBases(definition);
  }

  api(name: string): ApiEntry | undefined {
    return this.program.api(name);
  }

  callOf(node: CallExpression): Call | undefined {
    const call = this.program.callOf(node);
    return call && this.watch(call);
  }

  once<Answer>(compute: (program: Program) => Answer): Answer {
    // Each rule's own questions are to be seen.
    return compute(this);
  }

  parent(expression: Expression): Expression | Statement | undefined {
    return this.program.parent(expression);
  }

  statement(expression: Expression): Statement | undefined {
    return this.program.statement(expression);
  }

  text(span: Span): string {
    return this.program.text(span);
  }

  /** Calls elsewhere stay as they are; one call is always the same object, so that rules can compare and remember it. */
  private watch(call: Call): Call {
    if (!this.log.watches(call.node)) return call;
    const known = this.watched.get(call);
    if (known) return known;
    const made = watchedCall(this.program, call, (asked, answer) => this.log.about(call.node, asked, answer));
    this.watched.set(call, made);
    return made;
  }

  private watchEnvironment({ versions, hardware, runtime, machine }: Environment): Environment {
    const { log } = this;
    return {
      versions: {
        version(distribution): Fact<VersionRange> {
          const fact = versions.version(distribution);
          log.ofFile(`version of ${distribution}`, versionText(fact));
          return fact;
        },
      },
      get machine(): MachineEvidence | undefined {
        log.ofFile('machine', machineText(machine));
        return machine;
      },
      get hardware(): HardwareFacts {
        log.ofFile('hardware', hardware.name);
        return hardware;
      },
      get runtime(): Environment['runtime'] {
        log.ofFile('runtime', scalarFactText(runtime));
        return runtime;
      },
    };
  }
}

/** The line that says what the code runs on. */
export function machineText(machine: MachineEvidence | undefined): string {
  return machine ? `${machine.kind.toUpperCase()} (${machine.from.path}: ${machine.from.text})` : 'not said';
}

export function versionText(fact: Fact<VersionRange>): string {
  return fact.kind === 'known' ? fact.value.declaredBy : fact.kind;
}

/** `model.generate` → `generate`. */
export function methodName(call: Call): string {
  const { callee } = call.node;
  return callee.kind === 'attribute' ? callee.name : (call.name ?? 'call');
}
