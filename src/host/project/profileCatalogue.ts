import type { LocatedIssue } from '../../core/config/parseConfig.ts';
import type { MachineEvidence } from '../../core/evidence/machineEvidence.ts';
import type { Profile, StatedWorkload } from '../../energy/profile.ts';

/** The hardware profiles that exist and how to make one, as far as reading a project needs it. */
export interface ProfileCatalogue {
  readonly ids: readonly string[];
  /** In force where nobody chose. */
  readonly fallback: Profile;
  byId(id: string): Profile | undefined;
  /** Looks at the machine that Green AI runs on: the profile `local`. Absent: it is never looked at. */
  readonly local?: LocalMachine;
  /** A profile file's text; `id` names it in reports. */
  load(text: string, id: string): LoadedProfile;
  /** The profile on the machine that the project's files describe. */
  onMachine(profile: Profile, evidence: MachineEvidence): Profile;
  /** The profile at another place or with another amount of work; `undefined` when the region is not known. */
  adapt(profile: Profile, change: ProfileChange): Profile | undefined;
}

/** Resolves always; a failure says why the machine is not known. */
export type LocalMachine = () => Promise<LocalProfile>;

export type LocalProfile = { readonly profile: Profile } | { readonly failure: string };

export type LoadedProfile = { readonly profile: Profile } | { readonly issues: readonly LocatedIssue[] };

export interface ProfileChange {
  /** Another machine for the same work at the same place: the embodied carbon goes with the machine. */
  readonly hardware?: Profile;
  readonly region?: string;
  readonly workload?: Partial<StatedWorkload>;
}
