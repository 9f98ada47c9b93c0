import type { Span } from '../text/span.ts';
import type { ClassDefinition, FunctionDefinition } from './definition.ts';

/**
 * Language-neutral expressions. Both front ends lower into these, so that one analysis and one rule serve
 * Python, notebooks, TypeScript and JavaScript. Spans are offsets into the analysed text.
 *
 * Lowering drops what cannot change meaning for the rules: parentheses, type assertions (`as`, `satisfies`, `!`),
 * type arguments. What has no counterpart here becomes `opaque` with its sub-expressions kept as `children`,
 * so that calls inside it are still seen.
 */
export type Expression =
  | NameExpression
  | AttributeExpression
  | SubscriptExpression
  | CallExpression
  | LiteralExpression
  | TemplateExpression
  | SequenceExpression
  | MappingExpression
  | ConditionalExpression
  | LogicalExpression
  | OperationExpression
  | AwaitExpression
  | YieldExpression
  | FunctionExpression
  | ClassExpression
  | AssignmentExpression
  | ComprehensionExpression
  | SpreadExpression
  | OpaqueExpression;

/** A variable read or, inside a target, written. `this` and `super` are names too; Python's `self` is an ordinary name. */
export interface NameExpression extends Span {
  readonly kind: 'name';
  readonly name: string;
}

export interface AttributeExpression extends Span {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  readonly nameSpan: Span;
}

export interface SubscriptExpression extends Span {
  readonly kind: 'subscript';
  readonly object: Expression;
  /** One entry per comma-separated subscript; a Python slice is an `operation` with operator `slice`. */
  readonly indices: readonly Expression[];
}

export interface CallExpression extends Span {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
  /** The argument list with its parentheses; empty at `end` for `new X` without one. */
  readonly argsSpan: Span;
  readonly isNew: boolean;
}

export interface Argument extends Span {
  /** Python keyword name; absent for positional arguments and in TypeScript. */
  readonly name?: string;
  readonly value: Expression;
  /** `*args` / `...args` spread positionally, `**kwargs` by keyword. */
  readonly spread?: 'positional' | 'keyword';
}

/** String, number, boolean, and `null` for None, null and undefined. Python bytes and big integers are `opaque`. */
export interface LiteralExpression extends Span {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** f-string or template literal with at least one hole; one without holes is a `literal`. */
export interface TemplateExpression extends Span {
  readonly kind: 'template';
  readonly parts: readonly (string | Expression)[];
}

/** Array, list, tuple or set. A TypeScript array is a `list`. */
export interface SequenceExpression extends Span {
  readonly kind: 'sequence';
  readonly form: 'list' | 'tuple' | 'set';
  readonly elements: readonly Expression[];
}

/** Dict display or object literal. */
export interface MappingExpression extends Span {
  readonly kind: 'mapping';
  readonly entries: readonly MappingEntry[];
}

export interface MappingEntry extends Span {
  /** Static key, when the key is a literal or an identifier key of an object literal. */
  readonly key?: string;
  readonly keyExpression?: Expression;
  readonly value: Expression;
  /** `**other` / `...other`: `value` is the spread mapping. */
  readonly isSpread: boolean;
}

export interface ConditionalExpression extends Span {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly consequent: Expression;
  readonly alternate: Expression;
}

export interface LogicalExpression extends Span {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or' | 'nullish';
  readonly left: Expression;
  readonly right: Expression;
}

/** Unary, binary, comparison and slice operations; `operator` is the source spelling (`not`, `+`, `is`, `===`, `slice`). */
export interface OperationExpression extends Span {
  readonly kind: 'operation';
  readonly operator: string;
  readonly operands: readonly Expression[];
}

export interface AwaitExpression extends Span {
  readonly kind: 'await';
  readonly value: Expression;
}

export interface YieldExpression extends Span {
  readonly kind: 'yield';
  readonly value?: Expression;
}

/** Lambda, arrow function or function expression. */
export interface FunctionExpression extends Span {
  readonly kind: 'function';
  readonly definition: FunctionDefinition;
}

export interface ClassExpression extends Span {
  readonly kind: 'class';
  readonly definition: ClassDefinition;
}

/** Assignment used as an expression: walrus, `x = v`, `x ??= v`, `x += v`, `x++` (operator `++`, value = target). */
export interface AssignmentExpression extends Span {
  readonly kind: 'assignment';
  readonly target: Expression;
  readonly operator: string;
  readonly value: Expression;
}

export interface ComprehensionExpression extends Span {
  readonly kind: 'comprehension';
  readonly form: 'list' | 'set' | 'mapping' | 'generator';
  readonly element: Expression;
  /** Key of a dict comprehension. */
  readonly key?: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause extends Span {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

/** `*x` / `...x` inside a sequence or a target pattern. */
export interface SpreadExpression extends Span {
  readonly kind: 'spread';
  readonly value: Expression;
}

/** Anything else: JSX, bytes, regular expressions, ERROR nodes, code nested deeper than the lowering limit. */
export interface OpaqueExpression extends Span {
  readonly kind: 'opaque';
  readonly children: readonly Expression[];
  /** Of a JSX element: those of its children that attributes such as `onClick` are given. */
  readonly handlers?: readonly ElementHandler[];
}

export interface ElementHandler {
  /** `onClick` */
  readonly attribute: string;
  readonly value: Expression;
}

/**
 * Targets of assignments, loops, `with … as` and parameters reuse expressions:
 * `name`, `attribute`, `subscript`, `sequence` (unpacking), `mapping` (object destructuring, key = property),
 * `spread` (rest), and `assignment` with operator `=` for a destructuring default.
 */
export type Target = Expression;
