// One card measured by scripts/measure. No constant is fitted to these rows, and they come with the repository: anyone can judge.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './energyTables.mjs';

/** Log error, whether the interval holds, and the regime of every row of the card that a workload can describe. */
export function judgeCard(model) {
  const { device } = model.findDevice('NVIDIA H100 SXM5 80GB');
  const profile = { ...model.builtinProfile('nvidia-h100'), hardware: model.hardwareOf(device, 1) };
  const text = readFileSync(path.join(root, 'scripts', 'measure', 'h100.csv'), 'utf8');
  return model.cardRows(text).flatMap((row) => {
    const workload = model.cardWorkload(row);
    if (workload === undefined) return [];
    const { deviceWh } = model.estimateWorkload(workload, profile, model.modelCatalogue);
    const joules = (wattHours) => (wattHours * 3600) / model.unitsPerItem(row);
    const measured = Number(row.joules_per_unit);
    return [
      {
        row,
        regime: model.cardRegime(row),
        error: Math.log(joules(deviceWh.mid) / measured),
        covered: measured >= joules(deviceWh.low) && measured <= joules(deviceWh.high),
        anchors: {},
      },
    ];
  });
}
