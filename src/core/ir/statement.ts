import type { Span } from '../text/span.ts';
import type { ClassDefinition, FunctionDefinition } from './definition.ts';
import type { Expression, Target } from './expression.ts';

export type Statement =
  | ExpressionStatement
  | AssignStatement
  | FunctionStatement
  | ClassStatement
  | ImportStatement
  | ExportStatement
  | ReturnStatement
  | IfStatement
  | ForStatement
  | WhileStatement
  | WithStatement
  | TryStatement
  | MatchStatement
  | BlockStatement
  | JumpStatement
  | ScopeStatement
  | OpaqueStatement;

export interface ExpressionStatement extends Span {
  readonly kind: 'expression';
  readonly expression: Expression;
}

/** `a = b = v` has two targets; `x: T` alone has no value. One statement per declarator of a JavaScript declaration. */
export interface AssignStatement extends Span {
  readonly kind: 'assign';
  readonly targets: readonly Target[];
  readonly value?: Expression;
  /** `=` or an augmented operator such as `+=`, `??=`. */
  readonly operator: string;
  /** JavaScript declaration keyword; absent in Python and for plain assignments. `field` marks a class field. */
  readonly declaration?: 'const' | 'let' | 'var' | 'using' | 'field';
  readonly isStatic?: boolean;
  readonly annotation?: string;
}

export interface FunctionStatement extends Span {
  readonly kind: 'function';
  readonly definition: FunctionDefinition;
}

export interface ClassStatement extends Span {
  readonly kind: 'class';
  readonly definition: ClassDefinition;
}

/** Static imports. `import a.b` binds `a` (`local: 'a'`, `imported: undefined`); type-only imports are not lowered.
 *  `require('m')` and `await import('m')` stay calls and are understood by the semantic layer. */
export interface ImportStatement extends Span {
  readonly kind: 'import';
  readonly module: string;
  /** Leading dots of a Python relative import; 0 otherwise. */
  readonly level: number;
  readonly names: readonly ImportedName[];
  /** True for Python `from m import …` and for ES imports; false for `import m [as n]`. */
  readonly isFrom: boolean;
}

export interface ImportedName extends Span {
  /** Exported name: an identifier, `default`, `*` for a namespace or star import; absent for Python `import m`. */
  readonly imported?: string;
  /** Local binding; absent for a Python star import and for a side-effect import. */
  readonly local?: string;
}

/** Names a module exports without declaring them in the same statement, and re-exports. A declaration that is
 *  exported in place is lowered to an `export` followed by the declaration itself. */
export interface ExportStatement extends Span {
  readonly kind: 'export';
  /** Source module of a re-export. */
  readonly module?: string;
  readonly names: readonly { readonly exported: string; readonly local: string }[];
  /** `export default <expression>`. */
  readonly value?: Expression;
}

export interface ReturnStatement extends Span {
  readonly kind: 'return';
  readonly value?: Expression;
}

export interface IfStatement extends Span {
  readonly kind: 'if';
  readonly test: Expression;
  readonly consequent: readonly Statement[];
  readonly alternate: readonly Statement[];
}

/** `each`: Python `for`, `for … of`; `keys`: `for … in`; `count`: C-style `for(;;)`, with `init`, `test` and `update`. */
export interface ForStatement extends Span {
  readonly kind: 'for';
  readonly form: 'each' | 'keys' | 'count';
  /** JavaScript keyword that declares the target anew; absent in Python and for `for (x of y)` on an outer variable. */
  readonly declaration?: 'const' | 'let' | 'var' | 'using';
  readonly target?: Target;
  readonly iterable?: Expression;
  readonly init?: readonly Statement[];
  readonly test?: Expression;
  readonly update?: Expression;
  readonly body: readonly Statement[];
  readonly orElse: readonly Statement[];
  readonly isAsync: boolean;
}

export interface WhileStatement extends Span {
  readonly kind: 'while';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orElse: readonly Statement[];
  readonly isPostTest: boolean;
}

export interface WithStatement extends Span {
  readonly kind: 'with';
  readonly items: readonly { readonly context: Expression; readonly target?: Target }[];
  readonly body: readonly Statement[];
  readonly bodySpan: Span;
}

export interface TryStatement extends Span {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly {
    readonly type?: Expression;
    readonly target?: Target;
    readonly body: readonly Statement[];
  }[];
  readonly orElse: readonly Statement[];
  readonly finalizer: readonly Statement[];
}

/**
 * Python `match` and JavaScript `switch`. Names in a Python pattern are targets; a class pattern `C(x)` is an `operation` with
 * operator `case`, whose first operand is the class and whose others are patterns.
 */
export interface MatchStatement extends Span {
  readonly kind: 'match';
  readonly subject: Expression;
  readonly cases: readonly {
    readonly patterns: readonly Expression[];
    /** `case … if guard:` */
    readonly guard?: Expression;
    readonly body: readonly Statement[];
  }[];
}

/** Free-standing `{ … }` block of JavaScript (its own `let`/`const` scope), or a labelled statement. */
export interface BlockStatement extends Span {
  readonly kind: 'block';
  /** `break label` leaves the block, `continue label` goes on with the loop in it. */
  readonly label?: string;
  readonly body: readonly Statement[];
}

/** `value` is what is raised or thrown, `cause` what Python's `from` names. */
export interface JumpStatement extends Span {
  readonly kind: 'break' | 'continue' | 'raise';
  /** Label that a JavaScript `break` or `continue` names. */
  readonly label?: string;
  readonly value?: Expression;
  readonly cause?: Expression;
}

/** `global x, y` / `nonlocal x`. */
export interface ScopeStatement extends Span {
  readonly kind: 'scope';
  readonly declares: 'global' | 'nonlocal';
  readonly names: readonly string[];
}

/** Anything else (`del`, `assert`, labels, ERROR nodes); its expressions are kept so that calls inside are seen. */
export interface OpaqueStatement extends Span {
  readonly kind: 'opaque';
  readonly children: readonly Expression[];
}
