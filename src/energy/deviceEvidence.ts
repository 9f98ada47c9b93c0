import { constants } from './constants.ts';
import { logSdOfFactor } from './distribution.ts';
import type { Hardware } from './profile.ts';
import type { WorkloadKind } from './workload.ts';

/** Work of which accelerators were measured; loading, reading and classical learners have intervals of their own. */
const MEASURED_KINDS: ReadonlySet<WorkloadKind> = new Set([
  'generate',
  'encode',
  'vision',
  'speech',
  'diffusion',
  'train',
]);

/** Notes that a device is not one of those measured, and widens by how far it is from them. */
export function addDeviceEvidence(
  { evidence, device }: Hardware,
  kind: WorkloadKind,
  assumptions: string[],
  spread: number[],
): void {
  if (!MEASURED_KINDS.has(kind) || evidence === undefined || evidence === 'measured') return;
  const { kinMeasured, deviceUnmeasured, noMeasurement } = constants.interval;
  const factor = evidence === 'kin' ? kinMeasured : evidence === 'none' ? deviceUnmeasured : noMeasurement;
  spread.push(logSdOfFactor(factor));
  assumptions.push(
    evidence === 'kin'
      ? `The model was not measured on ${device} but on data-centre cards of NVIDIA: another ×/÷ ${factor}.`
      : `Nothing like ${device} was measured; its data sheet stands in: another ×/÷ ${factor}.`,
  );
}
