import type { Profile, StatedWorkload } from '../energy/profile.ts';

export function profileLabel({ name, site }: Profile): string {
  return `${name}, ${site.region}`;
}

/** All that estimates rest on: the machine, the place, and the work, which may come from different sources. */
export function profileDetail({ hardware, site, workload }: Profile): string {
  return `${hardwareText(hardware)} · ${site.region}, ${Math.round(site.gramsPerKwh)} g CO₂e/kWh (${site.gridYear}) · ${workloadText(workload)}`;
}

/** For the choice among built-in profiles: picking one changes the machine, and the rest only where no file states it. */
export function choiceDetail({ hardware, site }: Profile): string {
  return `${hardwareText(hardware)} · ${site.region}, unless .green-ai/hardware.json says where`;
}

function hardwareText({ count, device, tdpWatts }: Profile['hardware']): string {
  return `${count > 1 ? `${count} × ` : ''}${device}, ${tdpWatts} W`;
}

function workloadText({ requestsPerYear, itemsPerYear, runsPerYear }: StatedWorkload): string {
  const [requests, items, runs] = [requestsPerYear, itemsPerYear, runsPerYear].map((amount) =>
    amount.toLocaleString('en'),
  );
  return `${requests} requests, ${items} items, ${runs} runs a year`;
}
