// Pictures for docs/energy-model.md: predicted against measured, and how often intervals hold.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './energyTables.mjs';

const SIZE = 460;
const EDGE = 56;
const COLOURS = { B200: '#b45309', H100: '#2563eb', A100: '#059669', V100: '#7c3aed' };

/** `points`: measured and predicted joules per token, with the GPU. Returns the files written. */
export function writePlots(points, logErrors, intervalFactor) {
  const folder = path.join(root, 'docs', 'pictures');
  mkdirSync(folder, { recursive: true });
  const scatter = path.join(folder, 'energy-predicted-measured.svg');
  const coverage = path.join(folder, 'energy-coverage.svg');
  writeFileSync(scatter, scatterPlot(points));
  writeFileSync(coverage, coveragePlot(logErrors, intervalFactor));
  return [scatter, coverage];
}

function scatterPlot(points) {
  const [low, high] = [-2, 2];
  const at = (value) => EDGE + ((Math.log10(value) - low) / (high - low)) * (SIZE - 2 * EDGE);
  const dots = Object.entries(COLOURS).map(([gpu, colour]) => {
    const moves = points
      .filter((point) => point.gpu.startsWith(gpu))
      .map((point) => `M${at(point.measured).toFixed(1)} ${(SIZE - at(point.predicted)).toFixed(1)}h0`);
    return `<path d="${moves.join('')}" stroke="${colour}" stroke-opacity=".55" stroke-width="5" stroke-linecap="round"/>`;
  });
  const guide = (factor, dash) => {
    const from = 10 ** low;
    const to = 10 ** high;
    return `<path d="M${at(from)} ${SIZE - at(from * factor)}L${at(to)} ${SIZE - at(to * factor)}" stroke="#6b7280" stroke-dasharray="${dash}"/>`;
  };
  const ticks = [0.01, 0.1, 1, 10, 100].map(
    (value) =>
      `<text x="${at(value)}" y="${SIZE - EDGE + 18}" text-anchor="middle">${value}</text><text x="${EDGE - 8}" y="${SIZE - at(value) + 4}" text-anchor="end">${value}</text>`,
  );
  const legend = Object.entries(COLOURS).map(
    ([gpu, colour], index) => `<text x="${EDGE + 12}" y="${EDGE + 20 + 18 * index}" fill="${colour}">${gpu}</text>`,
  );
  const body = [frame(), guide(1, '0'), guide(2, '4 4'), guide(0.5, '4 4'), ...dots, ...ticks, ...legend];
  return picture(
    body,
    'measured, J per output token',
    'predicted, J per output token',
    'Predicted against measured energy; dashed: factor 2',
  );
}

function coveragePlot(logErrors, factor) {
  const sd = Math.log(factor) / 1.6449;
  const at = (share) => EDGE + share * (SIZE - 2 * EDGE);
  const levels = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);
  const line = levels.map((level) => {
    const half = sd * quantile(0.5 + level / 2);
    const held = logErrors.filter((error) => Math.abs(error) <= half).length / logErrors.length;
    return `${at(level).toFixed(1)} ${(SIZE - at(held)).toFixed(1)}`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${at(share)}" y="${SIZE - EDGE + 18}" text-anchor="middle">${100 * share} %</text><text x="${EDGE - 8}" y="${SIZE - at(share) + 4}" text-anchor="end">${100 * share} %</text>`,
  );
  const diagonal = `<path d="M${at(0)} ${SIZE - at(0)}L${at(1)} ${SIZE - at(1)}" stroke="#6b7280" stroke-dasharray="4 4"/>`;
  const curve = `<path d="M${line.join('L')}" stroke="#2563eb" stroke-width="2.5"/>`;
  return picture(
    [frame(), diagonal, curve, ...ticks],
    'interval stated',
    'rows inside it',
    'How often intervals hold (GPU left out of the fit)',
  );
}

/** Inverse of the standard normal distribution by bisection; the error function by its series. */
function quantile(share) {
  let [low, high] = [0, 6];
  for (let round = 0; round < 50; round += 1) {
    const middle = (low + high) / 2;
    if (0.5 + integral(middle) < share) low = middle;
    else high = middle;
  }
  return low;
}

function integral(z) {
  const steps = 200;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) sum += Math.exp(-((((step + 0.5) * z) / steps) ** 2) / 2);
  return (sum * z) / steps / Math.sqrt(2 * Math.PI);
}

function frame() {
  const side = SIZE - 2 * EDGE;
  return `<rect x="${EDGE}" y="${EDGE}" width="${side}" height="${side}" stroke="#9ca3af"/>`;
}

function picture(body, horizontal, vertical, title) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" font-family="system-ui, sans-serif" font-size="12" fill="none" role="img" aria-label="${title}">
<rect width="100%" height="100%" fill="#ffffff"/><g fill="#111827"><text x="${SIZE / 2}" y="30" text-anchor="middle" font-size="14">${title}</text><text x="${SIZE / 2}" y="${SIZE - 14}" text-anchor="middle">${horizontal}</text><text transform="translate(16 ${SIZE / 2}) rotate(-90)" text-anchor="middle">${vertical}</text></g>
<g>${body
    .join('\n')
    .replaceAll('<text x', '<text fill="#111827" x')
    .replaceAll(/fill="#111827" (x="[^"]*" y="[^"]*" fill)/g, '$1')}</g>
</svg>
`;
}
