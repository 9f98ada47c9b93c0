import type { AnalysisSettings } from '../../src/core/engine/analysis.ts';
import { NO_DECLARED_VERSIONS } from '../../src/core/semantics/declaredVersions.ts';
import { builtinCatalogue } from '../../src/host/project/builtinCatalogue.ts';

/** The strict tier, so that every rule runs. */
export const benchSettings: AnalysisSettings = {
  tier: 'strict',
  rules: {},
  smallestSavingKwh: 0,
  profile: builtinCatalogue.fallback,
  environment: { versions: NO_DECLARED_VERSIONS, runtime: { kind: 'unknown' } },
};
