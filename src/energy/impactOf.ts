import { changeLogSd } from './changeLogSd.ts';
import type { EnergyPart, PartName } from './energyPart.ts';
import type { Estimate, EstimateUnit } from './estimate.ts';
import { modelAssumptions, partsOf, siteAssumption, wallWh } from './estimateWorkload.ts';
import type { Impact } from './impact.ts';
import { memoryProblem } from './memoryFit.ts';
import type { ModelCatalogue } from './modelFacts.ts';
import type { Profile } from './profile.ts';
import { type ResolvedWorkload, resolveWorkload } from './resolveWorkload.ts';
import { gramsOf, type PartPair, sampleSavings } from './sampleSavings.ts';
import { weightBytesInMemory } from './weightsInMemory.ts';
import type { Workload, WorkloadChange } from './workload.ts';

const SECONDS_PER_YEAR = 8760 * 3600;

/**
 * What a change saves. Before and after are not two independent estimates: what they share (machine, site, unknown sizes) cancels,
 * and only the error of the change itself decides its direction. Sampled with a fixed sequence, so the answer never varies.
 */
export function impactOf(change: WorkloadChange, profile: Profile, models: ModelCatalogue): Impact {
  const before = resolveWorkload(change.before, profile, models);
  const after = resolveWorkload({ ...change.before, ...change.after }, profile, models);
  const pairs = pairParts(before, after);
  const total = pairs.reduce((sum, pair) => sum + (pair.before ? wallWh(pair.before, profile.site) : 0), 0);
  const saved = total - pairs.reduce((sum, pair) => sum + (pair.after ? wallWh(pair.after, profile.site) : 0), 0);
  const assumptions = assumptionsOf(before, after, pairs, profile);
  if (total === 0 || pairs.every((pair) => pair.before?.wallJoules === pair.after?.wallJoules)) {
    return unchanged(change, assumptions);
  }
  const samples = sampleSavings(pairs, before.logSd, profile);
  const share = band(saved / total, samples.share);
  const perUnit = band(saved, samples.wattHours);
  const grams = band(
    pairs.reduce((sum, pair) => sum + gramsOf(pair.before, profile) - gramsOf(pair.after, profile), 0),
    samples.grams,
  );
  const stated = unitsPerYear(change.before, profile);
  const busySeconds = pairs.reduce((sum, pair) => sum + (pair.before?.seconds ?? 0), 0);
  const units = Math.min(stated, busySeconds > 0 ? SECONDS_PER_YEAR / busySeconds : stated);
  const seconds = pairs.reduce((sum, pair) => sum + (pair.before?.seconds ?? 0) - (pair.after?.seconds ?? 0), 0);
  const { site } = profile;
  const embodied = (seconds * before.devices * site.embodiedKg) / (site.lifetimeYears * SECONDS_PER_YEAR);
  return {
    direction: share.low > 0 ? 'saves' : share.high < 0 ? 'increases' : 'may-increase',
    alsoSaves: change.alsoSaves ?? [],
    probability: samples.falls,
    share,
    perUnit: scale(perUnit, 1, 'Wh'),
    unit: change.before.unit,
    phase: phaseOf(change.before),
    energyPerYear: scale(perUnit, units / 1000, 'kWh'),
    carbonPerYear: scale(grams, units / 1000, 'kgCO2e'),
    costPerYear: scale(band(saved, samples.billedWattHours), (units / 1000) * site.usdPerKwh, 'USD'),
    embodiedPerYear: scale(rescaleBand(perUnit, saved, embodied), units, 'kgCO2e'),
    assumptions: [...assumptions, unitsAssumption(change.before, stated, units)],
  };
}

function phaseOf({ kind }: Workload): 'training' | 'inference' {
  return kind === 'train' || kind === 'classical-fit' ? 'training' : 'inference';
}

