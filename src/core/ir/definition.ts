import type { Span } from '../text/span.ts';
import type { Argument, Expression, Target } from './expression.ts';
import type { Statement } from './statement.ts';

export interface FunctionDefinition extends Span {
  readonly name?: string;
  readonly nameSpan?: Span;
  /** `lambda` covers Python lambdas; `arrow` and `expression` are JavaScript's; `method` sits in a class or object. */
  readonly form: 'declaration' | 'method' | 'lambda' | 'arrow' | 'expression';
  readonly parameters: readonly Parameter[];
  /** A lambda or expression-bodied arrow has a single `return` statement spanning its expression. */
  readonly body: readonly Statement[];
  readonly bodySpan: Span;
  readonly decorators: readonly Decorator[];
  readonly isAsync: boolean;
  readonly isStatic: boolean;
  /** `get`/`set` accessor. */
  readonly accessor?: 'get' | 'set';
  /** Source text of the return annotation, without the arrow or colon. */
  readonly returnAnnotation?: string;
}

export interface Parameter extends Span {
  /** A `name` or a destructuring pattern. */
  readonly target: Target;
  readonly defaultValue?: Expression;
  /** Source text of the annotation. */
  readonly annotation?: string;
  readonly rest?: 'positional' | 'keyword';
  readonly isKeywordOnly: boolean;
}

/** In TypeScript a definition's span includes its decorators; in Python it begins at `def` or `class`, after them. */
export interface Decorator extends Span {
  readonly expression: Expression;
}

export interface ClassDefinition extends Span {
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly bases: readonly Expression[];
  /** Python class keywords (`metaclass=…`). */
  readonly keywords: readonly Argument[];
  readonly decorators: readonly Decorator[];
  /** Methods are `function` statements; class-level fields are `assign` statements whose target is a plain `name`
   *  (TypeScript: `isStatic` tells `static x = …` from an instance field). */
  readonly body: readonly Statement[];
  readonly bodySpan: Span;
}
