// How well do the shipped constants do? Re-fits nothing: the leave-out rows use constants that fit-energy.mjs stored.
// The tables are not part of this repository: npm run evaluate:energy -- [folder] [--plots]

import { anchorNames, itemAnchors, tokenAnchors } from './energyAnchors.mjs';
import { judgeCard } from './energyCard.mjs';
import { directionTable, rowPairTable } from './energyDirections.mjs';
import { leftOut } from './energyLeaveOut.mjs';
import { writePlots } from './energyPlots.mjs';
import { judge, regimeOf } from './energyRows.mjs';
import { decodeRows, loadModel, median, predict, readTable, tablesFolder } from './energyTables.mjs';
import { diffusionRows, predictDiffusion } from './fitDiffusion.mjs';
import { trainingRows } from './fitTraining.mjs';

const folder = tablesFolder('npm run evaluate:energy --');
const model = await loadModel();
const table = readTable(folder, 'measured_inference.csv');
const { generate, training, interval } = model.constants;
const decode = decodeRows(model, table);
const pictures = diffusionRows(model, table);
const steps = trainingRows(model, readTable(folder, 'measured_training.csv'));

const refused = printTable();
console.log(`\n${refused} rows refused (model or device unknown, or weights far above the memory).`);
printUnknowns();
printCard();
console.log('\nMatched rows: what one change does (called: outside the spread that the model states for the change)\n');
for (const line of rowPairTable(model, decode, generate)) console.log(line);
console.log('\nPublished pairs\n');
for (const line of directionTable(model)) console.log(line);

function printTable() {
  const { groups, refused: count } = judged(table);
  console.log('Each cell: median error, share within 2x. Ours also: share of rows inside the 90 % interval.');
  console.log('Whole-system rows are compared with wall energy without PUE; prompts of unknown length are assumed.\n');
  console.log(cells(['shipped constants, by source and regime', 'rows', 'ours', 'holds', ...anchorNames]));
  for (const [name, results] of [...groups].sort(([a], [b]) => a.localeCompare(b))) console.log(lineOf(name, results));
  console.log(lineOf('zeus_nsdi23 · training, 32 bit, full power', trainingResults(training)));
  const tokens = decode.map((row) =>
    resultOf(predict(model, row, generate), row.joules, bound(row), tokenAnchors(row)),
  );
  console.log(`\n${lineOf('LLM decode, trust A, prompts known by task', tokens)}`);
  const withoutGpu = leaveOut('gpu');
  const lines = [
    ['LLM decode, GPU left out of the fit', withoutGpu],
    ['LLM decode, model family left out', leaveOut('family')],
    ['LLM decode, laboratory (source) left out', leaveOut('source')],
    ['pictures and videos, GPU left out', leaveOutPictures('gpu')],
    ['pictures and videos, model left out', leaveOutPictures('family')],
    ['training, GPU left out', leaveOutTraining('gpu')],
    ['training, network left out', leaveOutTraining('network')],
  ];
  for (const [name, results] of lines) console.log(lineOf(name, results));
  if (process.argv.includes('--plots')) {
    const points = decode.map((row) => ({
      gpu: row.gpu,
      measured: row.joules,
      predicted: predict(model, row, generate),
    }));
    const errors = withoutGpu.map((result) => result.error);
    for (const file of writePlots(points, errors, interval.known.server)) console.log(`wrote ${file}`);
  }
  return count;
}

/** How wide and how often right the interval is where an input is not given. */
function printUnknowns() {
  const rows = table.filter((row) => row.trust === 'A' && row.energy_j_per_token !== '');
  console.log('\nInputs left out of the request (LLM rows of trust A)\n');
  for (const [name, unknown] of [
    ['all known', []],
    ['engine not known', ['engine']],
    ['batch not known', ['batch']],
    ['engine and batch not known', ['engine', 'batch']],
    ['prompt and answer length not known', ['inputTokens', 'outputTokens']],
    ['hardware not known', ['hardware']],
    ['model not known, parameters are', ['model']],
    ['model not known by the catalogue, size alone', ['model', 'active']],
  ]) {
    const results = rows.map((row) => judge(model, row, unknown)).filter((result) => result?.width !== undefined);
    const width = median(results.map((result) => result.width)).toFixed(2);
    console.log(`${lineOf(name, results).split(' | ').slice(0, 4).join(' | ')} | interval x/÷ ${width}`);
  }
}

/** Rows that nothing was fitted to: one H100 measured with scripts/measure. */
function printCard() {
  console.log('\nOne H100, PyTorch 2.11 (scripts/measure/h100.csv; nothing is fitted to these rows)\n');
  const rows = judgeCard(model);
  for (const regime of new Set(rows.map((row) => row.regime))) {
    const results = rows.filter((row) => row.regime === regime);
    console.log(lineOf(regime, results).split(' | ').slice(0, 4).join(' | '));
  }
}

function judged(rows) {
  const groups = new Map();
  let count = 0;
  for (const row of rows) {
    const result = judge(model, row);
    if (result === 'refused') count += 1;
    if (result?.width === undefined) continue;
    const key = `${row.source} · ${regimeOf(row)}`;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return { groups, refused: count };
}

function resultOf(predicted, joules, factor, anchors = {}) {
  const error = Math.log(predicted / joules);
  const found = Object.entries(anchors).flatMap(([name, value]) =>
    value > 0 ? [[name, Math.log(value / joules)]] : [],
  );
  return { error, covered: Math.abs(error) <= Math.log(factor), anchors: Object.fromEntries(found) };
}

function bound(row) {
  return interval.known[row.input.engine];
}

function leaveOut(key) {
  return leftOut('decode', key, decode, model.constants).map(([row, constants]) =>
    resultOf(predict(model, row, constants), row.joules, bound(row)),
  );
}

function leaveOutPictures(key) {
  return leftOut('pictures', key, pictures, model.constants).map(([row, constants]) =>
    resultOf(predictDiffusion(model, row, constants), row.joules, interval.diffusion),
  );
}

function leaveOutTraining(key) {
  return leftOut('training', key, steps, model.constants).map(([row, constants]) => trainingResult(row, constants));
}

function trainingResults(constants) {
  return steps.map((row) => trainingResult(row, constants));
}

function trainingResult(row, constants) {
  const { resolved, numerics } = row;
  const anchors = itemAnchors({
    hardware: resolved.hardware,
    devices: 1,
    seconds: row.seconds,
    flops: 3 * model.itemFlops(resolved),
    peakTflops: model.peakFor(resolved.hardware, 'fp32'),
  });
  const predicted = model.trainingPhysics(resolved, numerics, constants).joules;
  return resultOf(predicted, row.joules, interval.training, anchors);
}

function lineOf(name, results) {
  const own = results.map((result) => result.error);
  const holds = results.filter((result) => result.covered).length / results.length;
  const others = anchorNames.map((anchor) => cell(results.flatMap((result) => result.anchors[anchor] ?? [])));
  return cells([name, String(results.length), cell(own), percent(holds), ...others]);
}

function cell(errors) {
  if (errors.length === 0) return '-';
  const within = errors.filter((error) => Math.abs(error) < Math.LN2).length / errors.length;
  return `${percent(median(errors.map((error) => Math.abs(Math.exp(error) - 1))))}, ${percent(within)}`;
}

function percent(share) {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function cells([name, rows, ...rest]) {
  const widths = [13, 6, 36, 30, 20, 27];
  return [name.padEnd(52), rows.padStart(5), ...rest.map((text, index) => text.padEnd(widths[index] ?? 20))].join(
    ' | ',
  );
}
