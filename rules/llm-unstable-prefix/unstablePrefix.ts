import type { Expression } from '../../src/core/ir/expression.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { dependsOnCaller } from '../shared/dependsOnCaller.ts';
import { hostedForm } from '../shared/hostedForm.ts';
import { promptParts, requestParts } from '../shared/promptParts.ts';
import { writtenSource } from '../shared/writtenSource.ts';

/** What changes, and how much constant text stands before and after it, in characters. */
export interface UnstablePrefix {
  readonly hole: Expression;
  /** The time, a random number or a new id: never the same twice. */
  readonly isClock: boolean;
  /** The list of tools, which stands before all text. */
  readonly isTools: boolean;
  readonly constantBefore: number;
  readonly constantAfter: number;
}

/** About 1,024 tokens, the least that OpenAI and most models of Anthropic cache (provider documentation, 2025). */
const LEAST_CONSTANT = 4000;

const CLOCK =
  /\bnew Date\(\)|\bDate\.now\(|\bDate\(\)|Math\.random\(|randomUUID|\buuid|\bnanoid\(|performance\.now|\bdatetime\.(datetime\.)?(now|utcnow)\(|\btime\.(time|ctime|strftime)\(|\brandom\.\w+\(|\bdayjs\(\)|\bmoment\(\)/;
const SHUFFLES = /\bshuffle\w*\(|Math\.random\(|\brandom\.(shuffle|sample)\(/;
/** The same for a whole day, which one cache entry outlives by far. */
const DAY =
  /toDateString|toLocaleDateString|date\.today|strftime\(\s*['"](?![^'"]*%[HIMSfTXc])|\.slice\(0, ?10\)|\.substring\(0, ?10\)|split\(['"]T['"]\)|getFullYear|getMonth|\.date\(\)|format\(\s*['"](?![^'"]*[Hhms]{2})|\.year\b/;

export function unstablePrefix(call: Call, program: Program): UnstablePrefix | undefined {
  const parts = requestParts(call, program);
  if (!parts) return undefined;
  const total = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  if (total < LEAST_CONSTANT) return undefined;
  const tools = shuffledTools(call, program);
  if (tools) return { hole: tools, isClock: true, isTools: true, constantBefore: 0, constantAfter: total };
  let before = 0;
  let first: UnstablePrefix | undefined;
  for (const part of parts) {
    if (typeof part === 'string') {
      before += part.length;
      continue;
    }
    // Too little is left behind what follows.
    if (before > total / 2) break;
    const isClock = isClockRead(part, program);
    if (!isClock && (first || !variesWithCaller(part, program))) continue;
    const constantAfter = total - before;
    if (constantAfter < LEAST_CONSTANT) break;
    const found = { hole: part, isClock, isTools: false, constantBefore: before, constantAfter };
    // A clock is the surer case, even behind a name.
    if (isClock) return found;
    first = found;
  }
  return first;
}

/** `tools: shuffle(TOOLS)`, `TOOLS.sort(() => Math.random() - 0.5)`: another order each time. */
function shuffledTools(call: Call, program: Program): Expression | undefined {
  const found = hostedForm(call, program);
  for (const name of found?.form.tools ?? []) {
    const tools = call.argument(`${found?.at ?? ''}${name}`);
    if (tools.kind !== 'known') continue;
    const source = writtenSource(tools.value, program);
    if (SHUFFLES.test(program.text(source)) && !isReadOnce(source, program)) return tools.value;
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
  const text = program.text(part);
  return OF_A_PERSON.test(text) || OF_A_PERSON.test(program.text(source)) || !FEW_VALUES.test(text);
}

/** `user.name`, `customerName`, `first_name`: as many as there are people. */
const OF_A_PERSON = /(user|customer|client|patient|student|member|person|first|last|full|nick)(_|\??\.)?name\W*$/i;

const FEW_VALUES =
  /lang(uage)?|locale|tone|style|mode|model|version|role|tools?\b|format|schema|platform|os\b|name$|length|count|categor/i;
