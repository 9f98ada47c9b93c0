import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { AssignStatement } from '../../src/core/ir/statement.ts';
import type { Program } from '../../src/core/semantics/program.ts';

/** Methods, attributes and functions of tensors whose result has no gradient whatever the tensor has. */
const FREE =
  /^(detach|item|tolist|argmax|argmin|argsort|size|dim|numel|shape|dtype|device|ndim|eq|ne|gt|ge|lt|le|isnan|isinf)$/;
/** Those whose result carries the gradient on. */
const PASSES =
  /^(softmax|log_softmax|sigmoid|tanh|relu|exp|log|abs|mean|sum|cpu|cuda|to|float|half|double|squeeze|unsqueeze|view|reshape|flatten|permute|transpose|contiguous|normalize|round|clamp|logits|last_hidden_state|pooler_output|t|T)$/;
/** Results in pairs: values that carry the gradient, and indices that do not. */
const PAIRS = /^(max|min|topk|sort)$/;
const COMPARISON = /^(==|!=|<|>|<=|>=|is|is not)$/;
const ARITHMETIC = /^([+\-*/@%]|\/\/|\*\*|slice)$/;
const LONGEST_WAY = 12;

/** True when everything that is made of a value loses its gradient: no backward pass can come through it. */
export function losesGradient(program: Program, names: NameIndex, value: Expression, steps = 0): boolean {
  const parent = program.parent(value);
  if (steps > LONGEST_WAY || parent === undefined) return false;
  const on = (next: Expression): boolean => losesGradient(program, names, next, steps + 1);
  switch (parent.kind) {
    case 'attribute': {
      const outer = program.parent(parent);
      const isMethod = outer?.kind === 'call' && outer.callee === parent;
      if (FREE.test(parent.name)) return true;
      if (isMethod && PAIRS.test(parent.name)) return pairLoses(program, names, outer, steps);
      return PASSES.test(parent.name) && on(isMethod ? outer : parent);
    }
    case 'subscript':
      return parent.object === value && on(parent);
    case 'call': {
      const name = /^torch\.(?:nn\.functional\.)?(\w+)$/.exec(program.callOf(parent)?.name ?? '')?.[1] ?? '';
      if (FREE.test(name)) return true;
      return PAIRS.test(name) ? pairLoses(program, names, parent, steps) : PASSES.test(name) && on(parent);
    }
    case 'operation':
      return COMPARISON.test(parent.operator) || (ARITHMETIC.test(parent.operator) && on(parent));
    case 'assign':
      return parent.value === value && targetsLose(program, names, parent, steps);
    case 'expression':
      return true;
    default:
      return false;
  }
}

/** `_, predicted = torch.max(outputs, 1)`, `out.topk(5)[1]`, `out.max(1).indices`. */
function pairLoses(program: Program, names: NameIndex, call: Expression, steps: number): boolean {
  const parent = program.parent(call);
  if (parent?.kind === 'attribute' && parent.name === 'indices') return true;
  if (parent?.kind === 'subscript' && parent.indices.length === 1 && program.text(parent).endsWith('[1]')) return true;
  return parent?.kind === 'assign' && targetsLose(program, names, parent, steps, 1);
}

/** Every read of the variables that a value goes into loses the gradient. `free`: position that has none. */
function targetsLose(
  program: Program,
  names: NameIndex,
  { targets, operator }: AssignStatement,
  steps: number,
  free?: number,
): boolean {
  const [target] = targets;
  if (targets.length !== 1 || !target || operator !== '=') return false;
  const parts = target.kind === 'sequence' ? target.elements : [target];
  if (free !== undefined && parts.length !== 2) return false;
  return parts.every((part, position) => {
    if (part.kind !== 'name') return false;
    if (position === free) return true;
    return names.variable(part.name, part).every(({ kind, expression }) => {
      if (kind !== 'read') return kind !== 'scope';
      return expression !== undefined && losesGradient(program, names, expression, steps + 1);
    });
  });
}
