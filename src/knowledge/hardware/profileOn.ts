import type { MachineEvidence } from '../../core/evidence/machineEvidence.ts';
import type { Profile } from '../../energy/profile.ts';
import { builtinProfile, builtinProfiles } from './builtinProfiles.ts';
import { findDevice } from './findDevice.ts';
import { hardwareOf } from './hardwareOf.ts';

/** What a processor stands for where files only say that there is no accelerator. */
const PLAIN_CPU = 'server-cpu';

/**
 * The profile on the machine that the project's files describe, with its own site and workload. A chip that the catalogue does not
 * know, or a GPU without a name, leaves a profile of that kind as it is.
 */
export function profileOn(profile: Profile, evidence: MachineEvidence): Profile {
  const match = evidence.chip === undefined ? undefined : findDevice(evidence.chip);
  const source = `${profile.source}; machine: ${evidence.from.path}: ${evidence.from.text}`;
  if (match && match.device.kind !== 'mps' && match.device.kind === evidence.kind) {
    const known = builtinProfiles.find(({ hardware }) => hardware.device === match.device.name);
    return {
      ...profile,
      id: known?.id ?? match.device.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
      name: known?.name ?? match.device.name,
      hardware: hardwareOf(match.device, evidence.count ?? match.count),
      site: known ? { ...profile.site, embodiedKg: known.site.embodiedKg } : profile.site,
      source,
    };
  }
  if (profile.hardware.kind === evidence.kind) return { ...profile, source };
  const standIn = evidence.kind === 'cpu' ? builtinProfile(PLAIN_CPU) : undefined;
  if (!standIn) return profile;
  const { id, name, hardware, site } = standIn;
  return { ...profile, id, name, hardware, site: { ...profile.site, embodiedKg: site.embodiedKg }, source };
}
