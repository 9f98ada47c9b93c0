// One measured row against the model's answer and the anchors, as anyone would ask: through `green-ai estimate`.

import { itemAnchors, tokenAnchors } from './energyAnchors.mjs';
import { numberOf, requestOf } from './energyTables.mjs';

/** `undefined`: nothing to compare; `refused`; or the log error, whether the interval holds, and log errors of the anchors. */
export function judge(model, row, unknown = []) {
  // The waiting client of a remote server: the machine that computes was not measured.
  if (row.hardware.startsWith('client only')) return undefined;
  const measured = measuredOf(row);
  if (measured === undefined) return undefined;
  const fields = { ...requestOf(row), ...wordsOf(row) };
  for (const field of unknown) delete fields[field];
  const request = model.parseEstimateRequest(fields);
  const ready = 'error' in request ? request : model.resolveRequest(request);
  const answer = 'error' in request ? request : model.runEstimate(request);
  if ('error' in answer || 'error' in ready) return 'refused';
  const estimate = figureOf(answer, ready, measured);
  if (!estimate) return undefined;
  return {
    error: Math.log(estimate.mid / measured.joules),
    covered: measured.joules >= estimate.low && measured.joules <= estimate.high,
    width: Math.sqrt(estimate.high / estimate.low),
    anchors: logErrors(
      measured.perToken ? anchorsOfToken(model, row, ready) : anchorsOfItem(model, row, ready),
      measured,
    ),
  };
}

export function regimeOf(row) {
  if (row.request_unit === 'image' || row.request_unit === 'video') return row.request_unit;
  if (!row.scope.startsWith('node')) return row.engine.replace(/\s*\(.*/, '');
  const seconds = Number(/duration_s=([\d.]+)/.exec(row.notes)?.[1] ?? 0);
  if (seconds < 15) return 'text encoders, runs under 15 s';
  return /image_class|obj_detection/.test(row.task) ? 'vision' : 'text encoders';
}

/** Measured joules: per token where the table has them, else per request; of the devices or of the whole machine. */
function measuredOf(row) {
  const isMachine = row.scope.startsWith('system') || row.scope.startsWith('client');
  const perToken = numberOf(row.energy_j_per_token);
  if (perToken > 0) return { joules: perToken, perToken: true, isMachine };
  if (!row.scope.startsWith('node')) {
    const wattHours = numberOf(row.energy_wh_per_request);
    return wattHours > 0 ? { joules: wattHours * 3600, perToken: false, isMachine } : undefined;
  }
  // Node rows count seven idle GPUs (about 62 W each): only encoders and vision are compared, on what is left.
  const found = /gpu_kwh=([\d.e-]+).*duration_s=([\d.]+)/.exec(row.notes);
  if (!found || /textgen|summar|itt|zeroshot|tti/.test(row.task)) return undefined;
  const joules = (Number(found[1]) * 3.6e6 - 7 * 62 * Number(found[2])) / 1000;
  return joules > 0 ? { joules, perToken: false, isMachine: false } : undefined;
}

function figureOf(answer, ready, measured) {
  const perToken = measured.isMachine ? answer.wall_joules_per_output_token : answer.joules_per_output_token;
  const perRequest = measured.isMachine ? answer.wall_wh_per_request : answer.wh_per_request;
  const figure = measured.perToken ? perToken : perRequest;
  if (!figure) return undefined;
  const factor = (measured.perToken ? 1 : 3600) / (measured.isMachine ? ready.profile.site.pue : 1);
  return { low: figure.low * factor, mid: figure.mid * factor, high: figure.high * factor };
}

function anchorsOfToken(model, row, { resolved }) {
  const input = model.decodeInputOf(resolved, model.numericsOf(resolved));
  // The table's throughput of single runs is that of decoding alone.
  return tokenAnchors({ input, throughput: numberOf(row.throughput) });
}

function anchorsOfItem(model, row, { resolved }) {
  const latency = /latency_s=([\d.]+)/.exec(row.notes)?.[1];
  const duration = /duration_s=([\d.]+)/.exec(row.notes)?.[1];
  const perSecond = /s$/.test(row.throughput_unit) ? numberOf(row.throughput) : undefined;
  const seconds = duration
    ? Number(duration) / 1000
    : perSecond
      ? 1 / perSecond
      : Number(latency ?? 0) / resolved.batch;
  const { kind } = resolved.workload;
  return itemAnchors({
    hardware: resolved.hardware,
    devices: row.scope.startsWith('node') ? 1 : resolved.devices,
    seconds,
    flops: kind === 'encode' || kind === 'vision' ? model.itemFlops(resolved) : undefined,
    peakTflops: model.peakFor(resolved.hardware, resolved.format),
  });
}

/** On-device rows state the length of the answer in words: 4 tokens for 3 words. */
function wordsOf(row) {
  const words = /~(\d+) words/.exec(row.task);
  return words ? { outputTokens: Math.round((Number(words[1]) * 4) / 3) } : {};
}

function logErrors(found, { joules }) {
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (value > 0 ? [[name, Math.log(value / joules)]] : [])),
  );
}
