import type { Severity } from '../../src/core/engine/rule.ts';
import type { EntryPoint, Loop, Place } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import type { ExternalLoop } from '../../src/core/workspace/linkFacts.ts';

/** How often a place runs, as far as the file proves it. Ordered from most to least. */
export type Scale =
  | { readonly kind: 'request'; readonly entryPoint: EntryPoint }
  | { readonly kind: 'items'; readonly loop: Loop }
  /** A loop in another file runs the function around the place. */
  | { readonly kind: 'elsewhere'; readonly loop: ExternalLoop }
  /** Interaction of one person: a button, a rerun of a Streamlit script. */
  | { readonly kind: 'event'; readonly entryPoint: EntryPoint }
  /** A function that nothing in the file calls. */
  | { readonly kind: 'unknown' }
  /** Once per run of the script, or a handful of literal items. */
  | { readonly kind: 'once' };

const ORDER = ['request', 'items', 'elsewhere', 'event', 'unknown', 'once'] as const;
/** A loop over fewer literal items than this is a demonstration. */
const FEW_ITEMS = 20;
const MOST_HOPS = 4;

/** Scale of a call: of its own place, or through the functions of this file that call it. */
export function scaleOf(program: Program, call: Call): Scale {
  return scaleAt(program, call.place, MOST_HOPS);
}

/** The largest scale among several calls; `undefined` for none. */
export function largestScale(program: Program, calls: readonly Call[]): Scale | undefined {
  return calls.map((call) => scaleOf(program, call)).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))[0];
}

/** `warning` where requests or items prove the scale, else `information`. */
export function severityFor(scale: Scale): Severity {
  return scale.kind === 'request' || scale.kind === 'items' || scale.kind === 'elsewhere' ? 'warning' : 'information';
}

function scaleAt(program: Program, place: Place, hops: number): Scale {
  const { entryPoint } = place;
  if (entryPoint) {
    const isPerson = entryPoint.kind === 'event' || entryPoint.kind === 'rerun' || entryPoint.kind === 'render';
    return { kind: isPerson ? 'event' : 'request', entryPoint };
  }
  const loop = [...place.loops, ...(place.perItem ? [place.perItem] : [])].find(isLarge);
  if (loop) return { kind: 'items', loop };
  const external = place.externalLoops.find(isLargeElsewhere);
  if (external) return { kind: 'elsewhere', loop: external };
  if (!place.function) return { kind: 'once' };
  const callers = hops > 0 ? program.callsTo(place.function) : [];
  if (callers.length === 0) return isScriptMain(program, place) ? { kind: 'once' } : { kind: 'unknown' };
  return callers
    .map((caller) => scaleAt(program, caller.place, hops - 1))
    .reduce((most, scale) => (ORDER.indexOf(scale.kind) < ORDER.indexOf(most.kind) ? scale : most));
}

/** Only what says what it is: a counting loop of another file may be anything. */
function isLargeElsewhere({ purpose, tripCount }: ExternalLoop): boolean {
  const repeats = purpose === 'items' || purpose === 'batches' || purpose === 'messages' || purpose === 'frames';
  return repeats && (tripCount === undefined || tripCount >= FEW_ITEMS);
}

function isLarge(loop: Loop): boolean {
  if (loop.purpose === 'retry' || loop.purpose === 'interactive' || loop.purpose === 'singlePass') return false;
  if (loop.purpose === 'messages' || loop.purpose === 'frames') return true;
  if (loop.form === 'while') return false;
  return loop.tripCount === undefined || loop.tripCount >= FEW_ITEMS;
}

/** `main()` that a decorator or a fire/click wrapper runs once. */
function isScriptMain(program: Program, place: Place): boolean {
  const name = place.function?.name;
  return (
    name === 'main' && program.calls.some((call) => /^(fire\.Fire|typer\.run|absl\.app\.run)$/.test(call.name ?? ''))
  );
}
