// Fits the constants of a training step on time and energy per epoch at full power (Zeus, NSDI 2023).

import { descend, robust } from './fitDescent.mjs';

export const trainingEntries = [
  { path: ['pass', 'vectorEfficiency'], prior: 0.65, sd: 0.3, most: 0.95 },
  { path: ['pass', 'convolutionEfficiency'], prior: 0.7, sd: 0.3, most: 0.95 },
  { path: ['pass', 'convolutionAccesses'], prior: 7, sd: 0.3 },
  { path: ['hostMs'], prior: 33, sd: 0.3 },
  { path: ['overlap'], prior: 2, sd: 0.3 },
  { path: ['powerIdle'], prior: 0.25, sd: 0.3 },
  { path: ['powerMost'], prior: 0.88, sd: 0.1, most: 1 },
];

/**
 * What the traces leave out: samples per epoch and tokens per sample (SQuAD 1.1 in windows of 384 tokens; tweets; ImageNet).
 * Speech, recommendation and CIFAR runs are not used: their operations per sample are not known or the data loader sets the pace.
 */
const JOBS = {
  'bert_base_uncased squad': { model: 'google-bert/bert-base-uncased', samples: 88_524, tokens: 384 },
  'bert_base_uncased sentiment140': { model: 'google-bert/bert-base-uncased', samples: 1_600_000, tokens: 58 },
  'resnet50 imagenet': { model: 'microsoft/resnet-50', samples: 1_281_167, tokens: 1 },
};

/** Runs at the highest power limit as resolved workloads with measured seconds and joules per sample. */
export function trainingRows(model, table) {
  const runs = new Map();
  for (const row of table) {
    const job = JOBS[`${row.model} ${row.dataset}`];
    if (row.source !== 'zeus_nsdi23' || !job) continue;
    const key = [row.model, row.dataset, row.hardware, row.batch_size, row.variant].join('|');
    const best = runs.get(key);
    if (!best || Number(row.power_limit_w) > Number(best.row.power_limit_w)) runs.set(key, { row, job });
  }
  return [...runs.values()].map(({ row, job }) => {
    const found = model.findDevice(row.hardware.replace('/SXM2', ''));
    const profile = {
      ...model.builtinProfile('nvidia-v100'),
      hardware: model.hardwareOf(found.device, 1),
    };
    const workload = {
      kind: 'train',
      unit: 'epoch',
      model: { id: job.model },
      format: 'fp32',
      batch: Number(row.batch_size),
      samples: 1,
      inputTokens: job.tokens,
    };
    const resolved = model.resolveWorkload(workload, profile, model.modelCatalogue);
    return {
      resolved,
      numerics: model.numericsOf(resolved),
      seconds: Number(row.duration_s) / job.samples,
      joules: Number(row.energy_j) / job.samples,
      gpu: row.hardware,
      network: `${row.model} ${row.dataset}`,
      row,
    };
  });
}

export function fitTraining(model, rows, start, rounds = 60) {
  const lossOf = (constants) =>
    rows.reduce((sum, row) => {
      const found = model.trainingPhysics(row.resolved, row.numerics, constants);
      return sum + robust(Math.log(found.joules / row.joules)) + 0.5 * robust(Math.log(found.seconds / row.seconds));
    }, 0) / rows.length;
  return descend(trainingEntries, start, lossOf, rounds);
}
