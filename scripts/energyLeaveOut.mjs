// Constants fitted without the rows of one GPU, family, source, model or network: written by fit-energy.mjs, used by evaluate-energy.mjs,
// so that judging re-fits nothing. Only the fitted values are stored, in the order of each fit's entries.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './energyTables.mjs';
import { decodeEntries, fitDecode } from './fitDecode.mjs';
import { valuesOf, withValues } from './fitDescent.mjs';
import { diffusionEntries, fitDiffusion } from './fitDiffusion.mjs';
import { fitTraining, trainingEntries } from './fitTraining.mjs';

const FILE = path.join(root, 'scripts/energyLeaveOut.json');

/** What is left out, by regime: how rows are grouped, which constants, and their fit. */
const REGIMES = {
  decode: { keys: ['gpu', 'family', 'source'], part: 'generate', entries: decodeEntries, fitWithout: fitDecode },
  pictures: { keys: ['gpu', 'family'], part: 'diffusion', entries: diffusionEntries, fitWithout: fitDiffusion },
  training: { keys: ['gpu', 'network'], part: 'training', entries: trainingEntries, fitWithout: fitTraining },
};

/** Fits every leave-out set of `rows` by regime and stores the values. */
export function writeLeaveOut(model, rowsOf, constants) {
  const stored = {
    about: 'Written by scripts/fit-energy.mjs; fitted values in the order of the entries in scripts/fit*.mjs.',
  };
  for (const [name, { keys, part, entries, fitWithout }] of Object.entries(REGIMES)) {
    const rows = rowsOf[name];
    stored[name] = Object.fromEntries(
      keys.map((key) => [
        key,
        Object.fromEntries(
          [...new Set(rows.map((row) => row[key]))].map((left) => {
            const fitted = fitWithout(
              model,
              rows.filter((row) => row[key] !== left),
              constants[part],
              40,
            );
            return [left, valuesOf(entries, fitted)];
          }),
        ),
      ]),
    );
  }
  writeFileSync(FILE, `${JSON.stringify(stored)}\n`);
  return FILE;
}

/** Every row of a regime with the stored constants that were fitted without the rows of its `key`. */
export function leftOut(name, key, rows, constants) {
  if (!existsSync(FILE)) throw new Error(`${FILE} is missing: run scripts/fit-energy.mjs`);
  const stored = JSON.parse(readFileSync(FILE, 'utf8'))[name][key];
  const { entries, part } = REGIMES[name];
  return rows.map((row) => {
    const values = stored[row[key]];
    if (!values) throw new Error(`no stored constants without ${key} ${row[key]}: run scripts/fit-energy.mjs`);
    return [row, withValues(entries, constants[part], values)];
  });
}
