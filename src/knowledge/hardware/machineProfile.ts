import type { Hardware, Profile } from '../../energy/profile.ts';
import { findRegion } from '../site/findRegion.ts';
import { siteOf } from '../site/siteOf.ts';
import { defaultProfile } from './builtinProfiles.ts';
import { type CatalogueDevice, isPersonal } from './catalogueDevice.ts';
import { findDevice } from './findDevice.ts';
import { hardwareOf } from './hardwareOf.ts';
import { usualProcessor } from './processorByPower.ts';

/** What can be read of a computer; plain JSON. */
export interface MachineFacts {
  /** As the processor calls itself: `AMD EPYC 7742 64-Core Processor`, `Apple M2 Pro`. */
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly graphics: readonly GraphicsFacts[];
}

export interface GraphicsFacts {
  readonly name: string;
  readonly memoryGb?: number;
  /** Limit in force, in watts. */
  readonly powerLimitWatts?: number;
}

/** Id of the profile that stands for the computer that Green AI runs on. */
export const LOCAL_PROFILE = 'local';

/** Watts per core where nothing is known of a processor but the number of its cores. */
const WATTS_PER_CORE = 8;

/** The profile of this computer: its strongest accelerator that the catalogue knows, else its processor; the site is the world's average. */
export function machineProfile(facts: MachineFacts): Profile {
  const { device, hardware, note } = graphicsOf(facts) ?? processorOf(facts);
  const fallback = defaultProfile();
  const region = findRegion('world');
  const scope = isPersonal(device) ? 'home' : 'unknown';
  return {
    id: LOCAL_PROFILE,
    name: `This machine (${hardware.count > 1 ? `${hardware.count} × ` : ''}${hardware.device})`,
    hardware,
    site: region ? siteOf(region, device.class, scope) : fallback.site,
    workload: fallback.workload,
    source: `detected on this machine${note === undefined ? '' : `: ${note}`}; device figures: ${device.source}`,
  };
}

interface Detected {
  readonly device: CatalogueDevice;
  readonly hardware: Hardware;
  readonly note?: string;
}

function graphicsOf({ graphics }: MachineFacts): Detected | undefined {
  const groups = new Map<string, { device: CatalogueDevice; cards: GraphicsFacts[]; note?: string }>();
  for (const card of graphics) {
    const match = findDevice(card.name);
    // Frameworks compute on the processor where there is only an integrated chip.
    if (match?.device.kind !== 'gpu' || match.device.class === 'integrated') continue;
    const group = groups.get(match.device.name) ?? {
      device: match.device,
      cards: [],
      ...(match.assumption === undefined ? {} : { note: match.assumption }),
    };
    group.cards.push(card);
    groups.set(match.device.name, group);
  }
  const strongest = [...groups.values()].sort((a, b) => memoryOf(b) - memoryOf(a))[0];
  if (!strongest) return undefined;
  const { device, cards, note } = strongest;
  const base = hardwareOf(device, cards.length);
  const limit = cards[0]?.powerLimitWatts;
  const memoryGb = cards[0]?.memoryGb;
  return {
    device,
    hardware: {
      ...base,
      ...(limit !== undefined && limit >= 0.2 * device.tdpWatts && limit <= 1.3 * device.tdpWatts
        ? { tdpWatts: Math.round(limit) }
        : {}),
      ...(memoryGb !== undefined && memoryGb >= 1 ? { memoryGb: Math.round(memoryGb) } : {}),
    },
    ...(note === undefined ? {} : { note }),
  };
}

function memoryOf({ device, cards }: { readonly device: CatalogueDevice; readonly cards: readonly unknown[] }): number {
  return device.memoryGb * cards.length;
}

function processorOf({ processor, cores, memoryGb }: MachineFacts): Detected {
  const match = findDevice(processor);
  const known = match && match.device.kind !== 'gpu' ? match : undefined;
  const device =
    known?.device ?? usualProcessor(processor || 'processor', Math.min(280, Math.max(15, cores * WATTS_PER_CORE)));
  const note = known
    ? known.assumption
    : `${processor || 'the processor'} is not in the catalogue; figures follow from its ${cores} cores`;
  return {
    device,
    hardware: { ...hardwareOf(device, 1), ...(memoryGb >= 1 ? { memoryGb: Math.round(memoryGb) } : {}) },
    ...(note === undefined ? {} : { note }),
  };
}
