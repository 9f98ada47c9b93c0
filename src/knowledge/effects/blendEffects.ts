import type { Effect } from './findEffect.ts';

/** An effect and where it stands on one axis. */
interface Placed {
  readonly effect: Effect;
  readonly place: number;
}

/** The effect at `batch` and `parameters` among points: by the logarithm of the size in each row of one batch, then between rows. */
export function blendEffects(points: readonly Effect[], batch: number, parameters: number): Effect | undefined {
  const batches = [...new Set(points.flatMap(({ at }) => at?.batch ?? []))].sort((a, b) => a - b);
  const rows = batches.flatMap((place): readonly Placed[] => {
    const row = points.filter(({ at }) => at?.batch === place);
    const effect = between(
      row.map((point) => ({ effect: point, place: point.at?.parameters ?? parameters })),
      parameters,
    );
    return effect ? [{ effect, place }] : [];
  });
  return between(rows, batch);
}

/** Among effects in ascending order of place: the one at `wanted`, the last one beyond the ends, a mixture in between. */
function between(placed: readonly Placed[], wanted: number): Effect | undefined {
  const above = placed.findIndex(({ place }) => place >= wanted);
  if (above === -1) return placed.at(-1)?.effect;
  const upper = placed[above];
  const lower = placed[above - 1];
  if (upper === undefined || lower === undefined || upper.place === wanted) return upper?.effect;
  const share = Math.log(wanted / lower.place) / Math.log(upper.place / lower.place);
  return mix(lower.effect, upper.effect, share);
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
