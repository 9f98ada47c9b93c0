import { constants } from '../../energy/constants.ts';
import { logSdOfFactor } from '../../energy/distribution.ts';
import type { Hardware, Profile } from '../../energy/profile.ts';
import { defaultProfile } from '../../knowledge/hardware/builtinProfiles.ts';
import { type CatalogueDevice, isPersonal } from '../../knowledge/hardware/catalogueDevice.ts';
import { findDevice, unknownDevice } from '../../knowledge/hardware/findDevice.ts';
import { hardwareOf } from '../../knowledge/hardware/hardwareOf.ts';
import { type EstimateError, fail } from './checkFields.ts';
import type { EstimateRequest } from './estimateRequest.ts';
import { type EstimateSources, namesThisMachine } from './estimateSources.ts';

/** The machine of a request and what its site follows from. */
export interface RequestMachine {
  readonly hardware: Hardware;
  readonly deviceClass: CatalogueDevice['class'];
  /** Stands at a desk rather than in a data centre. */
  readonly isPersonal: boolean;
  /** Part of the device that is rented: of making it only that part counts. */
  readonly share?: number;
  /** Whose figures of making the device are better known than those of its class. */
  readonly profile?: Profile;
}

/** The machine that a request names: by its option, else by the folder's profile, else a common one. */
export function machineOf(
  request: Pick<EstimateRequest, 'hardware' | 'devices'>,
  sources: EstimateSources,
  assumptions: string[],
  spread: number[],
): RequestMachine | EstimateError {
  if (request.hardware === undefined) return unnamed(request, sources, assumptions, spread);
  if (!namesThisMachine(request.hardware)) return named(request.hardware, request, assumptions, spread);
  const { machine } = sources;
  if (!machine) return fail('hardware', 'the hardware of this machine is not known');
  assumptions.push(`Hardware: ${machine.name}; ${machine.source}.`);
  return machineOfProfile(machine, request);
}

function named(
  text: string,
  { devices }: Pick<EstimateRequest, 'devices'>,
  assumptions: string[],
  spread: number[],
): RequestMachine | EstimateError {
  const match = findDevice(text);
  if (!match) return fail('hardware', unknownDevice(text));
  const { device } = match;
  if (match.assumption !== undefined) assumptions.push(match.assumption);
  if (match.isGuess === true) spread.push(logSdOfFactor(constants.interval.deviceAssumed));
  const hardware = hardwareOf(device, devices ?? match.count);
  return {
    hardware,
    deviceClass: device.class,
    isPersonal: isPersonal(device),
    ...(match.share === undefined ? {} : { share: match.share }),
  };
}

function unnamed(
  request: Pick<EstimateRequest, 'devices'>,
  { project, isHosted }: EstimateSources,
  assumptions: string[],
  spread: number[],
): RequestMachine {
  if (project) {
    if (isHosted !== true) assumptions.push(`Hardware: ${project.name}; ${project.source}.`);
    return machineOfProfile(project, request);
  }
  const { hardware } = defaultProfile();
  if (isHosted !== true) {
    assumptions.push(`The hardware is not given; ${hardware.device} is assumed.`);
    spread.push(logSdOfFactor(constants.interval.deviceAssumed));
  }
  return {
    hardware: { ...hardware, count: request.devices ?? hardware.count },
    deviceClass: 'dc',
    isPersonal: false,
  };
}

function machineOfProfile(profile: Profile, { devices }: Pick<EstimateRequest, 'devices'>): RequestMachine {
  const { hardware, site } = profile;
  return {
    hardware: { ...hardware, count: devices ?? hardware.count },
    deviceClass: 'dc',
    isPersonal: site.pue === 1,
    profile,
  };
}
