import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { taskOf } from '../shared/transformersJs.ts';

/** Where the interfaces that take a list hold it; those that take one text or a list say it in the API data. */
const LISTS = ['options.values', 'documents', 'texts', 'request'] as const;
/** A request that fills a store, whose vectors last: by the name of the route, the file or the function. */
const FILLS = /ingest|seed|setup|set-up|re-?index|upload|sync|populate|import|train|rebuild|migrat|\binit/i;
const STORES =
  /\.(upsert\w*|insert\w*|addDocuments|addVectors|bulk\w*|createMany|save\w*|persist|hset|hSet|put\w*)\(|\bwriteFile(Sync)?\(/;

/** The texts that a call embeds in a handler which keeps nothing of it; `undefined` for any other call. */
export function embeddedInput(call: Call, program: Program): Expression | undefined {
  if (!isEmbedding(call, program) || !fillsNothing(call, program)) return undefined;
  const parameters = call.api?.batch ? [call.api.batch.parameter] : LISTS;
  for (const parameter of parameters) {
    const argument = call.argument(parameter);
    if (argument.kind === 'known') return argument.value;
  }
  return taskOfRun(call, program) === undefined ? undefined : call.node.args[0]?.value;
}

/** In a handler that answers, as far as names and methods tell, and fills no store with what it computes. */
export function fillsNothing(call: Call, program: Program): boolean {
  const { entryPoint, function: owner } = call.place;
  if (entryPoint?.kind !== 'request' || !owner) return false;
  const steps = (entryPoint.steps ?? []).map(({ path, name }) => `${path} ${name}`);
  const names = [program.path, ...steps, owner.name ?? '', routeOf(call, program)].join(' ');
  const bodies = [program.text(entryPoint), program.text(owner.bodySpan)];
  return !FILLS.test(names) && !bodies.some((body) => STORES.test(body));
}

function isEmbedding(call: Call, program: Program): boolean {
  return call.api?.roles.includes('embed') === true || taskOfRun(call, program) === 'feature-extraction';
}

/** `extract(texts)` for `extract = await pipeline('feature-extraction', …)`. */
function taskOfRun(call: Call, program: Program): string | undefined {
  if (!/^@(huggingface|xenova)\/transformers\.Pipeline\.__call__$/.test(call.api?.name ?? '')) return undefined;
  const load = program.origin(call.node.callee);
  return load && taskOf(load);
}

/** `'/ingest'` of `app.post('/ingest', handler)`. */
function routeOf(call: Call, program: Program): string {
  const handler = call.place.entryPoint?.path[0] ?? call.place.function;
  const registration = program.calls.find(({ node }) =>
    node.args.some(({ value }) => value.kind === 'function' && value.definition === handler),
  );
  const [route] = registration?.node.args ?? [];
  return route && route.value.kind !== 'function' ? program.text(route.value) : '';
}
