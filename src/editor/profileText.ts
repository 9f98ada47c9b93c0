import type { Profile } from '../energy/profile.ts';

export function profileLabel({ name, site }: Profile): string {
  return `${name}, ${site.region}`;
}

export function profileDetail({ hardware, site }: Profile): string {
  const device = `${hardware.count > 1 ? `${hardware.count} × ` : ''}${hardware.device}`;
  return `${device}, ${hardware.tdpWatts} W · ${site.region}, ${Math.round(site.gramsPerKwh)} g CO₂e/kWh (${site.gridYear})`;
}
