import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { dependsOnCaller } from '../shared/dependsOnCaller.ts';
import { promptParts, requestParts } from '../shared/promptParts.ts';
import { writtenSource } from '../shared/writtenSource.ts';

/** What changes, and how much constant text stands before and after it, in characters. */
export interface UnstablePrefix {
  readonly hole: Expression;
  /** The time, a random number or a new id: never the same twice. */
  readonly isClock: boolean;
  readonly constantBefore: number;
  readonly constantAfter: number;
}

/** About 1,024 tokens, the least that OpenAI and most models of Anthropic cache (provider documentation, 2025). */
const LEAST_CONSTANT = 4000;

const CLOCK =
  /\bnew Date\(\)|\bDate\.now\(|\bDate\(\)|Math\.random\(|randomUUID|\buuid|\bnanoid\(|performance\.now|\bdatetime\.(datetime\.)?(now|utcnow)\(|\btime\.(time|ctime|strftime)\(|\brandom\.\w+\(|\bdayjs\(\)|\bmoment\(\)/;
/** The same for a whole day, which one cache entry outlives by far. */
const DAY =
  /toDateString|toLocaleDateString|date\.today|strftime\(\s*['"](?![^'"]*%[HIMSfTXc])|\.slice\(0, ?10\)|\.substring\(0, ?10\)|split\(['"]T['"]\)|getFullYear|getMonth|\.date\(\)|format\(\s*['"](?![^'"]*[Hhms]{2})|\.year\b/;

export function unstablePrefix(call: Call, program: Program): UnstablePrefix | undefined {
  const parts = requestParts(call, program);
  if (!parts) return undefined;
  const total = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  if (total < LEAST_CONSTANT) return undefined;
  let before = 0;
  for (const part of parts) {
    if (typeof part === 'string') {
      before += part.length;
      continue;
    }
    // Too little is left behind what follows.
    if (before > total / 2) return undefined;
    const isClock = isClockRead(part, program);
    if (!isClock && !variesWithCaller(part, program)) continue;
    const constantAfter = total - before;
    return constantAfter < LEAST_CONSTANT ? undefined : { hole: part, isClock, constantBefore: before, constantAfter };
  }
  return undefined;
}

function isClockRead(part: Expression, program: Program): boolean {
  const source = writtenSource(part, program);
  const text = program.text(source);
  const own = program.text(part);
  if (isReadOnce(source, program)) return false;
  return CLOCK.test(text) && !DAY.test(text) && !DAY.test(own);
}

/** A variable of the module is set once for all requests. */
function isReadOnce(source: Expression, program: Program): boolean {
  const { function: owner, loops } = program.place(source);
  return owner === undefined && loops.length === 0;
}

/**
 * Text that a caller hands in. A choice between two constant texts and what is only a language or a mode give few variants,
 * which are cached each.
 */
function variesWithCaller(part: Expression, program: Program): boolean {
  const source = writtenSource(part, program);
  if (source.kind === 'conditional') {
    return [source.consequent, source.alternate].some((branch) =>
      promptParts(branch, program).some(
        (inner) => typeof inner !== 'string' && inner !== source && variesWithCaller(inner, program),
      ),
    );
  }
  if (source.kind === 'logical' || !dependsOnCaller(part, program)) return false;
  return !FEW_VALUES.test(program.text(part));
}

const FEW_VALUES =
  /lang(uage)?|locale|tone|style|mode|model|version|role|tools?\b|format|schema|platform|os\b|name$|length|count|categor/i;
