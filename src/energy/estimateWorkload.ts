import { computePart } from './computePart.ts';
import { constants } from './constants.ts';
import { combineLogSd, Z90 } from './distribution.ts';
import type { EnergyPart, PartName } from './energyPart.ts';
import type { Estimate, EstimateUnit } from './estimate.ts';
import { hostedPart, loadPart, readPart } from './hostParts.ts';
import type { ModelCatalogue } from './modelFacts.ts';
import type { AssumedFigure, Profile, Site } from './profile.ts';
import { type ResolvedWorkload, resolveWorkload } from './resolveWorkload.ts';
import { siteSpread } from './siteSpread.ts';
import type { Workload } from './workload.ts';

/** Energy, carbon and electricity cost of one unit of work. */
export interface WorkloadEstimate {
  /** The computing devices alone. */
  readonly deviceWh: Estimate;
  /** At the facility's meter: devices, host, power supply and cooling (PUE). */
  readonly wallWh: Estimate;
  /** Use phase. */
  readonly gco2e: Estimate;
  /** Share of making the devices, by the time that the work occupies them. */
  readonly embodiedGco2e: Estimate;
  readonly usd: Estimate;
  /** Seconds for which one unit occupies the machine. */
  readonly seconds: number;
  readonly parts: readonly { readonly name: PartName; readonly deviceWh: number; readonly wallWh: number }[];
  readonly assumptions: readonly string[];
}

/** What a caller assumed on top (a batch that was not given). */
export interface Widening {
  readonly logSd: number;
  readonly assumptions: readonly string[];
}

const JOULES_PER_WH = 3600;

/** Energy of `workload`, once per its unit, on the machine of `profile`. Pure: same arguments, same answer. */
export function estimateWorkload(
  workload: Workload,
  profile: Profile,
  models: ModelCatalogue,
  widening: Widening = { logSd: 0, assumptions: [] },
): WorkloadEstimate {
  const resolved = resolveWorkload(workload, profile, models);
  const parts = partsOf(resolved);
  const logSd = Math.hypot(totalLogSd(parts, resolved.logSd), widening.logSd);
  const { site } = profile;
  const around = workload.kind === 'hosted-call' ? { wall: 0, grams: 0, usd: 0 } : siteSpread(site);
  const device = parts.reduce((sum, part) => sum + part.deviceJoules, 0) / JOULES_PER_WH;
  const wall = parts.reduce((sum, part) => sum + wallWh(part, site), 0);
  const grams = parts.reduce(
    (sum, part) => sum + (wallWh(part, site) / 1000) * (part.gramsPerKwh ?? site.gramsPerKwh),
    0,
  );
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  return {
    deviceWh: spreadEstimate(device, logSd, 'Wh'),
    wallWh: spreadEstimate(wall, combineLogSd(logSd, around.wall), 'Wh'),
    gco2e: spreadEstimate(grams, combineLogSd(logSd, around.grams), 'gCO2e'),
    embodiedGco2e: spreadEstimate(seconds * resolved.devices * embodiedGramsPerSecond(site), logSd, 'gCO2e'),
    usd: spreadEstimate((wall / 1000) * site.usdPerKwh, combineLogSd(logSd, around.usd), 'USD'),
    seconds,
    parts: parts.map((part) => ({
      name: part.name,
      deviceWh: part.deviceJoules / JOULES_PER_WH,
      wallWh: wallWh(part, site),
    })),
    assumptions: [
      ...widening.assumptions,
      ...resolved.assumptions,
      ...modelAssumptions(resolved, parts),
      ...(workload.kind === 'hosted-call' ? [] : [siteAssumption(profile)]),
    ],
  };
}

/** The contributions that are not zero. */
export function partsOf(resolved: ResolvedWorkload): EnergyPart[] {
  return [computePart(resolved), loadPart(resolved), readPart(resolved), hostedPart(resolved)].filter(
    (part) => part !== undefined,
  );
}

