import type { EntryPoint, Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Longest pause in milliseconds between two runs of a timer that is as fast as a screen. */
const SCREEN_PAUSE = 50;
const NEXT_FRAME = /^globalThis\.(window\.)?requestAnimationFrame$/;
const TIMER = /^globalThis\.(window\.)?setInterval$/;

/** What runs a place as often as the screen is drawn. */
export type FrameSource = { readonly entry: EntryPoint } | { readonly loop: Loop };

/** `requestAnimationFrame` that asks for itself again, a fast timer, or a loop that waits for the next frame. */
export function frameSource(call: Call, program: Program): FrameSource | undefined {
  const loop = call.place.loops.find(({ purpose }) => purpose === 'frames');
  if (loop) return { loop };
  const entry = call.place.entryPoint;
  if (entry?.kind !== 'frame' || entry.framework === 'video frames') return undefined;
  return program.once(drawsAgain) || program.once(hasFastTimer) ? { entry } : undefined;
}

/** A single `requestAnimationFrame` draws once; one inside a frame's own callback draws for ever. */
function drawsAgain(program: Program): boolean {
  return program.calls.some((call) => NEXT_FRAME.test(call.name ?? '') && call.place.entryPoint?.kind === 'frame');
}

function hasFastTimer(program: Program): boolean {
  const timers = program.calls.filter((call) => TIMER.test(call.name ?? ''));
  return (
    timers.length > 0 &&
    timers.every(({ node }) => {
      const pause = node.args[1] && program.constant(node.args[1].value);
      return pause?.kind === 'known' && typeof pause.value === 'number' && pause.value < SCREEN_PAUSE;
    })
  );
}
