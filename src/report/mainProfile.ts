import type { Profile } from '../energy/profile.ts';

export interface MainProfile {
  readonly profile: Profile;
  /** Names of other profiles that some of the files have, in order of name. */
  readonly others: readonly string[];
}

/** The profile that most files have; on a tie the one that comes first. `undefined` without files. */
export function mainProfile(profiles: Iterable<Profile>): MainProfile | undefined {
  const counts = new Map<string, { readonly profile: Profile; files: number }>();
  for (const profile of profiles) {
    // A configuration can change a profile's region or workload and leaves its id.
    const key = JSON.stringify(profile);
    const known = counts.get(key);
    if (known) known.files++;
    else counts.set(key, { profile, files: 1 });
  }
  const [main, ...others] = [...counts.values()].sort((a, b) => b.files - a.files);
  return main && { profile: main.profile, others: others.map(({ profile }) => profile.name).sort() };
}
