import type { Estimate } from '../../energy/estimate.ts';
import type { Profile, Site } from '../../energy/profile.ts';
import { defaultProfile } from '../../knowledge/hardware/builtinProfiles.ts';
import { findRegion, nearestRegions } from '../../knowledge/site/findRegion.ts';
import { siteOf } from '../../knowledge/site/siteOf.ts';
import { type EstimateError, fail } from './checkFields.ts';
import type { EstimateRequest } from './estimateRequest.ts';
import type { EstimateSources } from './estimateSources.ts';
import { PROFILE_FILE } from './readProjectProfile.ts';
import { machineOf, type RequestMachine } from './requestMachine.ts';

export interface Interval {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** The machine and site that a request names; notes what it had to assume and widens by it. Options go before the folder's profile. */
export function profileOf(
  request: Pick<EstimateRequest, 'hardware' | 'devices' | 'region' | 'pue'>,
  sources: EstimateSources,
  assumptions: string[],
  spread: number[],
): Profile | EstimateError {
  const machine = machineOf(request, sources, assumptions, spread);
  if ('error' in machine) return machine;
  const { project } = sources;
  const site =
    project && request.region === undefined ? siteOfProject(project.site, machine, request) : siteFor(machine, request);
  if ('error' in site) return site;
  if (project && request.region === undefined && machine.profile !== project && sources.isHosted !== true)
    assumptions.push(`The site is that of ${PROFILE_FILE}.`);
  const { hardware, share } = machine;
  const { workload } = project ?? defaultProfile();
  const rented = share === undefined ? site : { ...site, embodiedKg: site.embodiedKg * share };
  return { ...defaultProfile(), id: 'estimate', name: hardware.device, hardware, site: rented, workload };
}

/** Another machine at the folder's own place: what making it emitted goes with the machine. */
function siteOfProject(site: Site, machine: RequestMachine, { pue }: Pick<EstimateRequest, 'pue'>): Site {
  const world = findRegion('world');
  const other = machine.profile?.site ?? (world && siteOf(world, machine.deviceClass, 'unknown')) ?? site;
  const { embodiedKg, lifetimeYears } = other;
  return { ...site, embodiedKg, lifetimeYears, ...(pue === undefined ? {} : { pue }) };
}

function siteFor(
  { deviceClass, isPersonal, profile }: RequestMachine,
  request: Pick<EstimateRequest, 'region' | 'pue'>,
): Site | EstimateError {
  const region = findRegion(request.region ?? 'world');
  if (!region) {
    const near = nearestRegions(request.region ?? '').join(', ') || 'none';
    return fail('region', `"${request.region}" is not a known cloud region or country; nearest: ${near}`);
  }
  const scope = region.provider ?? (isPersonal ? 'home' : 'unknown');
  return siteOf(region, deviceClass, scope, {
    ...(request.pue === undefined ? {} : { pue: request.pue }),
    ...(profile ? { embodiedKg: profile.site.embodiedKg, lifetimeYears: profile.site.lifetimeYears } : {}),
  });
}

/** The interval in another unit. */
export function interval(estimate: Estimate, factor: number): Interval {
  return { low: estimate.low * factor, mid: estimate.mid * factor, high: estimate.high * factor };
}
