import type { AnalysisInput, AnalysisSettings } from '../../../src/core/engine/analysis.ts';
import { NO_DECLARED_VERSIONS } from '../../../src/core/semantics/declaredVersions.ts';
import { defaultProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';

export const SETTINGS: AnalysisSettings = {
  tier: 'recommended',
  rules: {},
  smallestSavingKwh: 0,
  profile: defaultProfile(),
  environment: {
    versions: NO_DECLARED_VERSIONS,
    runtime: { kind: 'known', value: 'node' },
  },
};

export function pythonFile(path: string, text: string): AnalysisInput {
  return { kind: 'file', path, language: 'python', text };
}
