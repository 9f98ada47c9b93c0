import type { Profile } from '../../energy/profile.ts';
import { findRegion } from '../site/findRegion.ts';
import { siteOf } from '../site/siteOf.ts';
import { findDevice } from './findDevice.ts';
import { hardwareOf } from './hardwareOf.ts';
import profileData from './profiles.json';

/** Profiles that ship with Green AI, in the order in which a picker shows them. */
export const builtinProfiles: readonly Profile[] = profileData.entries.flatMap((entry) => {
  const match = findDevice(entry.device);
  const region = findRegion(entry.region);
  if (!match || !region) return [];
  return [
    {
      id: entry.id,
      name: entry.name,
      hardware: hardwareOf(match.device, entry.count),
      site: siteOf(region, match.device.class, entry.pue),
      workload: profileData.workload,
      source: `${profileData.source}; device: ${match.device.source}; grid: ${region.label} ${region.year}, ${region.source}`,
    },
  ];
});

export function builtinProfile(id: string): Profile | undefined {
  return builtinProfiles.find((profile) => profile.id === id);
}

/** What stands in where nothing is known of the machine: a common cloud inference GPU (NVIDIA A10G), world-average grid. */
export function defaultProfile(): Profile {
  const profile = builtinProfile(profileData.default) ?? builtinProfiles[0];
  if (!profile) throw new Error('the built-in profile catalogue is empty');
  return profile;
}
