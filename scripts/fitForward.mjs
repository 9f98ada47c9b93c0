// Fits the constants of one forward pass (encoders, vision) on Power Hungry Processing (Luccioni et al. 2024): time per query on one A100.
// Energy counts only where a run outlasts the meter's interval of 15 s; the node's seven idle GPUs are taken off.

import { requestOf } from './energyTables.mjs';
import { descend, robust } from './fitDescent.mjs';

const FITTED = [
  { path: ['fixedHostMs'], prior: 1, sd: 0.5 },
  { path: ['layerHostMs'], prior: 0.75, sd: 0.3 },
  { path: ['pictureItemMs'], prior: 8, sd: 0.5 },
  { path: ['detectionItemMs'], prior: 50, sd: 0.5 },
  { path: ['powerIdle'], prior: 0.25, sd: 0.3 },
];

const IDLE_WATTS = 62;
const METER_SECONDS = 15;

/** Rows of one forward pass per query as resolved workloads with measured seconds, and joules where the run was long enough. */
export function forwardRows(model, table) {
  return table.flatMap((row) => {
    const found = /gpu_kwh=([\d.e-]+).*duration_s=([\d.]+)/.exec(row.notes);
    if (row.source !== 'power_hungry_processing' || !found || /textgen|summar|itt|zeroshot|tti/.test(row.task))
      return [];
    const request = model.parseEstimateRequest({ ...requestOf(row), devices: 1 });
    const ready = 'error' in request ? request : model.resolveRequest(request);
    if ('error' in ready || !['encode', 'vision'].includes(ready.workload.kind)) return [];
    const total = Number(found[2]);
    const joules = (Number(found[1]) * 3.6e6) / 1000 - (7 * IDLE_WATTS * total) / 1000;
    return [
      {
        resolved: ready.resolved,
        numerics: model.numericsOf(ready.resolved),
        seconds: total / 1000,
        joules: total > METER_SECONDS && joules > 0 ? joules : undefined,
        kind: ready.resolved.model?.kind ?? ready.workload.kind,
        row,
      },
    ];
  });
}

export function predictForward(model, row, constants, pass) {
  return model.forwardPhysics(row.resolved, row.numerics, model.itemFlops(row.resolved), constants, pass);
}

/** `pass`: what the fit of training steps found of the same networks. */
export function fitForward(model, rows, start, pass, rounds = 60) {
  const lossOf = (constants) =>
    rows.reduce((sum, row) => {
      const found = predictForward(model, row, constants, pass);
      const energy = row.joules === undefined ? 0 : robust(Math.log(found.joules / row.joules));
      return sum + energy + robust(Math.log(found.seconds / row.seconds));
    }, 0) / rows.length;
  return descend(FITTED, start, lossOf, rounds);
}
