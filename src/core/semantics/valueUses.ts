import type { CallExpression, Expression } from '../ir/expression.ts';
import type { Statement } from '../ir/statement.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { Evaluator } from './evaluator.ts';

export interface RawUse {
  readonly kind: 'argument' | 'returned' | 'stored' | 'iterated' | 'other';
  readonly expression: Expression;
  readonly call?: CallExpression;
}

/** Follows values from the call that makes them to where they are used, and back. */
export class ValueUses {
  private known: ReadonlyMap<CallExpression, readonly Expression[]> | undefined;

  constructor(
    private readonly bound: BoundModule,
    private readonly evaluator: Evaluator,
  ) {}

  /** Places where the value of a call is used, other than as a method receiver: directly, and through names and attributes. */
  uses(call: CallExpression): readonly RawUse[] {
    const holders: Expression[] = [call, ...(this.readsByCall.get(call) ?? [])];
    return holders.flatMap((holder) => this.useOf(holder) ?? []);
  }

  /** Names and attributes that can hold what a call gives; found at the first question. */
  private get readsByCall(): ReadonlyMap<CallExpression, readonly Expression[]> {
    this.known ??= this.indexReads();
    return this.known;
  }

  private indexReads(): ReadonlyMap<CallExpression, readonly Expression[]> {
    const found = new Map<CallExpression, Expression[]>();
    for (const statement of this.bound.module.body) {
      for (const { node, producer } of this.evaluator.holdersIn(statement)) {
        const reads = found.get(producer);
        if (reads) reads.push(node);
        else found.set(producer, [node]);
      }
    }
    return found;
  }

  private useOf(expression: Expression): RawUse | undefined {
    const parent = this.bound.infos.get(expression)?.parent;
    if (!parent) return undefined;
    if (parent.kind === 'call') {
      return parent.args.some((argument) => argument.value === expression)
        ? { kind: 'argument', expression, call: parent }
        : undefined;
    }
    return this.useIn(parent, expression);
  }

  private useIn(parent: Expression | Statement, expression: Expression): RawUse | undefined {
    switch (parent.kind) {
      case 'attribute':
        return undefined;
      case 'await':
        return this.useOf(parent);
      case 'return':
        return { kind: 'returned', expression };
      case 'assign':
      case 'assignment':
        return this.storesBeyondLocals(parent) ? { kind: 'stored', expression } : undefined;
      case 'for':
        return { kind: 'iterated', expression };
      case 'expression':
        return undefined;
      default:
        return { kind: 'other', expression };
    }
  }

  private storesBeyondLocals(
    parent: (Statement & { kind: 'assign' }) | (Expression & { kind: 'assignment' }),
  ): boolean {
    const targets = parent.kind === 'assign' ? parent.targets : [parent.target];
    return targets.some((target) => target.kind !== 'name');
  }
}
