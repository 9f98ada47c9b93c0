import type { Expression } from '../../src/core/ir/expression.ts';
import type { AssignStatement } from '../../src/core/ir/statement.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import type { Backward } from '../shared/backwardPasses.ts';

/**
 * Variables of the step whose graph the backward pass goes through and frees: `output` of `output = model(x)` and
 * `loss = criterion(output, y)`. Targets come second, and are moved or cast by methods, which run no model.
 */
export function modelOutputs(
  program: Program,
  { loop, loss }: Backward,
  assignments: readonly AssignStatement[],
): readonly string[] {
  const inLoop = assignments.filter((assignment) => contains(loop, assignment));
  const named = (name: string): readonly AssignStatement[] =>
    inLoop.filter(({ targets: [target, ...more] }) => more.length === 0 && target && program.text(target) === name);
  const losses = named(program.text(loss));
  const [first] = losses;
  if (losses.length !== 1 || first?.value?.kind !== 'call') return [];
  const [prediction] = first.value.args;
  if (prediction?.value.kind !== 'name' || prediction.spread !== undefined) return [];
  const made = named(prediction.value.name);
  return made.length > 0 && made.every(({ value }) => runsModel(program, value)) ? [prediction.value.name] : [];
}

/** `model(x)`, `self.model(x)`: not a method of a tensor, nor a class or function of the file. */
function runsModel(program: Program, value: Expression | undefined): boolean {
  if (value?.kind !== 'call') return false;
  const { callee } = value;
  const isPath = callee.kind === 'name' || (callee.kind === 'attribute' && program.text(callee.object) === 'self');
  if (!isPath) return false;
  const { api } = program.callOf(value) ?? {};
  if (api !== undefined) return api.name === 'torch.nn.Module.__call__';
  return program.values(callee).every(({ kind }) => kind === 'unknown' || kind === 'instance' || kind === 'object');
}
