import type { FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import { Derived } from './derived.ts';
import { Fixpoint } from './fixpoint.ts';

/** What a call calls. */
export interface Callee {
  /** Qualified name, where it is always the same. */
  readonly name: string | undefined;
  /** Functions of this module that it can run; a class gives its constructor. */
  readonly functions: readonly FunctionDefinition[];
  /** The called value is an object itself: `pipe(x)`. */
  readonly isObject: boolean;
  /** Calls that can have made the object whose method it is, or that is called itself. */
  readonly producers: readonly CallExpression[];
}

/** A name or attribute that can hold what a call gives. */
export interface Holder {
  readonly node: Expression;
  readonly producer: CallExpression;
}

/** What was found out of a module's expressions; outlives an edit for those that it cannot have changed. */
export class Evaluation {
  readonly fixpoint = new Fixpoint();
  readonly callees = new Derived<Callee>(this.fixpoint);
  /** By top-level statement. */
  readonly holders = new Derived<readonly Holder[]>(this.fixpoint);

  /** Drops what is known of code that may mean something else now. */
  forget(keys: readonly object[]): void {
    this.fixpoint.forget(keys);
    this.callees.forget(keys);
    this.holders.forget(keys);
  }

  /** Drops what any edit may change: at the beginning of each round of questions. */
  forgetOpen(): void {
    this.fixpoint.forgetOpen();
    this.callees.forgetOpen();
    this.holders.forgetOpen();
  }
}
