// Fits the decode constants by coordinate descent on a robust log error of energy (and, lightly, of time and power), pulled towards
// starting values so that a constant which the rows hardly determine stays physical. Deterministic.

import { stepOf } from './energyTables.mjs';

/** Constants that are fitted: path in `constants.generate`, the value pulled towards, its log standard deviation, and an upper bound. */
export const FITTED = [
  { path: ['memoryEfficiency'], prior: 0.85, sd: 0.15, most: 0.95 },
  { path: ['computeEfficiency'], prior: 0.5, sd: 0.3 },
  { path: ['mixtureComputeEfficiency'], prior: 0.4, sd: 0.5 },
  { path: ['layerMicroseconds', 'eager'], prior: 930, sd: 0.2 },
  { path: ['layerMicroseconds', 'server'], prior: 45, sd: 0.5 },
  { path: ['layerMicroseconds', 'serverOld'], prior: 450, sd: 0.5 },
  { path: ['layerMicroseconds', 'perLog2Devices'], prior: 30, sd: 0.5 },
  { path: ['layerMicroseconds', 'blockFp8'], prior: 100, sd: 0.2 },
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

/** Errors below this (8 %) count by their square, larger ones by their size. */
const SCALE = 0.08;
/** Time and power alone count little: what is claimed is energy. */
const PART_WEIGHT = 0.12;
/** The starting values weigh as much as this share of the rows. */
const PULL = 0.01;

export function fitDecode(model, rows, start, rounds = 60) {
  const constants = structuredClone(start);
  for (const entry of FITTED) write(constants, entry.path, entry.prior);
  const values = FITTED.map((entry) => entry.prior);
  const steps = FITTED.map(() => 0.2);
  let best = loss(model, rows, constants);
  for (let round = 0; round < rounds; round += 1) {
    FITTED.forEach((entry, index) => {
      for (const sign of [1, -1]) {
        const tried = values[index] * Math.exp(sign * steps[index]);
        if (tried > (entry.most ?? Infinity)) continue;
        write(constants, entry.path, tried);
        const found = loss(model, rows, constants);
        if (found < best - 1e-9) {
          best = found;
          values[index] = tried;
          steps[index] *= 1.3;
          return;
        }
        write(constants, entry.path, values[index]);
      }
      steps[index] *= 0.6;
    });
    if (Math.max(...steps) < 0.002) break;
  }
  return { constants, loss: best };
}

function loss(model, rows, constants) {
  // llama.cpp replays a graph as a server does; no row of trust A tells its own constants.
  for (const group of ['layerMicroseconds', 'mixtureLayerMicroseconds', 'sequenceMicroseconds'])
    constants[group].llamaCpp = constants[group].server;
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
  let pull = 0;
  for (const entry of FITTED) pull += (Math.log(read(constants, entry.path) / entry.prior) / entry.sd) ** 2;
  return sum / weights + (PULL * pull) / 2;
}

/** Pseudo-Huber. */
function robust(error) {
  return Math.sqrt(1 + (error / SCALE) ** 2) - 1;
}

function read(object, path) {
  return path.reduce((value, key) => value[key], object);
}

function write(object, path, value) {
  read(object, path.slice(0, -1))[path.at(-1)] = value;
}
