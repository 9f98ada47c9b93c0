import { constants } from '../../energy/constants.ts';
import { logSdOfFactor } from '../../energy/distribution.ts';
import type { Estimate } from '../../energy/estimate.ts';
import type { Profile } from '../../energy/profile.ts';
import { defaultProfile } from '../../knowledge/hardware/builtinProfiles.ts';
import { isPersonal } from '../../knowledge/hardware/catalogueDevice.ts';
import { findDevice, nearestDevices } from '../../knowledge/hardware/findDevice.ts';
import { hardwareOf } from '../../knowledge/hardware/hardwareOf.ts';
import { findRegion, nearestRegions } from '../../knowledge/site/findRegion.ts';
import { siteOf } from '../../knowledge/site/siteOf.ts';
import { type EstimateError, fail } from './checkFields.ts';
import type { EstimateRequest } from './estimateRequest.ts';
import { type EstimateSources, namesThisMachine } from './estimateSources.ts';

export interface Interval {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** The machine and site that a request names; notes what it had to assume and widens by it. */
export function profileOf(
  request: Pick<EstimateRequest, 'hardware' | 'devices' | 'region' | 'pue'>,
  { machine, isHosted }: EstimateSources,
  assumptions: string[],
  spread: number[],
): Profile | EstimateError {
  const fallback = defaultProfile();
  const isLocal = namesThisMachine(request.hardware);
  if (isLocal && !machine) return fail('hardware', 'the hardware of this machine is not known');
  const local = isLocal ? machine : undefined;
  const match = request.hardware === undefined || local ? undefined : findDevice(request.hardware);
  if (request.hardware !== undefined && !match && !local) {
    const near = nearestDevices(request.hardware);
    return fail(
      'hardware',
      `"${request.hardware}" is not in the catalogue; nearest: ${near.length > 0 ? near.join(', ') : 'none'}`,
    );
  }
  if (local) assumptions.push(`Hardware: ${local.name}; ${local.source}.`);
  else if (!match && isHosted !== true) {
    assumptions.push(`The hardware is not given; ${fallback.hardware.device} is assumed.`);
    spread.push(logSdOfFactor(constants.interval.deviceAssumed));
  }
  if (match?.assumption !== undefined) assumptions.push(match.assumption);
  if (match?.isGuess === true) spread.push(logSdOfFactor(constants.interval.deviceAssumed));
  const region = findRegion(request.region ?? 'world');
  if (!region) {
    const near = nearestRegions(request.region ?? '').join(', ') || 'none';
    return fail('region', `"${request.region}" is not a known cloud region or country; nearest: ${near}`);
  }
  const count = request.devices ?? match?.count ?? 1;
  const known = local?.hardware ?? fallback.hardware;
  const hardware = match ? hardwareOf(match.device, count) : { ...known, count: request.devices ?? known.count };
  const personal = local ? local.site.pue === 1 : match !== undefined && isPersonal(match.device);
  const scope = region.provider ?? (personal ? 'home' : 'unknown');
  const site = siteOf(region, match?.device.class ?? 'dc', scope, {
    ...(request.pue === undefined ? {} : { pue: request.pue }),
    ...(local ? { embodiedKg: local.site.embodiedKg, lifetimeYears: local.site.lifetimeYears } : {}),
  });
  return { ...fallback, id: 'estimate', name: hardware.device, hardware, site };
}

/** The interval in another unit. */
export function interval(estimate: Estimate, factor: number): Interval {
  return { low: estimate.low * factor, mid: estimate.mid * factor, high: estimate.high * factor };
}
