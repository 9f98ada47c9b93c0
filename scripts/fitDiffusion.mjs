// Fits the constants of picture and video generation on device Wh per picture or video.

import { numberOf, requestOf } from './energyTables.mjs';
import { descend, robust } from './fitDescent.mjs';

export const diffusionEntries = [
  { path: ['computeEfficiency'], prior: 0.3, sd: 0.5 },
  { path: ['peakExponent'], prior: 0.3, sd: 0.5 },
  { path: ['overheadMsPerStep'], prior: 20, sd: 0.7 },
  { path: ['overheadMsPerLog2Devices'], prior: 20, sd: 0.7 },
  { path: ['powerIdle'], prior: 0.25, sd: 0.15 },
  { path: ['powerCompute'], prior: 0.8, sd: 0.15 },
  { path: ['powerMost'], prior: 0.9, sd: 0.1, most: 1 },
  { path: ['attentionWeight'], prior: 1, sd: 0.3 },
  { path: ['attentionHidden'], prior: 2000, sd: 0.5 },
];

/** Picture and video rows of trust A as resolved workloads with their measured device joules. */
export function diffusionRows(model, table) {
  return table.flatMap((row) => {
    const wattHours = numberOf(row.energy_wh_per_request);
    if (!(wattHours > 0) || row.trust !== 'A' || !/^(?:image|video)$/.test(row.request_unit)) return [];
    const request = model.parseEstimateRequest(requestOf(row));
    const ready = 'error' in request ? request : model.resolveRequest(request);
    if ('error' in ready || ready.workload.kind !== 'diffusion') return [];
    const numerics = model.numericsOf(ready.resolved);
    return [
      {
        resolved: ready.resolved,
        numerics,
        ratio: numerics.effects.reduce((product, effect) => product * effect.ratio, 1),
        joules: wattHours * 3600,
        source: row.source,
        unit: row.request_unit,
        gpu: row.hardware,
        family: row.model,
        row,
      },
    ];
  });
}

export function predictDiffusion(model, row, constants) {
  return model.diffusionPhysics(row.resolved, row.numerics, constants).joules * row.ratio;
}

export function fitDiffusion(model, rows, start, rounds = 60) {
  const lossOf = (constants) =>
    rows.reduce((sum, row) => sum + robust(Math.log(predictDiffusion(model, row, constants) / row.joules)), 0) /
    rows.length;
  return descend(diffusionEntries, start, lossOf, rounds);
}
