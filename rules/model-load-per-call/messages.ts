import type { Message, RelatedSpan, Severity } from '../../src/core/engine/rule.ts';
import type { EntryPoint } from '../../src/core/semantics/place.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { calleeText } from '../shared/calleeText.ts';
import { externalSteps } from '../shared/externalSteps.ts';
import { changesModel } from './loopPurpose.ts';
import type { RepeatedLoad } from './repeatedLoadState.ts';
import { isStateInitialiser } from './stateInitialiser.ts';

const OFTEN: Record<EntryPoint['kind'], string> = {
  request: 'for every request',
  render: 'on every render',
  rerun: 'on every rerun of the page',
  frame: 'for every frame',
  event: 'on every event',
  message: 'for every message',
  row: 'for every row',
};

/** Loops with fewer turns than this are not "many items". */
const MANY = 5;

/** How often an entry point runs. Every submission of a Gradio interface is a request of a user to a server. */
function frequency({ kind, framework }: EntryPoint): EntryPoint['kind'] {
  return kind === 'event' && framework === 'gradio' ? 'request' : kind;
}

export function severityOf({ load, repetition }: RepeatedLoad, program: Program): Severity {
  if (isStateInitialiser(load, program)) return 'hint';
  if (repetition.kind === 'entry') {
    const often = frequency(repetition.entry);
    return often === 'event' || often === 'message' ? 'information' : 'warning';
  }
  const { purpose, tripCount } = repetition.loop;
  const isOverItems = purpose === 'items' || purpose === 'batches';
  return isOverItems && (tripCount === undefined || tripCount >= MANY) ? 'warning' : 'information';
}

export function messageOf(state: RepeatedLoad, program: Program): Message {
  const { load, repetition } = state;
  if (isStateInitialiser(load, program)) {
    return {
      what: `\`${calleeText(load, program)}\` is made again on every render, and all but the first are thrown away.`,
      why: 'React evaluates the argument of `useState` on each render and keeps the first value.',
      advice: 'Pass a function: `useState(() => new …)`.',
      condition: 'No model is loaded by it: what is saved is small.',
    };
  }
  const often = repetition.kind === 'entry' ? OFTEN[frequency(repetition.entry)] : 'in every turn of the loop';
  const message = {
    what: `\`${calleeText(load, program)}\` loads the same model again ${often}.`,
    why: 'Reading, converting and placing the weights costs several times the inference that follows.',
    advice: adviceFor(state, program),
  };
  if (severityOf(state, program) === 'warning') return message;
  return {
    ...message,
    condition:
      repetition.kind === 'entry'
        ? 'The saving depends on how often the event occurs.'
        : 'The saving depends on how many turns the loop takes.',
  };
}

function adviceFor({ load, repetition }: RepeatedLoad, program: Program): string {
  const { function: loader } = load.place;
  if (repetition.kind === 'loop' && loader && changesModel(loader, program)) {
    return 'Load the base model once, and take what is added to it off again in every turn (`unload()` of PEFT).';
  }
  if (repetition.kind === 'loop' && repetition.via.length === 0) return 'Load it once before the loop.';
  if (program.module.language !== 'python') {
    return 'Keep the promise of one load at module level (`shared ??= load()`) and await that.';
  }
  if (repetition.kind === 'entry' && repetition.entry.kind === 'rerun') {
    return 'Load it in a function decorated with `@st.cache_resource`.';
  }
  const owner = load.place.function?.name;
  return `Load it once: at module level, in the start-up hook of the framework, or in ${owner ? `\`${owner}\`` : 'a function'} behind \`@functools.lru_cache\`.`;
}

export function relatedSpans({ repetition }: RepeatedLoad): readonly RelatedSpan[] {
  if (repetition.kind === 'loop') {
    const calls = [...repetition.via]
      .reverse()
      .map(({ node }) => ({ span: { start: node.start, end: node.end }, message: 'Called from here' }));
    return [...calls, { span: repetition.loop.head, message: 'Loop starts here' }];
  }
  const { entry } = repetition;
  const calls = [...entry.via].reverse().map((span) => ({ span, message: 'Called from here' }));
  if (entry.steps) return [...calls, ...externalSteps(entry, OFTEN[frequency(entry)])];
  if (entry.kind === 'rerun') return calls;
  return [
    ...calls,
    { span: { start: entry.start, end: entry.end }, message: `Runs ${OFTEN[frequency(entry)]} (${entry.framework})` },
  ];
}
