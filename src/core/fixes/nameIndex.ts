import { childExpressions } from '../ir/children.ts';
import type { FunctionDefinition } from '../ir/definition.ts';
import type { Expression } from '../ir/expression.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { Statement } from '../ir/statement.ts';
import { type IrNode, walk } from '../ir/walk.ts';
import type { Span } from '../text/span.ts';
import { FunctionNesting } from './functionNesting.ts';

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

/** The variables of one name: those of functions, and under `undefined` that of the module. */
interface Variables {
  readonly owners: ReadonlySet<FunctionDefinition>;
  readonly byOwner: ReadonlyMap<FunctionDefinition | undefined, readonly Occurrence[]>;
}

/**
 * Every occurrence of every name of a module, found in one walk: fixes that move or remove code ask for a handful of names
 * each, and a file can have hundreds of them.
 */
export class NameIndex {
  private readonly byName = new Map<string, Occurrence[]>();
  private readonly nesting: FunctionNesting;
  private readonly variables = new Map<string, Variables>();
  private readonly freeByVariable = new Map<readonly Occurrence[], readonly Occurrence[]>();

  constructor(private readonly module: SourceModule) {
    const targets = new Set<Expression>();
    const functions: FunctionDefinition[] = [];
    for (const item of walk(module.body)) {
      if (item.node.kind === 'function') functions.push(item.node.definition);
      this.note(item, targets);
    }
    this.nesting = new FunctionNesting(functions);
  }

  /** Occurrences of the variable that a name means at a place, in any order; those of other functions' own variables are left out. */
  variable(name: string, place: Span): readonly Occurrence[] {
    const known = this.variables.get(name) ?? this.variablesNamed(name);
    this.variables.set(name, known);
    return known.byOwner.get(this.ownerAt(place, known.owners)) ?? [];
  }

  /**
   * Occurrences of a variable other than bindings that lie in no loop or comprehension which gives it a value of its own: they see
   * whatever was last assigned.
   */
  free(name: string, place: Span): readonly Occurrence[] {
    const variable = this.variable(name, place);
    const known = this.freeByVariable.get(variable) ?? freeOccurrences(variable);
    this.freeByVariable.set(variable, known);
    return known;
  }

  private variablesNamed(name: string): Variables {
    const occurrences = this.byName.get(name) ?? [];
    const owners = this.ownersOf(occurrences);
    const byOwner = new Map<FunctionDefinition | undefined, Occurrence[]>();
    for (const occurrence of occurrences) {
      const owner = this.ownerAt(occurrence, owners);
      const same = byOwner.get(owner);
      if (same) same.push(occurrence);
      else byOwner.set(owner, [occurrence]);
    }
    return { owners, byOwner };
  }

  private ownerAt(place: Span, owners: ReadonlySet<FunctionDefinition>): FunctionDefinition | undefined {
    return this.nesting.innermost(place, (definition) => owners.has(definition));
  }

  /** Functions in which the name is a variable of their own. */
  private ownersOf(occurrences: readonly Occurrence[]): ReadonlySet<FunctionDefinition> {
    const owners = new Set<FunctionDefinition>();
    const around = (place: Span): FunctionDefinition | undefined => this.nesting.innermost(place, () => true);
    for (const occurrence of occurrences) {
      const owner = occurrence.isLocal ? around(occurrence) : undefined;
      if (owner) owners.add(owner);
    }
    for (const occurrence of occurrences) {
      const owner = occurrence.kind === 'scope' ? around(occurrence) : undefined;
      if (owner) owners.delete(owner);
    }
    return owners;
  }

  private note({ kind, node }: IrNode, targets: Set<Expression>): void {
    if (node.kind === 'function') {
      const { definition } = node;
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

/** One sweep: the furthest end of what began so far tells whether a place is inside. */
function freeOccurrences(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const reaches = occurrences.flatMap(({ reach }) => reach).sort((a, b) => a.start - b.start);
  let next = 0;
  let furthest = -1;
  return occurrences
    .filter(({ kind }) => kind !== 'bind')
    .sort((a, b) => a.start - b.start)
    .filter((occurrence) => {
      for (let reach = reaches[next]; reach && reach.start <= occurrence.start; reach = reaches[++next])
        furthest = Math.max(furthest, reach.end);
      return furthest < occurrence.end;
    });
}

/** A definition without a place of its name is named where it begins, outside its own body. */
function before({ start }: Span): Span {
  return { start, end: start };
}
