import type { AnalysisDocument } from '../engine/document.ts';
import type { EntryPoint, Loop, Place } from '../semantics/place.ts';
import type { Program } from '../semantics/program.ts';
import type { Span } from '../text/span.ts';
import type { PlaceFacts } from './explanation.ts';
import { codeText } from './valueText.ts';

const CALLERS: Readonly<Record<Place['callers'], string>> = {
  module: 'module level, runs once',
  some: 'called in this workspace',
  none: 'no call seen',
};

/** Context of a place in words. */
export function placeFacts(program: Program, place: Place, document: AnalysisDocument): PlaceFacts {
  return {
    ...(place.function ? { function: place.function.name ?? '(anonymous)' } : {}),
    callers: CALLERS[place.callers],
    loops: place.loops.map((loop) => loopText(program, loop, document)),
    ...(place.entryPoint ? { entryPoint: entryPointText(place.entryPoint) } : {}),
    isMemoised: place.isMemoised,
    gradients: place.gradients,
    phase: place.phase,
  };
}

/** `for over items, at most 3 turns (line 4: for x in xs)`. */
export function loopText(program: Program, loop: Loop, document: AnalysisDocument): string {
  const turns =
    loop.tripCount === undefined ? '' : `, at most ${loop.tripCount} ${loop.tripCount === 1 ? 'turn' : 'turns'}`;
  return `${loop.form} over ${loop.purpose}${turns} (line ${lineOf(document, loop.head)}: ${codeText(program, loop.head)})`;
}

/** `request of fastapi, by way of predict → load`. */
export function entryPointText({ kind, framework, path, steps = [] }: EntryPoint): string {
  const way = [
    ...steps.map(({ name, path: file }) => `${name} (${file})`),
    ...path.map(({ name }) => name ?? '(anonymous)'),
  ];
  return `${kind} of ${framework}${way.length > 0 ? `, by way of ${way.join(' → ')}` : ''}`;
}

/** 1-based, of the file or the cell. */
function lineOf(document: AnalysisDocument, span: Span): number {
  return (document.place(span)?.range ?? document.lines.range(span)).start.line + 1;
}
