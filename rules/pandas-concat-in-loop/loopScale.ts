import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { contains } from '../../src/core/text/span.ts';
import { methodName } from '../shared/devices.ts';
import type { Growth } from './growth.ts';

/** Fewer turns than these copy too little to matter; parts of an array are often a few numbers. */
const MANY_TURNS = { pandas: 50, numpy: 5000 } as const;
/** Turns that each train or run a model cost far more than the copies. */
const HEAVY =
  /^(fit|fit_transform|train|predict|predict_proba|cross_val\w*|forward|generate|backward|evaluate|fit_generator|compile)$/;
/** Loops over a handful of things, whatever their number is. */
const FEW =
  /fold|split\(|models?\b|classifiers?|estimators?|\bcolumns?\b|\bcols?\b|features\b|\bcategories|classes|labels\b|\byears?\b|\bmonths\b|\bdays\b|seasons|sheets?|\bparams|metrics|methods|seeds|\bconfigs?|countries|states\b|epochs?|\bregions|\bkeys\(\)|datasets?\b|\bsets\b|\bgroups?\b|get_group|groupby|\bquarter|\bnames\b|unique\(\)|\brange\(\s*[a-z_]*(fold|epoch|year|class|split|model)/i;
const MANY =
  /iterrows|itertuples|range\(\s*(0\s*,\s*)?len\(\s*(self\.)?\w*(df|data|frame|train|test|rows|lines|images|files|paths|records|index|docs|texts|X)\w*|\.shape\[0\]|chunksize|glob|listdir|scandir|rglob|iterdir|os\.walk|files?\b|paths?\b|\bchunks?\b|\brows\b|\bpages?\b|\breader\b|\blines\b|\bdocs\b|\brecords\b|\bimages\b|\bindex\b/i;

export type TurnCount = 'many' | 'unknown';

/** How many turns a loop has as far as its head tells; `undefined` for few, or where each turn costs far more than a copy. */
export function turnsOf(program: Program, { loop, library }: Pick<Growth, 'loop' | 'library'>): TurnCount | undefined {
  if (
    loop.purpose === 'epochs' ||
    loop.purpose === 'retry' ||
    loop.purpose === 'interactive' ||
    loop.purpose === 'singlePass'
  )
    return undefined;
  if (loop.purpose === 'batches') return undefined;
  if (loop.tripCount !== undefined) return loop.tripCount >= MANY_TURNS[library] ? 'many' : undefined;
  if (runsModels(program, loop)) return undefined;
  const head = headText(program, loop);
  if (FEW.test(head)) return undefined;
  return MANY.test(head) ? 'many' : 'unknown';
}

function headText(program: Program, loop: Loop): string {
  const { iterable } = loop;
  if (iterable === undefined) return program.text(loop.head);
  const origin = program.origin(iterable);
  return `${program.text(loop.head)} ${origin ? program.text(origin.node) : ''}`;
}

function runsModels(program: Program, loop: Loop): boolean {
  return program.calls.some((call: Call) => {
    if (!contains(loop, call.node)) return false;
    if (HEAVY.test(methodName(call) ?? '') || call.api?.roles.includes('hosted-call') === true) return true;
    const { callee } = call.node;
    return callee.kind === 'name' && /model|net(work)?$|train|predict/i.test(callee.name);
  });
}
