// Measured pairs (energy after / before): the published ones of test/unit/energy, and every matched pair of rows in the tables.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { median, predict, root } from './energyTables.mjs';

/** What the model calls for each published pair, against the measured direction. */
export function directionTable(model) {
  const { entries } = JSON.parse(readFileSync(path.join(root, 'test/unit/energy/measuredPairs.json'), 'utf8'));
  const lines = [];
  let called = 0;
  let right = 0;
  let inside = 0;
  for (const pair of entries) {
    const profile = { ...model.defaultProfile(), hardware: model.hardwareOf(model.findDevice(pair.device).device, 1) };
    const impact = model.impactOf({ before: pair.before, after: pair.after }, profile, model.modelCatalogue);
    const ratio = 1 - impact.share.mid;
    const [low, high] = [pair.low ?? pair.ratio, pair.high ?? pair.ratio];
    const calls = impact.direction === 'saves' || impact.direction === 'increases';
    if (calls) {
      called += 1;
      if (impact.direction === (pair.ratio < 1 ? 'saves' : 'increases')) right += 1;
    }
    const isInside = ratio >= low && ratio <= high;
    if (isInside || (pair.low === undefined && 1 - impact.share.high <= high && 1 - impact.share.low >= low))
      inside += 1;
    const range = pair.low === undefined ? '' : ` (${low} to ${high})`;
    lines.push(
      `${pair.effect.slice(0, 62).padEnd(63)} measured ${pair.ratio.toFixed(2).padStart(5)}${range}`.padEnd(96) +
        ` model ${ratio.toFixed(2).padStart(5)} ${impact.direction}, P(falls) ${impact.probability.toFixed(2)}`,
    );
  }
  lines.push(
    `\n${entries.length} pairs, ${called} called, ${right} with the right sign (${percent(right / called)}); ratio in the measured range (single runs: in the interval) in ${inside}.`,
  );
  return lines;
}

/** Pairs of rows that differ in one thing only, by what differs: measured and predicted ratio, and sign where the model calls one. */
export function rowPairTable(model, rows, constants) {
  const predicted = new Map(rows.map((row) => [row, predict(model, row, constants)]));
  const groups = new Map();
  for (const before of rows)
    for (const after of rows) {
      const kind = before === after ? undefined : kindOfPair(before, after);
      if (kind === undefined) continue;
      const list = groups.get(kind) ?? [];
      list.push([Math.log(after.joules / before.joules), Math.log(predicted.get(after) / predicted.get(before))]);
      groups.set(kind, list);
    }
  return [...groups].map(([kind, pairs]) => {
    const called = pairs.filter(([, ours]) => Math.abs(ours) > 1.645 * SPREAD[kind.split(' ')[0]]);
    const right = called.filter(([measured, ours]) => Math.sign(measured) === Math.sign(ours)).length;
    const errors = pairs.map(([measured, ours]) => Math.abs(ours - measured));
    const ratioOf = (index) => Math.exp(median(pairs.map((pair) => pair[index]))).toFixed(2);
    return `${kind.padEnd(34)} ${String(pairs.length).padStart(5)} pairs, measured ${ratioOf(0)}, model ${ratioOf(1)}, ratio off by x/÷ ${Math.exp(median(errors)).toFixed(2)}, ${called.length} called, right ${called.length === 0 ? '-' : percent(right / called.length)}`;
  });
}

/** Log standard deviations that the model itself uses for these changes (changeLogSd.ts), at one doubling. */
const SPREAD = { batch: 0.12, devices: 0.15, FP8: 0.25, model: 0.25 };

function kindOfPair(before, after) {
  if (before.source !== after.source || before.task !== after.task || before.gpu !== after.gpu) return undefined;
  const growth = after.input.batch / before.input.batch;
  const sameBatch = Math.abs(Math.log(growth)) < 0.15;
  const sameModel = before.model === after.model;
  const sameDevices = before.input.devices === after.input.devices;
  if (sameModel && sameDevices && growth > 1.5)
    return growth < 3 ? 'batch x 2' : growth < 6 ? 'batch x 4' : 'batch x 8 and more';
  if (!sameBatch) return undefined;
  if (sameModel && after.input.devices > before.input.devices)
    return `devices ${before.input.devices} to ${after.input.devices}`;
  const [from, to] = [before.row.precision, after.row.precision];
  if (sameDevices && from !== 'fp8' && to === 'fp8' && after.model === `${before.model}-FP8`)
    return `FP8, ${before.input.batch < 17 ? 'up to 16' : before.input.batch < 65 ? '17 to 64' : 'over 64'} sequences`;
  const isSmaller = after.input.totalParameters < 0.8 * before.input.totalParameters;
  if (!sameModel && from === to && before.family === after.family && isSmaller) return 'model smaller, same family';
  return undefined;
}

function percent(share) {
  return `${(100 * share).toFixed(share > 0.995 ? 0 : 1)} %`;
}
