import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { enclosing } from '../shared/enclosing.ts';

const FIELD = /^(embeddings?|vectors?|vec|emb)$/i;
/** What computes with numbers only. */
const COMPUTES = /(^|\.)(tensor[1-6]?d?|Float(32|64)Array(\.from)?|\w*cosine\w*|\w*dot_?product\w*)$/i;
/** Names pass on from loops to callbacks and functions: more rounds are not written. */
const MOST_ROUNDS = 5;

/** True when the file computes with what `data` reads, or with what the names hold: takes its vectors out, or makes tensors of it. */
export function holdsVectors(program: Program, data: Expression | readonly string[]): boolean {
  const flow = new Flow(program, data);
  for (let round = 0; round < MOST_ROUNDS && !flow.isVector; round++) if (!flow.spread()) break;
  return flow.isVector;
}

/** The names that hold the data or a part of it. One name means one thing here: the files are small, and the data large. */
class Flow {
  isVector = false;
  private readonly names: Set<string>;

  constructor(
    private readonly program: Program,
    private readonly data: Expression | readonly string[],
  ) {
    this.names = new Set('kind' in data ? [] : data);
  }

  /** One pass over the file; false when it found no more names. */
  spread(): boolean {
    const before = this.names.size;
    for (const { node } of walk(this.program.module.body)) {
      if (node.kind === 'assign' && node.value) this.give(node.value, node.targets);
      else if (node.kind === 'assignment') this.give(node.value, [node.target]);
      else if (node.kind === 'for' && node.target && node.iterable) this.give(node.iterable, [node.target]);
      else if (node.kind === 'return' && node.value && this.holds(node.value)) this.returned(node.value);
      else if (node.kind === 'call') this.call(node);
      else if (node.kind === 'attribute') this.isVector ||= FIELD.test(node.name) && this.holds(node.object);
      else if (node.kind === 'subscript') this.isVector ||= isField(node.indices) && this.holds(node.object);
    }
    return this.names.size > before;
  }

  private give(source: Expression, targets: readonly Expression[]): void {
    if (this.holds(source) || (source.kind === 'function' && this.returns(source.definition))) {
      for (const target of targets) this.take(target);
    }
  }

  private take(target: Expression): void {
    if (target.kind === 'name') this.names.add(target.name);
    else if (target.kind === 'attribute') this.names.add(this.program.text(target));
    else if (target.kind === 'assignment') this.take(target.target);
    else if (target.kind === 'sequence') for (const element of target.elements) this.take(element);
    else if (target.kind === 'mapping') {
      for (const { key = '', value } of target.entries) {
        this.isVector ||= FIELD.test(key);
        this.take(value);
      }
    }
  }

  private call({ callee, args }: Expression & { kind: 'call' }): void {
    const isGiven = args.some(({ value }) => this.holds(value));
    if (isGiven && COMPUTES.test(this.program.text(callee))) this.isVector = true;
    if (callee.kind !== 'attribute' || !this.holds(callee.object)) return;
    for (const { value } of args) {
      if (value.kind === 'function') for (const { target } of value.definition.parameters) this.take(target);
    }
  }

  private returned(value: Expression): void {
    const name = enclosing(this.program.module, value).functions.at(-1)?.name;
    if (name !== undefined) this.names.add(name);
  }

  private holds(expression: Expression): boolean {
    switch (expression.kind) {
      case 'name':
        return this.names.has(expression.name);
      case 'attribute':
        return this.holds(expression.object) || this.names.has(this.program.text(expression));
      case 'subscript':
        return this.holds(expression.object);
      case 'await':
      case 'spread':
        return this.holds(expression.value);
      case 'assignment':
        return this.holds(expression.value);
      case 'logical':
        return this.holds(expression.left) || this.holds(expression.right);
      case 'conditional':
        return this.holds(expression.consequent) || this.holds(expression.alternate);
      case 'sequence':
        return expression.elements.some((element) => this.holds(element));
      case 'call':
        return this.isCallOf(expression);
      default:
        return false;
    }
  }

  /** The read itself, a function that gives its data back, `rows.filter(…)`, `rows.map((row) => row.numbers)`, `Object.values(rows)`. */
  private isCallOf(call: Expression & { kind: 'call' }): boolean {
    const { callee, args } = call;
    if ('kind' in this.data && call.start === this.data.start && call.end === this.data.end) return true;
    const [first] = args;
    if (/^(Object\.(values|entries)|Array\.from)$/.test(this.program.text(callee)))
      return first !== undefined && this.holds(first.value);
    if (callee.kind === 'name') return this.names.has(callee.name);
    if (callee.kind !== 'attribute') return false;
    const maker = /^(map|flatMap|then)$/.test(callee.name) ? first?.value : undefined;
    if (maker?.kind === 'function') return this.returns(maker.definition);
    return this.holds(callee.object) || this.names.has(this.program.text(callee));
  }

  private returns({ body }: FunctionDefinition): boolean {
    return body.some((node) => node.kind === 'return' && node.value !== undefined && this.holds(node.value));
  }
}

function isField(indices: readonly Expression[]): boolean {
  return indices.some((index) => index.kind === 'literal' && FIELD.test(String(index.value)));
}
