import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { Statement } from '../ir/statement.ts';
import type { Span } from '../text/span.ts';
import type { ApiEntry } from './apiEntry.ts';
import type { Environment } from './environment.ts';
import type { Fact } from './fact.ts';
import type { Handling } from './handling.ts';
import type { Place } from './place.ts';
import type { ExternalOwner, Value } from './value.ts';

/** The program model of one file: what a rule sees. Nothing in it knows a grammar, a file system or an editor. */
export interface Program {
  readonly module: SourceModule;
  /** Workspace-relative path with forward slashes. */
  readonly path: string;
  readonly environment: Environment;
  /** Every call in source order, nested functions included. */
  readonly calls: readonly Call[];
  readonly functions: readonly FunctionDefinition[];
  readonly classes: readonly ClassDefinition[];
  /** True for tests, benchmarks and documentation snippets by path, where most rules stay silent. */
  readonly isTestOrBenchmark: boolean;

  /** Value set of an expression at its place; never empty, `unknown` where nothing is proved. */
  values(expression: Expression): readonly Value[];
  /** Qualified name of an expression that names something imported: `torch.utils.data.DataLoader`. */
  qualifiedName(expression: Expression): string | undefined;
  /** The constant that the expression always has; `unknown` when it varies or cannot be read. */
  constant(expression: Expression): Fact<string | number | boolean | null>;
  /** Place of an expression of this module. */
  place(expression: Expression): Place;
  /** Calls whose receiver can be the value that `call` produces: `m.generate(…)` for `m = X.from_pretrained(…)`. */
  methodCalls(call: Call): readonly Call[];
  /** The places where the value that `call` produces is used, other than as a method receiver. */
  uses(call: Call): readonly ValueUse[];
  /** The call that produced what the expression always holds: through names, `await`, and methods that return their receiver. */
  origin(expression: Expression): Call | undefined;
  /**
   * True when the expression can give another value in another turn of a loop, or in another call of a function: it reads, directly
   * or through local variables, the loop's target, a parameter of the function, or the result of a call that is not known to be pure.
   */
  dependsOn(expression: Expression, scope: Span): boolean;
  /** Calls of this module that can run the function. */
  callsTo(definition: FunctionDefinition): readonly Call[];
  /**
   * What calls in other files give to a parameter of a function of this one, through up to four calls; empty where no other file is
   * known to call it, `unknown` among the values where a call cannot be read.
   */
  callerValues(definition: FunctionDefinition, parameter: string): readonly Value[];
  /** What the functions that a call can run do with one of its arguments: `prepare(model)` calls `half` of it and keeps it. */
  handling(call: Call, argument: Expression): Handling;
  /** Library classes that a class derives from, nearest first, through the module's own classes. */
  libraryBases(definition: ClassDefinition | ExternalOwner): readonly string[];
  /** What the API data knows under a qualified name. */
  api(name: string): ApiEntry | undefined;
  callOf(node: CallExpression): Call | undefined;
  /** What directly holds an expression. */
  parent(expression: Expression): Expression | Statement | undefined;
  /** The innermost statement around an expression. */
  statement(expression: Expression): Statement | undefined;
  text(span: Span): string;
  /** What `compute` gives for this program, computed once: for what several rules ask of the whole file. `compute` has to be the same function each time. */
  once<Answer>(compute: (program: Program) => Answer): Answer;
}

export interface Call {
  readonly node: CallExpression;
  /** Qualified callee: `transformers.pipeline`, `torch.nn.Module.eval` (receiver's type and method), absent if unknown. */
  readonly name?: string;
  /** What the API data knows of the callee. */
  readonly api?: ApiEntry;
  /** Receiver of a method call. */
  readonly receiver?: Expression;
  readonly place: Place;
  /**
   * Argument by parameter name, whether given by keyword, by position against the API data, in a TypeScript options
   * object (dotted path: `options.dtype`), or through a `**` mapping that is readable. `unknown` when a spread that cannot be
   * read may carry it.
   */
  argument(parameter: string): Fact<Expression>;
  /** Shorthand: `constant` of `argument`. */
  constantArgument(parameter: string): Fact<string | number | boolean | null>;
}

export interface ValueUse {
  readonly kind: 'argument' | 'returned' | 'stored' | 'iterated' | 'other';
  readonly expression: Expression;
  /** The call that receives it, for `argument`. */
  readonly call?: Call;
}
