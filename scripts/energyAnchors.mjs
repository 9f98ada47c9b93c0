// Simple estimators that others use, on the same rows: what the model must beat.

export const anchorNames = [
  'EcoLogits 0.9 as shipped (batch 64)',
  'EcoLogits with the true batch',
  'TDP x measured time',
  'FLOPs / half of peak x TDP',
];

/** Device joules per output token by each anchor; absent where the row lacks what the anchor needs. */
export function tokenAnchors({ input, throughput }) {
  const tdp = input.devices * input.tdpWatts;
  return {
    'EcoLogits 0.9 as shipped (batch 64)': ecologits(input, 64),
    'EcoLogits with the true batch': ecologits(input, input.batch),
    'TDP x measured time': throughput ? tdp / throughput : undefined,
    'FLOPs / half of peak x TDP':
      tdp * ((2 * input.activeParameters) / (0.5 * input.devices * input.peakTflops * 1e12)),
  };
}

/** Device joules per item (picture, query, training sample) where only time and operations are at hand. */
export function itemAnchors({ hardware, devices, seconds, flops, peakTflops }) {
  const tdp = devices * hardware.tdpWatts;
  return {
    'TDP x measured time': seconds ? tdp * seconds : undefined,
    'FLOPs / half of peak x TDP': flops ? (tdp * flops) / (0.5 * devices * peakTflops * 1e12) : undefined,
  };
}

/** EcoLogits 0.9: Wh per output token and GPU = alpha · exp(beta · batch) · active billions + gamma (its published fit), times the 80 GB GPUs that 16-bit weights need. */
function ecologits(input, batch) {
  const billions = input.activeParameters / 1e9;
  const wattHours = 1.1665273170451914e-6 * Math.exp(-0.011205921025579175 * batch) * billions + 4.052928146734005e-5;
  const gpus = 2 ** Math.max(0, Math.ceil(Math.log2((1.2 * 2 * input.totalParameters) / 80e9)));
  return wattHours * 3600 * gpus;
}
