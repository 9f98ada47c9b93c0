import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { jsonErrorText } from '../../core/text/jsonErrorText.ts';
import { LineIndex } from '../../core/text/lineIndex.ts';
import type { Range } from '../../core/text/position.ts';
import type { Profile } from '../../energy/profile.ts';
import { builtinProfile, builtinProfiles, defaultProfile } from '../../knowledge/hardware/builtinProfiles.ts';
import { loadProfile } from '../../knowledge/hardware/loadProfile.ts';
import { profileOn } from '../../knowledge/hardware/profileOn.ts';
import { findRegion } from '../../knowledge/site/findRegion.ts';
import { siteOf } from '../../knowledge/site/siteOf.ts';
import type { LoadedProfile, ProfileCatalogue, ProfileChange } from './profileCatalogue.ts';

/** The profiles that ship with Green AI, and profile files in the format of `schemas/hardware.schema.json`. */
export const builtinCatalogue: ProfileCatalogue = {
  ids: builtinProfiles.map(({ id }) => id),
  fallback: defaultProfile(),
  byId: builtinProfile,
  load,
  onMachine: profileOn,
  adapt,
};

/** JSON with comments and trailing commas; every mistake is placed on the value it is about. */
function load(text: string, id: string): LoadedProfile {
  const source = text.replace(/^\uFEFF/, ' ');
  const lines = new LineIndex(source);
  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (!root || error) {
    const span = { start: error?.offset ?? 0, end: (error?.offset ?? 0) + (error?.length ?? 0) };
    const reason = error ? jsonErrorText(error) : 'the file is empty';
    return { issues: [{ message: `invalid JSON: ${reason}`, range: lines.range(span) }] };
  }
  const result = loadProfile(getNodeValue(root));
  if ('profile' in result) return { profile: { ...result.profile, source: `${id}: ${result.profile.source}` } };
  return { issues: result.errors.map(({ path, message }) => ({ message, range: placeOf(root, path, lines) })) };
}

/** Place of a JSON pointer: the value there or, where it is missing, the object that should hold it. */
function placeOf(root: Node, pointer: string, lines: LineIndex): Range {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  let node: Node | undefined;
  for (let depth = keys.length; node === undefined && depth >= 0; depth--) {
    node = findNodeAtLocation(root, keys.slice(0, depth));
  }
  // A whole object is no place: its opening brace is.
  const length = node?.type === 'object' ? 1 : (node?.length ?? 0);
  return lines.range({ start: node?.offset ?? 0, end: (node?.offset ?? 0) + length });
}

function adapt(profile: Profile, { hardware, region, workload }: ProfileChange): Profile | undefined {
  const own = hardware === undefined ? profile : onHardware(profile, hardware);
  const moved = region === undefined ? own : atRegion(own, region);
  return moved && { ...moved, workload: { ...moved.workload, ...workload } };
}

function onHardware(
  { site, workload, source }: Profile,
  { id, name, hardware, site: own, source: figures }: Profile,
): Profile {
  const { embodiedKg, lifetimeYears } = own;
  return {
    id,
    name,
    hardware,
    site: { ...site, embodiedKg, lifetimeYears },
    workload,
    source: `${figures}; site and workload: ${source}`,
  };
}

/** The grid, its price and a cloud region's building change; the device keeps its embodied carbon. */
function atRegion(profile: Profile, name: string): Profile | undefined {
  const region = findRegion(name);
  if (!region) return undefined;
  const scope =
    region.provider === undefined ? 'unknown' : `${region.provider}:${name.replace(/^.*:/, '').toLowerCase()}`;
  const { gramsPerKwh, gridYear, usdPerKwh, pue } = siteOf(region, 'dc', scope);
  const building = region.provider === undefined ? {} : { pue };
  const site = { ...profile.site, region: region.label, gramsPerKwh, gridYear, usdPerKwh, ...building };
  return { ...profile, site, source: `${profile.source}; grid: ${region.label} ${region.year}, ${region.source}` };
}
