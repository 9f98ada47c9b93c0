import acceleratorData from './accelerators.json';
import type { CatalogueDevice } from './catalogueDevice.ts';
import cpuData from './cpus.json';

type Row = Omit<CatalogueDevice, 'kind'>;

/** Every accelerator and processor, accelerators first; the first of several variants is the one a bare name means. */
export const catalogueDevices: readonly CatalogueDevice[] = [
  ...(acceleratorData.entries as readonly Row[]).map(
    (row): CatalogueDevice => ({ ...row, kind: row.class === 'soc' ? 'mps' : 'gpu' }),
  ),
  ...(cpuData.entries as readonly Row[]).map((row): CatalogueDevice => ({ ...row, kind: 'cpu' })),
];
