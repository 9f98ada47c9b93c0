import { parse } from 'yaml';
import { isTable, listOf, type Table, tableAt, textOf } from '../../versions/manifests/readValue.ts';
import { type Found, foundAt } from './place.ts';

/**
 * `docker-compose.yml`: a container sees a GPU only where the file gives it one (`deploy.resources.reservations.devices`, `gpus`,
 * `runtime: nvidia`), so that a file which builds the project's image and gives none says CPU. Throws on broken YAML.
 */
export function compose(text: string): readonly Found[] {
  const root: unknown = parse(text);
  const services = Object.values(tableAt(root, 'services')).filter(isTable);
  const gpu = services.map(gpuOf).find((found) => found !== undefined);
  if (gpu) return foundAt(text, /^.*(driver:\s*nvidia|capabilities:.*gpu|gpus:|runtime:\s*nvidia|- gpu).*$/m, gpu);
  const builds = services.some((service) => service['build'] !== undefined);
  return builds ? foundAt(text, /^[ \t]*build\s*:.*$/m, { kind: 'cpu' }) : [];
}

function gpuOf(service: Table): { readonly kind: 'gpu'; readonly count?: number } | undefined {
  if (textOf(service['runtime']) === 'nvidia' || service['gpus'] !== undefined) return { kind: 'gpu' };
  for (const device of listOf(tableAt(service, 'deploy', 'resources', 'reservations')['devices'])) {
    if (!isTable(device)) continue;
    const isGpu =
      textOf(device['driver']) === 'nvidia' ||
      listOf(device['capabilities']).some((item) => /gpu|nvidia/.test(String(item)));
    if (!isGpu) continue;
    const count = Number(device['count'] ?? listOf(device['device_ids']).length);
    return { kind: 'gpu', ...(Number.isInteger(count) && count > 0 ? { count } : {}) };
  }
  return undefined;
}
