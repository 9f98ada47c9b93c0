// Fits the constants of the energy model on measured tables and writes src/energy/constants.json with their provenance.
// The tables are not part of this repository: node scripts/fit-energy.mjs <folder>

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeLeaveOut } from './energyLeaveOut.mjs';
import { decodeRows, loadModel, median, predict, readTable, root, tablesFolder } from './energyTables.mjs';
import { fitDecode } from './fitDecode.mjs';
import { diffusionRows, fitDiffusion, predictDiffusion } from './fitDiffusion.mjs';
import { fitForward, forwardRows, predictForward } from './fitForward.mjs';
import { fitTraining, trainingRows } from './fitTraining.mjs';

const folder = tablesFolder('node scripts/fit-energy.mjs');
const model = await loadModel();
const inference = readTable(folder, 'measured_inference.csv');
const file = path.join(root, 'src/energy/constants.json');
const shipped = JSON.parse(readFileSync(file, 'utf8'));

const decode = decodeRows(model, inference);
const generate = fitDecode(model, decode, shipped.generate);
generate.provenance = provenance(
  'scripts/fitDecode.mjs: robust log error of device joules per output token, pulled towards stated starting values',
  decode,
  decode.map((row) => predict(model, row, generate) / row.joules),
  'vLLM 0.5 (2024) and 0.11 (2025); Hugging Face transformers in eager mode (2023). llama.cpp: see llamaCpp.',
);

const pictures = diffusionRows(model, inference);
const diffusion = fitDiffusion(model, pictures, shipped.diffusion);
diffusion.provenance = provenance(
  'scripts/fitDiffusion.mjs: robust log error of device joules per picture or video',
  pictures,
  pictures.map((row) => predictDiffusion(model, row, diffusion) / row.joules),
  'diffusers (2024), xDiT (2025)',
);

const steps = trainingRows(model, readTable(folder, 'measured_training.csv'));
const training = fitTraining(model, steps, shipped.training);
training.provenance = provenance(
  'scripts/fitTraining.mjs: robust log error of device joules and seconds per sample at full power',
  steps.map(({ row }) => row),
  steps.map((row) => model.trainingPhysics(row.resolved, row.numerics, training).joules / row.joules),
  'PyTorch 1, 32 bit (2022). 16 bit: see pass.source.',
);

const passes = forwardRows(model, inference);
const forward = fitForward(model, passes, shipped.forward, training.pass);
forward.provenance = provenance(
  'scripts/fitForward.mjs: robust log error of seconds per query, and of device joules where a run outlasts the meter (15 s); medianError is of the seconds',
  passes.map(({ row }) => row),
  passes.map((row) => predictForward(model, row, forward, training.pass).seconds / row.seconds),
  'Hugging Face pipelines, one query at a time (2023). Processors: stated, not fitted.',
);

writeFileSync(file, `${JSON.stringify({ ...shipped, generate, diffusion, forward, training }, null, 2)}\n`);
for (const [name, { provenance: found }] of Object.entries({ generate, diffusion, forward, training }))
  console.log(`${name}: ${found.rows} rows, median error ${(100 * found.medianError).toFixed(1)} %`);
const constants = { generate, diffusion, training };
const leaveOut = writeLeaveOut(model, { decode, pictures, training: steps }, constants);
execFileSync('npx', ['biome', 'check', '--write', file, leaveOut], { cwd: root, stdio: 'ignore' });
console.log(`wrote ${path.relative(root, file)} and ${path.relative(root, leaveOut)}`);

function provenance(fit, rows, ratios, engineClasses) {
  return {
    fit,
    date: new Date().toISOString().slice(0, 10),
    sources: [...new Set(rows.map((row) => row.source))].sort(),
    rows: rows.length,
    engineClasses,
    medianError: Number(median(ratios.map((ratio) => Math.abs(ratio - 1))).toFixed(3)),
  };
}
