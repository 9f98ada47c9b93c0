import type { Call, Program } from '../../src/core/semantics/program.ts';
import { FileChanges } from '../file-read-in-loop/fileChanges.ts';
import { enclosing } from '../shared/enclosing.ts';
import { readNames } from '../shared/expressionNames.ts';
import { isTableRead } from '../shared/tableReads.ts';
import { constantPath, readKey } from './readKey.ts';

/** Two functions that run one after the other read the same file in the same way. */
export interface SeparateRead {
  readonly first: Call;
  readonly second: Call;
  readonly path: string;
  /** Where one body runs both, in order: the reads themselves, or calls that lead to them. */
  readonly sites: readonly [Call, Call];
}

const MOST_HOPS = 2;

export function separateReads(program: Program): readonly SeparateRead[] {
  const found: SeparateRead[] = [];
  const firsts = new Map<string, Call[]>();
  for (const call of program.calls) {
    const key = isTableRead(call) && call.place.loops.length === 0 ? fixedKey(program, call) : undefined;
    if (key === undefined || call.place.isMemoised) continue;
    const earlier = firsts.get(key) ?? [];
    firsts.set(key, [...earlier, call]);
    const pair = earlier.flatMap((first) => pairOf(program, first, call) ?? [])[0];
    if (pair) found.push(pair);
  }
  return found;
}

/** Only where every argument is a constant: a name means something else in another function. */
function fixedKey(program: Program, call: Call): string | undefined {
  const isFixed = call.node.args.every(
    ({ value }) => readNames(value).length === 0 || program.constant(value).kind === 'known',
  );
  return isFixed ? readKey(program, call) : undefined;
}

function pairOf(program: Program, a: Call, b: Call): SeparateRead | undefined {
  // Reads of one function may be in branches that exclude each other.
  if (a.place.function === b.place.function) return undefined;
  for (const siteA of sitesOf(program, a, 0)) {
    for (const siteB of sitesOf(program, b, 0)) {
      if (siteA === siteB || bodyOf(program, siteA) !== bodyOf(program, siteB)) continue;
      const isInOrder = siteA.node.start < siteB.node.start;
      const [first, second] = isInOrder ? [a, b] : [b, a];
      const sites = isInOrder ? ([siteA, siteB] as const) : ([siteB, siteA] as const);
      const path = constantPath(program, second) ?? '';
      const pair = { first, second, path, sites };
      return mayChange(program, pair) ? undefined : pair;
    }
  }
  return undefined;
}

/** The read, and the calls outside of loops that lead to it. */
function sitesOf(program: Program, call: Call, hops: number): readonly Call[] {
  if (call.place.loops.length > 0 || call.place.isMemoised) return [];
  const owner = call.place.function;
  if (!owner || hops >= MOST_HOPS) return [call];
  return [call, ...program.callsTo(owner).flatMap((caller) => sitesOf(program, caller, hops + 1))];
}

function bodyOf(program: Program, call: Call): unknown {
  return enclosing(program.module, call.node).bodies.at(-1);
}

/** Something on the way may write files, or a call somewhere names the file and writes. */
function mayChange(program: Program, { first, second, path, sites }: SeparateRead): boolean {
  const changes = program.once(changesOf);
  const spans = [first, second].flatMap(({ place }) => (place.function ? [place.function.bodySpan] : []));
  const between = { start: sites[0].node.start, end: sites[1].node.end };
  if ([...spans, between].some((span) => changes.isIn(span))) return true;
  return program.calls.some(
    ({ node }) => changes.isIn(node) && node.args.some(({ value }) => namesPath(program, value, path)),
  );
}

function changesOf(program: Program): FileChanges {
  return new FileChanges(program);
}

function namesPath(program: Program, value: Parameters<Program['constant']>[0], path: string): boolean {
  const constant = program.constant(value);
  return constant.kind === 'known' && constant.value === path;
}
