import type { Loop } from '../../src/core/semantics/place.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from './devices.ts';

/** A loop written by hand that runs backward passes. */
export interface TrainingLoop {
  /** `loss.backward()`. */
  readonly call: Call;
  readonly loop: Loop;
}

/** Backward passes inside a loop in which an optimiser steps, one for each loop; fewer than three turns are a trial. */
export function trainingLoops(program: Program): readonly TrainingLoop[] {
  const steps = program.calls.some((call) => methodName(call) === 'step');
  const found: TrainingLoop[] = [];
  if (!steps) return found;
  for (const call of program.calls) {
    if (methodName(call) !== 'backward' || call.node.args.length > 1) continue;
    const [loop] = call.place.loops;
    if (loop === undefined || loop.purpose === 'singlePass') continue;
    if (call.place.loops.every(({ tripCount }) => tripCount !== undefined && tripCount < 3)) continue;
    if (!found.some((other) => other.loop.start === loop.start)) found.push({ call, loop });
  }
  return found;
}
