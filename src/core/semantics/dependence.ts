import { childExpressions } from '../ir/children.ts';
import type { CallExpression, Expression, NameExpression } from '../ir/expression.ts';
import { contains, type Span } from '../text/span.ts';
import type { BoundModule } from './binding/boundModule.ts';
import type { Definition } from './binding/scope.ts';
import type { Evaluator } from './evaluator.ts';

/** Library calls whose result follows from their arguments alone; any other call may give something new each time. */
const PURE =
  /^(os\.(path\.|getenv|environ|fspath)|pathlib\.|path\.|node:path\.|url\.|node:url\.|torch\.(device|dtype)|builtins\.(str|int|float|bool|len|dict|tuple|list|min|max|round)|globalThis\.(String|Number|URL|Object\.|JSON\.|Math\.(min|max|round|floor|ceil)))/;
const CONFIGURATION = /(Config|Options|Args|Settings)$/;

/** Answers whether an expression can change inside a loop or from call to call of a function. */
export class Dependence {
  private readonly storesByName = new Map<string, Expression[]>();

  constructor(
    private readonly bound: BoundModule,
    private readonly evaluator: Evaluator,
  ) {
    for (const { target } of bound.stores) {
      if (target.kind !== 'attribute') continue;
      const stores = this.storesByName.get(target.name);
      if (stores) stores.push(target);
      else this.storesByName.set(target.name, [target]);
    }
  }

  /** True when the expression reads, directly or through local variables, something that `scope` binds anew each time. */
  dependsOn(expression: Expression, scope: Span): boolean {
    return this.varies(expression, scope, new Set());
  }

  private varies(node: Expression, scope: Span, seen: Set<Definition>): boolean {
    if (node.kind === 'name') return this.nameVaries(node, scope, seen);
    if (node.kind === 'yield' || node.kind === 'opaque' || node.kind === 'assignment') return true;
    if (node.kind === 'function' || node.kind === 'class') return false;
    if (node.kind === 'call' && !this.isPure(node)) return true;
    if (node.kind === 'attribute' && this.isStoredIn(node, scope)) return true;
    return childExpressions(node).some((child) => this.varies(child, scope, seen));
  }

  private nameVaries(node: NameExpression, scope: Span, seen: Set<Definition>): boolean {
    const read = this.bound.reads.get(node);
    return (read?.definitions ?? []).some((definition) => {
      if (!contains(scope, definition.span) || seen.has(definition)) return false;
      seen.add(definition);
      if (definition.kind === 'import' || definition.kind === 'function' || definition.kind === 'class') return false;
      if (definition.kind !== 'assign') return true;
      return (
        this.varies(definition.value, scope, seen) ||
        (definition.fallback !== undefined && this.varies(definition.fallback, scope, seen))
      );
    });
  }

  private isPure(call: CallExpression): boolean {
    const name = this.evaluator.calleeName(call);
    return name !== undefined && (PURE.test(name) || CONFIGURATION.test(name));
  }

  /** `self.path` or `config.name` that the scope assigns. */
  private isStoredIn(node: Expression & { kind: 'attribute' }, scope: Span): boolean {
    const stores = this.storesByName.get(node.name) ?? [];
    if (stores.length === 0) return false;
    const text = this.textOf(node);
    return stores.some((target) => contains(scope, target) && this.textOf(target) === text);
  }

  private textOf({ start, end }: Span): string {
    return this.bound.module.text.slice(start, end);
  }
}
