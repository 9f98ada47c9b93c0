import { blendEffects } from './blendEffects.ts';
import data from './effects.json';

/** A measured energy ratio (with / without) for what physics alone does not tell. */
export interface Effect {
  readonly id: string;
  readonly feature: string;
  readonly ratio: number;
  /** Measured: 10th and 90th percentile of the pairs; otherwise a stated 90 % spread. */
  readonly low: number;
  readonly high: number;
  readonly pairs: number;
  readonly basis: 'measured' | 'few-runs' | 'assumption';
  readonly when: EffectConditions;
  /** Point of the surface that the feature's entries span; without parameters: the same for every size. */
  readonly at?: EffectPoint;
  readonly source: string;
  readonly year: number;
}

export interface EffectPoint {
  readonly batch: number;
  readonly parameters?: number;
}

export interface EffectConditions {
  readonly parametersAtMost?: number | undefined;
  readonly batchBelow?: number | undefined;
  readonly batchAtLeast?: number | undefined;
  readonly memoryGbAtMost?: number | undefined;
  readonly contextTokensAtLeast?: number | undefined;
  readonly powerLimitBelow?: number | undefined;
  readonly limitWattsAtMost?: number | undefined;
  readonly needsFormat?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
}

/** The circumstances that conditions speak of. */
export interface EffectContext {
  readonly kind: string;
  readonly parameters: number;
  readonly batch: number;
  readonly memoryGb: number;
  readonly contextTokens: number;
  readonly powerLimitShare: number;
  readonly tdpWatts: number;
  /** Formats in which the device has its own units. */
  readonly formats: readonly string[];
}

export const effects: readonly Effect[] = data.entries as readonly Effect[];

/** The first entry of `feature` whose conditions hold; where it is a point of a surface, what lies between its neighbours. */
export function findEffect(feature: string, context: EffectContext): Effect | undefined {
  const holding = effects.filter((effect) => effect.feature === feature && holds(effect.when, context));
  const first = holding[0];
  if (first?.at === undefined) return first;
  return blendEffects(holding, context.batch, context.parameters);
}

function holds(when: EffectConditions, context: EffectContext): boolean {
  if (when.parametersAtMost !== undefined && context.parameters > when.parametersAtMost) return false;
  if (when.batchBelow !== undefined && context.batch >= when.batchBelow) return false;
  if (when.batchAtLeast !== undefined && context.batch < when.batchAtLeast) return false;
  if (when.memoryGbAtMost !== undefined && context.memoryGb > when.memoryGbAtMost) return false;
  if (when.contextTokensAtLeast !== undefined && context.contextTokens < when.contextTokensAtLeast) return false;
  if (when.powerLimitBelow !== undefined && context.powerLimitShare >= when.powerLimitBelow) return false;
  if (when.limitWattsAtMost !== undefined && context.powerLimitShare * context.tdpWatts > when.limitWattsAtMost) {
    return false;
  }
  if (when.needsFormat !== undefined && !context.formats.includes(when.needsFormat)) return false;
  return when.kinds === undefined || when.kinds.includes(context.kind);
}
