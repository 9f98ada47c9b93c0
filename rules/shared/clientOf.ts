import type { Call, Program } from '../../src/core/semantics/program.ts';

/** The constructor behind `client.embeddings.create(…)`. */
export function clientOf(call: Call, program: Program): Call | undefined {
  let receiver = call.receiver;
  while (receiver) {
    const origin = program.origin(receiver);
    if (origin) return origin;
    receiver = receiver.kind === 'attribute' ? receiver.object : undefined;
  }
  return undefined;
}

/** Constant address that a client is given instead of its provider's: `http://localhost:11434/v1`. */
export function addressOf(client: Call): string | undefined {
  for (const fact of [client.constantArgument('options.baseURL'), client.constantArgument('base_url')])
    if (fact.kind === 'known') return String(fact.value);
  return undefined;
}
