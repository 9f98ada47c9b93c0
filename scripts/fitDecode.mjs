// Fits the decode constants on a robust log error of energy and, lightly, of time and power.

import { stepOf } from './energyTables.mjs';
import { descend, robust } from './fitDescent.mjs';

/** Constants that are fitted: path in `constants.generate`, the value pulled towards, its log standard deviation, and an upper bound. */
export const decodeEntries = [
  { path: ['memoryEfficiency'], prior: 0.85, sd: 0.15, most: 0.95 },
  { path: ['computeEfficiency'], prior: 0.5, sd: 0.3 },
  { path: ['mixtureComputeEfficiency'], prior: 0.4, sd: 0.5 },
  { path: ['layerMicroseconds', 'eager'], prior: 930, sd: 0.2 },
  { path: ['layerMicroseconds', 'server'], prior: 45, sd: 0.5 },
  { path: ['layerMicroseconds', 'serverOld'], prior: 450, sd: 0.5 },
  { path: ['layerMicroseconds', 'perLog2Devices'], prior: 30, sd: 0.5 },
  { path: ['blockFp8Rereads'], prior: 0.8, sd: 0.3 },
  { path: ['powerUnpacking'], prior: 0.5, sd: 0.3 },
  { path: ['mixtureLayerMicroseconds', 'server'], prior: 60, sd: 0.5 },
  { path: ['mixtureLayerMicroseconds', 'serverOld'], prior: 500, sd: 0.7 },
  { path: ['sequenceMicroseconds', 'server'], prior: 30, sd: 0.5 },
  { path: ['sequenceMicroseconds', 'serverOld'], prior: 300, sd: 0.5 },
  { path: ['overlap'], prior: 2, sd: 0.3 },
  { path: ['cacheWeight'], prior: 1.2, sd: 0.2 },
  { path: ['expertSpread'], prior: 0.7, sd: 0.3 },
  { path: ['expertImbalance'], prior: 0.5, sd: 0.5 },
  { path: ['powerIdle'], prior: 0.15, sd: 0.3 },
  { path: ['powerOccupied'], prior: 0.2, sd: 0.5 },
  { path: ['picojoulesPerByte'], prior: 150, sd: 0.3 },
  { path: ['powerPerOperation'], prior: 1.5, sd: 0.5 },
  { path: ['powerMost'], prior: 0.97, sd: 0.05, most: 1 },
  { path: ['assumedInputTokens', 'text'], prior: 80, sd: 0.5 },
  { path: ['assumedInputTokens', 'code'], prior: 2350, sd: 0.3 },
  { path: ['assumedInputTokens', 'image'], prior: 1300, sd: 0.3 },
];

/** Time and power alone count little: what is claimed is energy. */
const PART_WEIGHT = 0.12;

/** Constants of the decode step fitted on `rows` (decodeRows). */
export function fitDecode(model, rows, start, rounds = 60) {
  const fitted = descend(decodeEntries, start, (constants) => lossOf(model, rows, constants), rounds);
  shareServer(fitted);
  return fitted;
}

function lossOf(model, rows, constants) {
  shareServer(constants);
  let sum = 0;
  let weights = 0;
  for (const row of rows) {
    const step = stepOf(model, row, constants);
    let size = robust(Math.log((step.joulesPerToken * row.ratio) / row.joules));
    if (row.throughput) {
      const time = Math.log((step.seconds * row.throughput) / row.input.batch);
      const power = Math.log(step.watts / (row.joules * row.throughput));
      size += robust(PART_WEIGHT * time) + robust(PART_WEIGHT * power);
    }
    sum += row.weight * size;
    weights += row.weight;
  }
  return sum / weights;
}

/** llama.cpp is taken to be like a server where no row of trust A tells its own constants; its cost per layer is stated. */
function shareServer(constants) {
  for (const group of ['mixtureLayerMicroseconds', 'sequenceMicroseconds'])
    constants[group].llamaCpp = constants[group].server;
}
