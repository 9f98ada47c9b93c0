import { parseAllDocuments } from 'yaml';
import { isTable, listOf, type Table, tableAt, textOf } from '../../versions/manifests/readValue.ts';
import { type Found, foundAt } from './place.ts';

const GPU_RESOURCE = /^(nvidia\.com\/(gpu|mig-\S+)|amd\.com\/gpu|gpu\.intel\.com\/\S+)$/;
/** Labels by which a pod or a Cloud Run service asks for a machine. */
const CHIP_LABEL =
  /^(cloud\.google\.com\/gke-accelerator|run\.googleapis\.com\/accelerator|nvidia\.com\/gpu\.product|node\.kubernetes\.io\/instance-type|beta\.kubernetes\.io\/instance-type|karpenter\.k8s\.aws\/instance-gpu-name)$/;

/**
 * Kubernetes and Cloud Run manifests: a container gets a GPU only by a limit on one. A single container whose limits name none runs
 * on the CPU; of several the file does not tell which is the model's.
 */
export function kubernetes(text: string): readonly Found[] {
  if (!/^apiVersion:/m.test(text)) return [];
  const roots: unknown[] = parseAllDocuments(text).map((document): unknown => document.toJS());
  const containers = roots.flatMap((root) => tablesAt(root, 'containers'));
  const count = containers.map(gpusOf).find((found) => found > 0);
  const chip = roots.map(chipOf).find((found) => found !== undefined);
  if (count !== undefined || (chip !== undefined && /gpu|tesla|nvidia|^[gp]\d/i.test(chip)))
    return foundAt(text, /^.*(nvidia\.com\/|amd\.com\/gpu|accelerator|instance-type|gpu\.intel).*$/m, {
      kind: 'gpu',
      ...(chip === undefined ? {} : { chip }),
      ...(count === undefined ? {} : { count }),
    });
  const [only] = containers;
  const hasLimits = only !== undefined && Object.keys(tableAt(only, 'resources', 'limits')).length > 0;
  return containers.length === 1 && hasLimits ? foundAt(text, /^[ \t]*limits\s*:.*$/m, { kind: 'cpu' }) : [];
}

function gpusOf(container: Table): number {
  const limits = { ...tableAt(container, 'resources', 'requests'), ...tableAt(container, 'resources', 'limits') };
  return Object.entries(limits).reduce(
    (sum, [name, amount]) => sum + (GPU_RESOURCE.test(name) ? Number(amount) || 0 : 0),
    0,
  );
}

function chipOf(node: unknown): string | undefined {
  if (Array.isArray(node)) return node.map(chipOf).find((found) => found !== undefined);
  if (!isTable(node)) return undefined;
  for (const [key, value] of Object.entries(node)) {
    const found = CHIP_LABEL.test(key) ? textOf(value) : chipOf(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every table in the lists that stand under a key, however deep. */
function tablesAt(node: unknown, key: string): readonly Table[] {
  if (Array.isArray(node)) return node.flatMap((item) => tablesAt(item, key));
  if (!isTable(node)) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === key ? listOf(value).filter(isTable) : tablesAt(value, key),
  );
}
