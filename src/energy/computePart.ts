import { classicalPhysics } from './classicalPhysics.ts';
import { diffusionPhysics } from './diffusionPhysics.ts';
import { combineLogSd, logSdOfFactor } from './distribution.ts';
import { type EnergyPart, effectLogSd } from './energyPart.ts';
import { forwardPhysics, speechPhysics } from './forwardPhysics.ts';
import { generationPhysics } from './generationPhysics.ts';
import { itemFlops } from './itemFlops.ts';
import { type Numerics, numericsOf } from './numericsOf.ts';
import type { Physics } from './physics.ts';
import type { ResolvedWorkload } from './resolveWorkload.ts';
import { trainingPhysics } from './trainingPhysics.ts';

/** The computing itself, for one unit of work. */
export function computePart(resolved: ResolvedWorkload): EnergyPart | undefined {
  const numerics = numericsOf(resolved);
  const physics = physicsOf(resolved, numerics);
  if (!physics || resolved.itemsPerUnit === 0) return undefined;
  const ratio = numerics.effects.reduce((product, effect) => product * effect.ratio, 1);
  const deviceJoules = physics.joules * ratio * resolved.itemsPerUnit;
  return {
    name: 'compute',
    deviceJoules,
    wallJoules: deviceJoules * resolved.hardware.hostFactor,
    seconds: physics.seconds * ratio * resolved.itemsPerUnit,
    logSd: combineLogSd(
      physics.logSd,
      numerics.methodUnknown ? logSdOfFactor(2) : 0,
      ...numerics.effects.map(effectLogSd),
    ),
    effects: numerics.effects,
  };
}

function physicsOf(resolved: ResolvedWorkload, numerics: Numerics): Physics | undefined {
  switch (resolved.workload.kind) {
    case 'generate':
      return generationPhysics(resolved, numerics);
    case 'encode':
    case 'vision':
      return forwardPhysics(resolved, numerics, itemFlops(resolved));
    case 'speech':
      return speechPhysics(resolved, numerics);
    case 'diffusion':
      return diffusionPhysics(resolved, numerics);
    case 'train':
      return trainingPhysics(resolved, numerics);
    case 'classical-fit':
    case 'classical-predict':
      return classicalPhysics(resolved);
    case 'load-model':
    case 'read-data':
    case 'hosted-call':
      return undefined;
  }
}
