import type { Call, Program } from '../../src/core/semantics/program.ts';
import { pathOf } from '../file-read-in-loop/reads.ts';

/** Arguments that give a part each time. */
const PARTIAL = new Set(['chunksize', 'iterator', 'nrows', 'skiprows', 'mmap_mode']);

/** Callee, constant path and the other arguments; `undefined` where a part of it is not known. */
export function readKey(program: Program, call: Call): string | undefined {
  const path = constantPath(program, call);
  if (path === undefined || call.node.args.some(({ spread }) => spread !== undefined)) return undefined;
  if (call.node.args.some(({ name }) => name !== undefined && PARTIAL.has(name))) return undefined;
  const pathNode = pathOf(call);
  const others = call.node.args
    .filter(({ value }) => value !== pathNode)
    .map((argument) => program.text(argument).replace(/\s+/g, ''))
    .sort();
  return [call.name, path, ...others].join('\n');
}

export function constantPath(program: Program, call: Call): string | undefined {
  const path = pathOf(call);
  const constant = path && program.constant(path);
  return constant?.kind === 'known' && typeof constant.value === 'string' ? constant.value : undefined;
}
