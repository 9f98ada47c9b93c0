import type { ArgumentFacts, CallFacts, PlaceFacts } from '../../core/explain/explanation.ts';
import type { Paint } from '../format/paint.ts';
import { row } from './explanationText.ts';

/** One call: what it is, its arguments with their three answers, where it runs, what becomes of its result. */
export function callFactsText(call: CallFacts, paint: Paint): string {
  return [
    paint.bold(call.text),
    row('callee', call.callee ?? 'unknown'),
    ...(call.roles.length > 0 ? [row('role', call.roles.join(', '))] : []),
    ...(call.source ? [row('signature from', call.source)] : []),
    ...(call.receiver ? [row('receiver', call.receiver.join(' | '))] : []),
    ...argumentRows(call.arguments),
    ...placeRows(call.place),
    ...(call.methods.length > 0 ? [row('methods called', call.methods.join(', '))] : []),
    ...(call.uses.length > 0 ? [row('result is', call.uses.join(', '))] : []),
  ].join('\n');
}

/** What is given, each on its row; what is not, together. */
function argumentRows(facts: readonly ArgumentFacts[]): readonly string[] {
  const named = (answer: ArgumentFacts['answer']) =>
    facts.filter((fact) => fact.answer === answer).map(({ parameter }) => parameter);
  const [absent, unknown] = [named('absent'), named('unknown')];
  return [
    ...facts.filter(({ answer }) => answer === 'known').map((fact) => row(`· ${fact.parameter}`, argumentText(fact))),
    ...(unknown.length > 0 ? [row('· unknown', unknown.join(', '))] : []),
    ...(absent.length > 0 ? [row('· absent', absent.join(', '))] : []),
  ];
}

/** `"gpt2"`; where the text is not its own value, both. */
function argumentText({ text = '', values = [] }: ArgumentFacts): string {
  const value = values.join(' | ');
  return value === text || value === text.replaceAll("'", '"') ? text : `${text} = ${value}`;
}

function placeRows(place: PlaceFacts): readonly string[] {
  return [
    row('runs in', `${place.function === undefined ? '' : `${place.function}, `}${place.callers}`),
    ...place.loops.map((loop) => row('in a loop', loop)),
    row('called again', place.entryPoint ?? 'no entry point leads here'),
    row('kept between calls', place.isMemoised ? 'yes' : 'no'),
    row('gradients', place.gradients),
    row('phase', place.phase),
  ];
}
