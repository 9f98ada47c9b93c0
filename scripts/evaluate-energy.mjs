// How well do the shipped constants do? Re-fits nothing for them; the leave-out columns re-fit without the rows they judge.
// The tables are not part of this repository: npm run evaluate:energy -- <folder> [--quick] [--plots]

import { anchorNames, anchors } from './energyAnchors.mjs';
import { directionTable } from './energyDirections.mjs';
import { writePlots } from './energyPlots.mjs';
import {
  decodeRows,
  loadModel,
  median,
  numberOf,
  predict,
  readTable,
  requestOf,
  tablesFolder,
} from './energyTables.mjs';
import { fitDecode } from './fitDecode.mjs';

const folder = tablesFolder('npm run evaluate:energy --');
const quick = process.argv.includes('--quick');
const model = await loadModel();
const table = readTable(folder, 'measured_inference.csv');

const groups = new Map();
let refused = 0;
for (const row of table) {
  const result = judge(row);
  if (result === undefined) continue;
  if (result === 'refused') refused += 1;
  else add(`${row.source} · ${regimeOf(row)}`, result);
}
console.log('Shipped constants, every row of the table (system scope is compared with wall energy without PUE)\n');
print([...groups].sort(([a], [b]) => a.localeCompare(b)));
console.log(`\n${refused} rows refused (model or device unknown, or weights far above the memory).\n`);

const rows = decodeRows(model, table);
const generate = model.constants.generate;
const lines = [['ours, shipped', errorsOf(rows, generate), coverage(rows)]];
for (const name of anchorNames) lines.push([name, rows.flatMap((row) => anchors(row)[name] ?? [])]);
if (!quick) {
  const withoutGpu = leaveOut((row) => row.gpu);
  lines.push(['ours, GPU left out', withoutGpu]);
  if (process.argv.includes('--plots')) {
    const points = rows.map((row) => ({
      gpu: row.gpu,
      measured: row.joules,
      predicted: predict(model, row, generate),
    }));
    for (const file of writePlots(points, withoutGpu, model.constants.interval.known)) console.log(`wrote ${file}\n`);
  }
  lines.push(['ours, family left out', leaveOut((row) => row.family)]);
  lines.push(['ours, laboratory left out', leaveOut((row) => row.source)]);
}
console.log(`LLM decode, device joules per output token, ${rows.length} rows of trust A\n`);
for (const [name, errors, covered] of lines) console.log(summary(name, errors, covered));

console.log('\nDirections of measured pairs\n');
for (const line of directionTable(model)) console.log(line);

function judge(row) {
  // The waiting client of a remote server: the machine that computes was not measured.
  if (row.hardware.startsWith('client only')) return undefined;
  const perToken = numberOf(row.energy_j_per_token);
  const request = model.parseEstimateRequest({ ...requestOf(row), ...wordsOf(row) });
  const answer = 'error' in request ? request : model.runEstimate(request);
  if ('error' in answer) return 'refused';
  const wall = row.scope.startsWith('system') || row.scope.startsWith('client');
  if (perToken !== undefined) {
    const estimate = wall
      ? scaled(answer.wall_joules_per_output_token, 1 / pueOf(answer))
      : answer.joules_per_output_token;
    return estimate && compare(estimate, perToken);
  }
  const measured = deviceWhOf(row);
  if (measured === undefined) return undefined;
  return compare(wall ? scaled(answer.wall_wh_per_request, 1 / pueOf(answer)) : answer.wh_per_request, measured);
}

/** On-device rows state the length of the answer in words: 4 tokens for 3 words. */
function wordsOf(row) {
  const words = /~(\d+) words/.exec(row.task);
  return words ? { outputTokens: Math.round((Number(words[1]) * 4) / 3) } : {};
}

/** Node rows count seven idle GPUs (about 60 W each): only encoders and vision are compared, on what is left. */
function deviceWhOf(row) {
  if (!row.scope.startsWith('node')) return numberOf(row.energy_wh_per_request);
  const found = /gpu_kwh=([\d.]+).*duration_s=([\d.]+)/.exec(row.notes);
  if (!found || /textgen|summar|itt|zeroshot|tti/.test(row.task)) return undefined;
  return Number(found[1]) - (7 * 60 * Number(found[2])) / 3600 / 1000;
}

function pueOf(answer) {
  const site = answer.assumptions
    .map((sentence) => /PUE ([\d.]+)/.exec(sentence)?.[1])
    .find((text) => text !== undefined);
  return Number(site ?? 1);
}

function scaled(interval, factor) {
  return interval && { low: interval.low * factor, mid: interval.mid * factor, high: interval.high * factor };
}

function compare(estimate, measured) {
  if (!(measured > 0)) return undefined;
  return { error: Math.log(estimate.mid / measured), covered: measured >= estimate.low && measured <= estimate.high };
}

function regimeOf(row) {
  if (row.request_unit === 'image' || row.request_unit === 'video') return row.request_unit;
  if (row.scope.startsWith('node')) return 'encoders and vision';
  return row.engine.replace(/\s*\(.*/, '');
}

function add(key, result) {
  const list = groups.get(key) ?? [];
  list.push(result);
  groups.set(key, list);
}

function print(entries) {
  for (const [name, results] of entries) {
    console.log(
      summary(
        name,
        results.map((result) => result.error),
        results.filter((result) => result.covered).length / results.length,
      ),
    );
  }
}

function errorsOf(list, constants) {
  return list.map((row) => Math.log(predict(model, row, constants) / row.joules));
}

function coverage(list) {
  const factor = Math.log(model.constants.interval.known);
  return errorsOf(list, generate).filter((error) => Math.abs(error) <= factor).length / list.length;
}

function leaveOut(keyOf) {
  const errors = [];
  for (const key of new Set(rows.map(keyOf))) {
    const { constants } = fitDecode(
      model,
      rows.filter((row) => keyOf(row) !== key),
      generate,
      40,
    );
    errors.push(
      ...errorsOf(
        rows.filter((row) => keyOf(row) === key),
        constants,
      ),
    );
  }
  return errors;
}

function summary(name, errors, covered) {
  const percent = (share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`.padStart(8);
  const within = errors.filter((error) => Math.abs(error) < Math.LN2).length / errors.length;
  const sorted = errors.map(Math.abs).sort((a, b) => a - b);
  const ninety = Math.exp(sorted[Math.floor(0.9 * sorted.length)] ?? Number.NaN);
  const cells = [
    name.padEnd(52),
    String(errors.length).padStart(5),
    'median error',
    percent(median(errors.map((error) => Math.abs(Math.exp(error) - 1)))),
    'within 2x',
    percent(within),
    '90 % within x/÷',
    ninety.toFixed(2),
  ];
  return [...cells, ...(covered === undefined ? [] : ['interval holds', percent(covered)])].join(' ');
}
