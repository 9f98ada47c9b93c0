import type { Call, Program } from '../../src/core/semantics/program.ts';

/** `torch.autograd.grad(…, create_graph=True)`: gradients of gradients, for which mixed precision overflows. */
export function takesSecondGradient(call: Call, program: Program): boolean {
  if (call.name !== 'torch.autograd.grad') return false;
  const argument = call.node.args.find(({ name }) => name === 'create_graph');
  const value = argument && program.constant(argument.value);
  return value?.kind === 'known' && value.value === true;
}
