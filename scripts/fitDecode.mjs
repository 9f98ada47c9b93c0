// Fits the decode constants by coordinate descent on the absolute log error of energy, with a pull towards published starting values
// so that a constant which the rows hardly determine stays physical. Deterministic.

import { predict } from './energyTables.mjs';

/** Constants that are fitted: path in `constants.generate`, the value pulled towards, and bounds. */
export const FITTED = [
  { path: ['memoryEfficiency'], prior: 0.79, most: 0.95 },
  { path: ['computeEfficiency'], prior: 0.8 },
  { path: ['norm'], least: 1 },
  { path: ['bandwidthExponent'], prior: 0.2 },
  { path: ['cacheWeight'], prior: 1 },
  { path: ['expertSpread'], prior: 1 },
  { path: ['overheadMs', 'base', 'server'], prior: 4.6 },
  { path: ['overheadMs', 'base', 'eager'], prior: 17.6 },
  { path: ['overheadMs', 'perLog2Devices'], prior: 0.6 },
  { path: ['overheadMs', 'mixture'], prior: 2 },
  { path: ['depthExponent'], prior: 0.67 },
  { path: ['perSequenceMs', 'server'], prior: 0.062 },
  { path: ['perSequenceMs', 'serverOld'], prior: 0.136 },
  { path: ['perSequenceDepth'], prior: 0.5 },
  { path: ['perSequenceLinkMs'], prior: 0.005 },
  { path: ['powerIdle'], prior: 0.34 },
  { path: ['powerMemory'], prior: 0.53 },
  { path: ['powerCompute'], prior: 1.5 },
  { path: ['powerMost'] },
  { path: ['powerMostExponent'], prior: 0.3 },
  { path: ['assumedInputTokens', 'text'], prior: 150 },
  { path: ['assumedInputTokens', 'code'], prior: 2000 },
  { path: ['assumedInputTokens', 'image'], prior: 1500 },
];

const PULL = 0.01;

export function fitDecode(model, rows, start, rounds = 100) {
  const constants = structuredClone(start);
  const values = FITTED.map((entry) => read(constants, entry.path));
  const steps = FITTED.map(() => 0.25);
  let best = loss(model, rows, constants);
  for (let round = 0; round < rounds; round += 1) {
    FITTED.forEach((entry, index) => {
      for (const sign of [1, -1]) {
        const tried = values[index] * Math.exp(sign * steps[index]);
        if (tried > (entry.most ?? Infinity) || tried < (entry.least ?? 0)) continue;
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
  }
  return { constants, loss: best };
}

function loss(model, rows, constants) {
  // The host cost per step of old and new servers is one constant; only the cost per sequence differs.
  constants.overheadMs.base.serverOld = constants.overheadMs.base.server;
  let sum = 0;
  for (const row of rows) {
    const error = Math.log(predict(model, row, constants) / row.joules);
    sum += Math.abs(error) + 0.3 * error * error;
    if (row.throughput)
      sum += 0.2 * huber(Math.log((stepSeconds(model, row, constants) * row.throughput) / row.input.batch));
  }
  let pull = 0;
  for (const entry of FITTED) {
    if (entry.prior !== undefined) pull += Math.log(read(constants, entry.path) / entry.prior) ** 2;
  }
  return sum / rows.length + PULL * pull;
}

function stepSeconds(model, row, constants) {
  const input = row.prompt ? { ...row.input, inputTokens: constants.assumedInputTokens[row.prompt] } : row.input;
  return model.decodeStep(input, constants).seconds;
}

function huber(error) {
  const size = Math.abs(error);
  return size < 0.2 ? (size * size) / 0.4 : size - 0.1;
}

function read(object, path) {
  return path.reduce((value, key) => value[key], object);
}

function write(object, path, value) {
  read(object, path.slice(0, -1))[path.at(-1)] = value;
}
