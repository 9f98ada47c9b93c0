// Simple estimators that others use, on the same rows: what the model must beat.

export const anchorNames = [
  'FLOPs / half of peak x TDP',
  'EcoLogits 0.9 as shipped (batch 64)',
  'EcoLogits with the true batch',
  'TDP x measured time',
];

/** Log errors of each anchor on one row; absent where the row lacks what the anchor needs. */
export function anchors(row) {
  const { input, joules } = row;
  const tdp = input.devices * input.tdpWatts;
  const flopSeconds = (2 * input.activeParameters) / (0.5 * input.devices * input.peakTflops * 1e12);
  const found = {
    'FLOPs / half of peak x TDP': tdp * flopSeconds,
    'EcoLogits 0.9 as shipped (batch 64)': ecologits(input, 64),
    'EcoLogits with the true batch': ecologits(input, input.batch),
    'TDP x measured time': row.throughput ? tdp / row.throughput : undefined,
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (value > 0 ? [[name, Math.log(value / joules)]] : [])),
  );
}

/** EcoLogits 0.9: Wh per output token and GPU = alpha · exp(beta · batch) · active billions + gamma (its published fit), times the 80 GB GPUs that 16-bit weights need. */
function ecologits(input, batch) {
  const billions = input.activeParameters / 1e9;
  const wattHours = 1.1665273170451914e-6 * Math.exp(-0.011205921025579175 * batch) * billions + 4.052928146734005e-5;
  const gpus = 2 ** Math.max(0, Math.ceil(Math.log2((1.2 * 2 * input.totalParameters) / 80e9)));
  return wattHours * 3600 * gpus;
}
