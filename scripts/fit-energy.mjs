// Fits the constants of the energy model on measured tables and writes src/energy/constants.json with their provenance.
// The tables are not part of this repository: node scripts/fit-energy.mjs <folder>

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeRows, loadModel, median, predict, readTable, root, tablesFolder } from './energyTables.mjs';
import { FITTED, fitDecode } from './fitDecode.mjs';

const folder = tablesFolder('node scripts/fit-energy.mjs');
const model = await loadModel();
const rows = decodeRows(model, readTable(folder, 'measured_inference.csv'));
const file = path.join(root, 'src/energy/constants.json');
const shipped = JSON.parse(readFileSync(file, 'utf8'));
const { constants } = fitDecode(model, rows, shipped.generate);
for (const entry of FITTED) round(constants, entry.path);
for (const group of ['layerMicroseconds', 'mixtureLayerMicroseconds', 'sequenceMicroseconds'])
  constants[group].llamaCpp = constants[group].server;
const errors = rows.map((row) => Math.abs(predict(model, row, constants) / row.joules - 1));
constants.provenance = {
  fit: 'scripts/fit-energy.mjs: least absolute log error of device joules per output token, pulled towards published starting values',
  date: new Date().toISOString().slice(0, 10),
  sources: [...new Set(rows.map((row) => row.source))].sort(),
  rows: rows.length,
  engineClasses:
    'vLLM 0.5 (2024) and 0.11 (2025); Hugging Face transformers in eager mode (2023). llama.cpp overhead is stated, not fitted.',
  medianError: Number(median(errors).toFixed(3)),
};
writeFileSync(file, `${JSON.stringify({ ...shipped, generate: constants }, null, 2)}\n`);
console.log(`${rows.length} rows, median error ${(100 * median(errors)).toFixed(1)} %: ${path.relative(root, file)}`);

function round(object, keys) {
  const parent = keys.slice(0, -1).reduce((value, key) => value[key], object);
  parent[keys.at(-1)] = Number(parent[keys.at(-1)].toPrecision(4));
}
