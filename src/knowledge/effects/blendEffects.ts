import type { Effect } from './findEffect.ts';

/** The effect at `batch` and `parameters` among points: by the logarithm of the size in each row of one batch, then between rows. */
export function blendEffects(points: readonly Effect[], batch: number, parameters: number): Effect | undefined {
  const batches = [...new Set(points.flatMap(({ at }) => at?.batch ?? []))].sort((a, b) => a - b);
  const rows = batches.flatMap((value) => {
    const row = points.filter(({ at }) => at?.batch === value);
    const effect = between(row, (point) => point.at?.parameters ?? parameters, parameters);
    return effect ? [{ effect, batch: value }] : [];
  });
  const batchOf = new Map(rows.map((row) => [row.effect, row.batch]));
  return between(
    rows.map(({ effect }) => effect),
    (effect) => batchOf.get(effect) ?? batch,
    batch,
  );
}

/** Among effects in ascending order of `place`: the one at `wanted`, the last one beyond the ends, a mixture in between. */
function between(effects: readonly Effect[], place: (effect: Effect) => number, wanted: number): Effect | undefined {
  const above = effects.findIndex((effect) => place(effect) >= wanted);
  if (above === -1) return effects.at(-1);
  const upper = effects[above];
  const lower = effects[above - 1];
  if (upper === undefined || lower === undefined || place(upper) === wanted) return upper;
  const share = Math.log(wanted / place(lower)) / Math.log(place(upper) / place(lower));
  return mix(lower, upper, share);
}

/** Ratios and their bounds by their logarithms. What lies between two points was not measured. */
function mix(lower: Effect, upper: Effect, share: number): Effect {
  const nearest = share < 0.5 ? lower : upper;
  const at = (field: 'ratio' | 'low' | 'high'): number =>
    Number((lower[field] ** (1 - share) * upper[field] ** share).toPrecision(3));
  return {
    ...nearest,
    ratio: at('ratio'),
    low: at('low'),
    high: at('high'),
    pairs: 0,
    basis: 'assumption',
    source: lower.source === upper.source ? lower.source : `between ${lower.source} and ${upper.source}`,
  };
}
