import type { FunctionDefinition } from '../../src/core/ir/definition.ts';
import type { Program } from '../../src/core/semantics/program.ts';

/** Frameworks whose handler gets a Request of the Fetch standard as its first parameter. */
const FETCH = /^(next|worker|serverless)$/;

/** Expression for the signal of the request that a handler serves; `undefined` where the framework has none or it is out of reach. */
export function signalOf(handler: FunctionDefinition, framework: string, program: Program): string | undefined {
  const [first] = handler.parameters;
  if (!first || first.rest || /(^|\/)pages\/api\//.test(program.path)) return undefined;
  if (first.target.kind === 'mapping') {
    const entry = first.target.entries.find(({ key }) => key === 'request');
    return entry?.value.kind === 'name' ? `${entry.value.name}.signal` : undefined;
  }
  if (first.target.kind !== 'name') return undefined;
  if (framework === 'hono') return `${first.target.name}.req.raw.signal`;
  const isRequest = /^(Next)?Request$/.test(first.annotation?.trim() ?? 'Request');
  // The listener of a service worker gets an event that holds the request.
  if (framework === 'worker' && isListener(handler, program)) return `${first.target.name}.request.signal`;
  return FETCH.test(framework) && isRequest ? `${first.target.name}.signal` : undefined;
}

function isListener(handler: FunctionDefinition, program: Program): boolean {
  return program.calls.some(
    ({ node: { callee, args } }) =>
      /(^|\.)addEventListener$/.test(program.text(callee)) &&
      args.some(({ value }) => {
        const values = value.kind === 'function' ? [value] : program.values(value);
        return values.some((item) => item.kind === 'function' && item.definition === handler);
      }),
  );
}