/** Wall energy of a part with the facility's share, in Wh. */
export function wallWh(part: EnergyPart, site: Site): number {
  return (part.wallJoules * (part.pue ?? site.pue)) / JOULES_PER_WH;
}

/** Errors of the parts are taken as fully correlated (the wide choice): their log standard deviations average by energy. */
function totalLogSd(parts: readonly EnergyPart[], shared: number): number {
  const total = parts.reduce((sum, part) => sum + part.wallJoules, 0);
  if (total === 0) return shared;
  const own = parts.reduce((sum, part) => sum + part.logSd * part.wallJoules, 0) / total;
  return Math.hypot(own, shared);
}

export function spreadEstimate(mid: number, logSd: number, unit: EstimateUnit): Estimate {
  const factor = Math.exp(Z90 * logSd);
  return { low: mid / factor, mid, high: mid * factor, unit };
}

function embodiedGramsPerSecond(site: Site): number {
  return (site.embodiedKg * 1000) / (site.lifetimeYears * 8760 * 3600);
}

/** What the numbers rest on beyond the workload's own gaps. */
export function modelAssumptions(resolved: ResolvedWorkload, parts: readonly EnergyPart[]): string[] {
  const sentences: string[] = [];
  const { kind } = resolved.workload;
  if (kind === 'hosted-call') {
    sentences.push(
      "Hosted models: only the class of the model is known; published figures of 2025 spread over classes; the provider's machines on a world-average grid.",
    );
  } else {
    const { hardware, devices } = resolved;
    sentences.push(`Device: ${devices > 1 ? `${devices} × ` : ''}${hardware.device}, ${hardware.tdpWatts} W TDP.`);
  }
  if (parts.some((part) => part.name === 'compute')) {
    if (kind === 'classical-fit' || kind === 'classical-predict') sentences.push(classicalAssumption(resolved));
    if (resolved.hardware.kind !== 'gpu')
      sentences.push('Few public measurements on processors and integrated GPUs: the interval is wide.');
    if (kind === 'speech') sentences.push('No public measurements for speech models: the interval is ×/÷ 4.');
  }
  if (parts.some((part) => part.name === 'model loading'))
    sentences.push('Loading: about 1.2 GB/s from disk to device while the device idles (assumed, ×/÷ 3).');
  for (const part of parts) {
    for (const effect of part.effects) sentences.push(effectSentence(effect));
  }
  return sentences;
}

function effectSentence(effect: EnergyPart['effects'][number]): string {
  const basis =
    effect.basis === 'measured'
      ? `measured in ${effect.pairs} pairs`
      : effect.basis === 'few-runs'
        ? 'few measured runs'
        : 'assumption';
  return `${effect.feature}: energy × ${effect.ratio} (${effect.low} to ${effect.high}; ${basis}: ${effect.source}, ${effect.year}).`;
}

export function siteAssumption(profile: Profile): string {
  const { site } = profile;
  return `Site: ${site.region}, ${site.gramsPerKwh} g CO2e/kWh (${site.gridYear}), PUE ${site.pue}, ${site.usdPerKwh} USD/kWh.${averages(site)}`;
}

const FIGURES: Readonly<Record<AssumedFigure, string>> = { grid: 'carbon', pue: 'PUE', price: 'price' };

/** What nobody stated about the place. */
function averages({ assumed = [] }: Site): string {
  if (assumed.length === 0) return '';
  return ` Averages stand in for ${assumed.map((figure) => FIGURES[figure]).join(', ')}: intervals are wider by that.`;
}

function classicalAssumption({ workload }: ResolvedWorkload): string {
  const { classical, interval } = constants;
  if (workload.learner === undefined)
    return `The learner is not known: a constant per row; no public measurements: the interval is ×/÷ ${interval.classical}.`;
  const size = `${workload.features ?? classical.usualFeatures} features and ${workload.estimators ?? classical.usualEstimators} estimators`;
  return `Operations of the algorithm for ${size}; no public measurements: the interval is ×/÷ ${interval.classicalLearner}.`;
}
