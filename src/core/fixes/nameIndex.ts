import { childExpressions } from '../ir/children.ts';
import type { FunctionDefinition } from '../ir/definition.ts';
import type { Expression } from '../ir/expression.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { Statement } from '../ir/statement.ts';
import { type IrNode, walk } from '../ir/walk.ts';
import { contains, type Span } from '../text/span.ts';

/** One place that names a variable. */
export interface Occurrence extends Span {
  readonly name: string;
  /** `bind` gives it a value in any form, `scope` is `global` or `nonlocal`, `delete` a `del`. */
  readonly kind: 'read' | 'bind' | 'scope' | 'delete';
  /** True for a binding that makes the name a variable of the function around it. */
  readonly isLocal: boolean;
  /** The name expression itself; absent where an import, a definition or a scope statement names it. */
  readonly expression?: Expression;
  /** Where a loop or a comprehension gives the name a value of its own. */
  readonly reach: readonly Span[];
}

/**
 * Every occurrence of every name of a module, found in one walk: fixes that move or remove code ask for a handful of names
 * each, and a file can have hundreds of them.
 */
export class NameIndex {
  private readonly byName = new Map<string, Occurrence[]>();
  private readonly functions: FunctionDefinition[] = [];

  constructor(private readonly module: SourceModule) {
    const targets = new Set<Expression>();
    for (const item of walk(module.body)) this.note(item, targets);
  }

  /** Occurrences of the variable that a name means at a place, in any order; those of other functions' own variables are left out. */
  variable(name: string, place: Span): readonly Occurrence[] {
    const all = this.byName.get(name) ?? [];
    const owners = this.ownersOf(all);
    const own = innermost(owners, place);
    return all.filter((occurrence) => innermost(owners, occurrence) === own);
  }

  /** Functions in which the name is a variable of their own. */
  private ownersOf(occurrences: readonly Occurrence[]): readonly FunctionDefinition[] {
    const owners = new Set<FunctionDefinition>();
    for (const occurrence of occurrences) {
      const around = occurrence.isLocal ? this.functionAround(occurrence) : undefined;
      if (around) owners.add(around);
    }
    for (const occurrence of occurrences) {
      const around = occurrence.kind === 'scope' ? this.functionAround(occurrence) : undefined;
      if (around) owners.delete(around);
    }
    return [...owners];
  }

  private functionAround(place: Span): FunctionDefinition | undefined {
    return innermost(this.functions, place);
  }

  private note({ kind, node }: IrNode, targets: Set<Expression>): void {
    if (node.kind === 'function') {
      const { definition } = node;
      this.functions.push(definition);
      if (kind === 'statement' && definition.name !== undefined)
        this.add(definition.name, 'bind', definition.nameSpan ?? before(definition));
      for (const { target } of definition.parameters) this.bind(target, targets, true);
    } else if (node.kind === 'class' && kind === 'statement' && node.definition.name !== undefined) {
      this.add(node.definition.name, 'bind', node.definition.nameSpan ?? before(node.definition));
    } else if (node.kind === 'name' && !targets.has(node)) {
      this.addExpression(node, 'read', false);
    } else if (kind === 'statement') this.noteStatement(node, targets);
    else if (node.kind === 'assignment') this.bind(node.target, targets, this.isPython);
    else if (node.kind === 'comprehension') {
      for (const { target, iterable } of node.clauses) {
        const reach = [node.element, ...(node.key ? [node.key] : []), { start: iterable.end, end: node.end }];
        this.bind(target, targets, false, reach);
      }
    }
  }

  private noteStatement(node: Statement, targets: Set<Expression>): void {
    switch (node.kind) {
      case 'assign': {
        const isLocal = this.isPython || node.declaration !== undefined;
        for (const target of node.targets) this.bind(target, targets, isLocal, [], node.operator !== '=');
        return;
      }
      case 'for':
        if (node.target) {
          const isLocal = this.isPython || node.declaration !== undefined;
          this.bind(node.target, targets, isLocal, [{ start: node.iterable?.end ?? node.start, end: node.end }]);
        }
        return;
      case 'with':
        for (const { target } of node.items) if (target) this.bind(target, targets, true);
        return;
      case 'try':
        for (const { target } of node.handlers) if (target) this.bind(target, targets, true);
        return;
      case 'match':
        // A plain name in a pattern captures.
        for (const { patterns } of node.cases) for (const pattern of patterns) this.capture(pattern);
        return;
      case 'import':
        for (const name of node.names) if (name.local !== undefined) this.add(name.local, 'bind', name);
        return;
      case 'scope':
        for (const name of node.names) this.add(name, 'scope', node);
        return;
      case 'opaque':
        if (/^del\b/.test(this.module.text.slice(node.start, node.start + 4)))
          for (const child of node.children) this.deleted(child, targets);
        return;
      default:
        return;
    }
  }

  private get isPython(): boolean {
    return this.module.language === 'python';
  }

  /** Patterns bind the names inside them; `a.b = …` and `a[b] = …` read theirs. */
  private bind(
    target: Expression,
    targets: Set<Expression>,
    isLocal: boolean,
    reach: readonly Span[] = [],
    isRead = false,
  ): void {
    if (target.kind === 'name') {
      targets.add(target);
      if (isRead) this.addExpression(target, 'read', false);
      this.addExpression(target, 'bind', isLocal, reach);
    } else if (target.kind === 'mapping') {
      for (const { value } of target.entries) this.bind(value, targets, isLocal, reach);
    } else if (target.kind === 'assignment') this.bind(target.target, targets, isLocal, reach);
    else if (target.kind === 'sequence' || target.kind === 'spread') {
      for (const part of childExpressions(target)) this.bind(part, targets, isLocal, reach);
    }
  }

  private capture(pattern: Expression): void {
    if (pattern.kind === 'name') this.addExpression(pattern, 'bind', this.isPython);
    else for (const part of childExpressions(pattern)) this.capture(part);
  }

  /** `del x`, `del (x, y)`; `del x[0]` reads x. */
  private deleted(target: Expression, targets: Set<Expression>): void {
    if (target.kind === 'name') {
      targets.add(target);
      this.addExpression(target, 'delete', true);
    } else if (target.kind === 'sequence' || target.kind === 'opaque') {
      for (const part of childExpressions(target)) this.deleted(part, targets);
    }
  }

  private add(name: string, kind: 'bind' | 'scope', { start, end }: Span): void {
    this.push({ name, kind, start, end, isLocal: kind === 'bind', reach: [] });
  }

  private addExpression(
    expression: Expression & { readonly kind: 'name' },
    kind: Occurrence['kind'],
    isLocal: boolean,
    reach: readonly Span[] = [],
  ): void {
    const { name, start, end } = expression;
    this.push({ name, kind, start, end, isLocal, expression, reach });
  }

  private push(occurrence: Occurrence): void {
    const known = this.byName.get(occurrence.name);
    if (known) known.push(occurrence);
    else this.byName.set(occurrence.name, [occurrence]);
  }
}

/** The innermost function whose parameters or body hold a place. */
function innermost(functions: readonly FunctionDefinition[], place: Span): FunctionDefinition | undefined {
  let found: FunctionDefinition | undefined;
  for (const definition of functions) {
    if (holds(definition, place) && (!found || contains(found, definition))) found = definition;
  }
  return found;
}

function holds({ bodySpan, parameters }: FunctionDefinition, place: Span): boolean {
  return contains(bodySpan, place) || parameters.some(({ target }) => contains(target, place));
}

/** A definition without a place of its name is named where it begins, outside its own body. */
function before({ start }: Span): Span {
  return { start, end: start };
}
