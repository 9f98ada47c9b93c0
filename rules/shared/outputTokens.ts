import type { Call, Program } from '../../src/core/semantics/program.ts';

const LIMITS = ['max_new_tokens', 'max_tokens'] as const;

/** Largest number of tokens that the runs of a loaded model ask for, where the file says it for all of them. */
export function outputTokens(program: Program, load: Call): { readonly outputTokens?: number } {
  const limits = program
    .methodCalls(load)
    .filter((run) => run.api?.roles.includes('generate') ?? false)
    .map((run) => limitOf(run));
  const known = limits.filter((limit) => limit !== undefined);
  return known.length > 0 && known.length === limits.length ? { outputTokens: Math.max(...known) } : {};
}

function limitOf(run: Call): number | undefined {
  for (const parameter of LIMITS) {
    const limit = run.constantArgument(parameter);
    if (limit.kind === 'known' && typeof limit.value === 'number' && limit.value > 0) return limit.value;
  }
  return undefined;
}
