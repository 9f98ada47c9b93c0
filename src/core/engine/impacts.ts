import type { Impact } from '../../energy/impact.ts';
import { impactOf } from '../../energy/impactOf.ts';
import type { WorkloadChange } from '../../energy/workload.ts';
import { modelCatalogueWith } from '../../knowledge/models/modelCatalogue.ts';
import type { AnalysisSettings } from './analysis.ts';

/** A file has few different ones, however often it is analysed. */
const MOST_KEPT = 500;

/** What changes save. The energy model is a pure function, so the same question on the same machine is answered once. */
export class Impacts {
  private readonly known = new Map<string, Impact>();
  private key = '';

  /** The answers for these settings; hosts send them as new objects each time. */
  for({ profile, environment: { localModels } }: AnalysisSettings): (change: WorkloadChange) => Impact {
    const key = JSON.stringify([profile, localModels]);
    if (key !== this.key) this.known.clear();
    this.key = key;
    const models = modelCatalogueWith(localModels);
    return (change) => this.of(JSON.stringify(change), () => impactOf(change, profile, models));
  }

  private of(change: string, estimate: () => Impact): Impact {
    const known = this.known.get(change);
    if (known) return known;
    const impact = estimate();
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(change, impact);
    return impact;
  }
}