interface Band {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

function pairParts(before: ResolvedWorkload, after: ResolvedWorkload): PartPair[] {
  const names: readonly PartName[] = ['compute', 'model loading', 'data reading', 'hosted call'];
  const partsBefore = partsOf(before);
  const partsAfter = partsOf(after);
  return names.flatMap((name) => {
    const first = partsBefore.find((part) => part.name === name);
    const second = partsAfter.find((part) => part.name === name);
    if (!first && !second) return [];
    const ratioLogSd =
      first && second && first.wallJoules !== second.wallJoules ? changeLogSd(before, after, first, second) : 0;
    return [{ before: first, after: second, ratioLogSd }];
  });
}

/** The central value with the 5th and 95th percentile of the samples, kept in order. */
function band(mid: number, sorted: ArrayLike<number>): Band {
  const low = sorted[Math.floor(sorted.length * 0.05)] ?? mid;
  const high = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? mid;
  return { low: Math.min(low, mid), mid, high: Math.max(high, mid) };
}

function rescaleBand(source: Band, mid: number, target: number): Band {
  if (mid === 0) return { low: 0, mid: 0, high: 0 };
  const factor = target / mid;
  const ends = [source.low * factor, source.high * factor];
  return { low: Math.min(...ends, target), mid: target, high: Math.max(...ends, target) };
}

function scale(value: Band, factor: number, unit: EstimateUnit): Estimate {
  return { low: value.low * factor, mid: value.mid * factor, high: value.high * factor, unit };
}

function unitsPerYear(workload: Workload, profile: Profile): number {
  const stated = profile.workload;
  switch (workload.unit) {
    case 'request':
      return stated.requestsPerYear;
    case 'item':
      return stated.itemsPerYear;
    case 'run':
      return stated.runsPerYear;
    case 'epoch':
      return stated.runsPerYear * (workload.epochs ?? 3);
    case 'render':
      return stated.rendersPerYear;
  }
}

function unitsAssumption({ unit }: Workload, stated: number, units: number): string {
  if (units === stated) return `Per year: ${stated.toLocaleString('en')} ${unit}s, as the profile states.`;
  const years = (stated / units).toLocaleString('en', { maximumSignificantDigits: 2 });
  return `The ${stated.toLocaleString('en')} ${unit}s a year that the profile states would keep this hardware busy for ${years} years; one year of its full time is counted.`;
}

/** Weights that do not fit run partly from the host's memory, slower than the estimate knows. */
function memoryAssumption(resolved: ResolvedWorkload): string[] {
  if (resolved.workload.kind === 'hosted-call') return [];
  const { parameters, hardware, devices } = resolved;
  const problem = memoryProblem(parameters, weightBytesInMemory(resolved), hardware, devices);
  return problem ? [`As it is, the model ${problem.message}.`] : [];
}

function assumptionsOf(
  before: ResolvedWorkload,
  after: ResolvedWorkload,
  pairs: readonly PartPair[],
  profile: Profile,
): string[] {
  const kept = (side: 'before' | 'after'): EnergyPart[] => pairs.flatMap((pair) => pair[side] ?? []);
  return [
    ...new Set([
      ...memoryAssumption(before),
      ...before.assumptions,
      ...after.assumptions,
      ...modelAssumptions(before, kept('before')),
      ...modelAssumptions(after, kept('after')),
      siteAssumption(profile),
    ]),
  ];
}

/** The advice leaves the energy as it is, or the workload has none that the model knows of. */
function unchanged({ before, alsoSaves }: WorkloadChange, assumptions: readonly string[]): Impact {
  const none = { low: 0, mid: 0, high: 0 };
  return {
    direction: 'none',
    alsoSaves: alsoSaves ?? [],
    probability: 0,
    share: none,
    perUnit: { ...none, unit: 'Wh' },
    unit: before.unit,
    phase: phaseOf(before),
    energyPerYear: { ...none, unit: 'kWh' },
    carbonPerYear: { ...none, unit: 'kgCO2e' },
    costPerYear: { ...none, unit: 'USD' },
    assumptions,
  };
}
