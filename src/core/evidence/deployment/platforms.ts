import { parse as parseToml } from 'smol-toml';
import { parse } from 'yaml';
import { isTable, listOf, type Table, tableAt, textOf } from '../../versions/manifests/readValue.ts';
import { type Found, foundAt } from './place.ts';

/** `serverless.yml`: functions of AWS Lambda, Azure and Google have no GPU. Throws on broken YAML. */
export function serverlessFramework(text: string): readonly Found[] {
  const provider = textOf(tableAt(parse(text), 'provider')['name']) ?? textOf(tableAt(parse(text))['provider']);
  return provider !== undefined && /^(aws|azure|google)$/.test(provider)
    ? foundAt(text, /^[ \t]*(name|provider)\s*:\s*(aws|azure|google)\b.*$/m, { kind: 'cpu' })
    : [];
}

/** AWS SAM and CloudFormation: a template whose functions are Lambda's; GPU instances of the same template contradict. */
export function samTemplate(text: string): readonly Found[] {
  if (!/AWS::(Serverless|Lambda)::Function/.test(text)) return [];
  if (/InstanceType:\s*["']?(ml\.)?[gp]\d/.test(text)) return [];
  return foundAt(text, /^.*AWS::(Serverless|Lambda)::Function.*$/m, { kind: 'cpu' });
}

/** Platforms whose functions and dynos never have a GPU: the file alone says it. */
export function cpuPlatform(text: string): readonly Found[] {
  return foundAt(text, /^.*\S.*$/m, { kind: 'cpu' });
}

/** `app.yaml` of App Engine; the flexible environment has no GPU either. */
export function appEngine(text: string): readonly Found[] {
  return foundAt(text, /^(runtime|env)\s*:.*$/m, { kind: 'cpu' });
}

/** `fly.toml`: a machine with `gpu_kind`, or a `vm` size that names one. Throws on broken TOML. */
export function fly(text: string): readonly Found[] {
  const root = parseToml(text);
  const machines = [...listOf(root['vm']), root['vm']].filter(isTable);
  const chip = machines
    .map((vm) => textOf(vm['gpu_kind']) ?? textOf(vm['size']))
    .find((name) => name !== undefined && /^(a10|a100|l40s)/i.test(name));
  if (chip !== undefined)
    return foundAt(text, /^.*(gpu_kind|size)\s*=.*$/m, { kind: 'gpu', chip: chip.replace(/-(?=\d+gb)/, ' ') });
  return machines.length > 0 ? foundAt(text, /^\s*\[\[?vm\]?\].*$/m, { kind: 'cpu' }) : [];
}

/** `cog.yaml` of Replicate. */
export function cog(text: string): readonly Found[] {
  const gpu = tableAt(parse(text), 'build')['gpu'];
  if (typeof gpu !== 'boolean') return [];
  return foundAt(text, /^[ \t]*gpu\s*:.*$/m, { kind: gpu ? 'gpu' : 'cpu' });
}

/** A SkyPilot or dstack task: `resources: { accelerators: A100:4 }`, `resources: { gpu: 24GB }`. Throws on broken YAML. */
export function cloudTask(text: string): readonly Found[] {
  const root: unknown = parse(text);
  const resources = tableAt(root, 'resources');
  const named =
    textOf(resources['accelerators']) ?? acceleratorKey(resources['accelerators']) ?? textOf(resources['gpu']);
  if (named === undefined) return [];
  const [chip = '', amount] = named.split(':');
  const count = Number(amount);
  return foundAt(text, /^.*(accelerators|gpu)\s*:.*$/m, {
    kind: 'gpu',
    ...(/^\d+(GB)?$/i.test(chip) ? {} : { chip }),
    ...(Number.isInteger(count) && count > 0 ? { count } : {}),
  });
}

function acceleratorKey(value: unknown): string | undefined {
  const [entry] = isTable(value) ? Object.entries(value as Table) : [];
  return entry && `${entry[0]}:${String(entry[1])}`;
}

/** A Slurm script: `#SBATCH --gres=gpu:a100:4`, `--gpus=2`. */
export function slurm(text: string): readonly Found[] {
  const match = /^#SBATCH\s+--(?:gres=gpu|gpus(?:-per-node)?)[:=](?:([a-z]\w*):)?(\d+)?.*$/im.exec(text);
  if (!match) return [];
  const count = Number(match[2]);
  return [
    {
      kind: 'gpu',
      ...(match[1] === undefined ? {} : { chip: match[1] }),
      ...(count > 0 ? { count } : {}),
      span: { start: match.index, end: match.index + match[0].length },
    },
  ];
}

/** Requirements that only one kind of machine takes: local versions (`+cpu`, `+cu121`), PyTorch's wheel indexes, `-gpu` packages. */
export function requirements(text: string): readonly Found[] {
  const source = text.replace(/(^|\s)#.*$/gm, (comment) => ' '.repeat(comment.length));
  return [
    ...foundAt(source, /^.*((?:\+|%2B)cpu\b|download\.pytorch\.org\/whl\/(torch_stable\/)?cpu).*$/m, { kind: 'cpu' }),
    ...foundAt(source, /^[ \t]*["']?(tensorflow-cpu|intel-extension-for-pytorch|onnxruntime-openvino)\b.*$/m, {
      kind: 'cpu',
    }),
    ...foundAt(source, /^.*((?:\+|%2B)(cu|rocm)\d+|download\.pytorch\.org\/whl\/(cu|rocm)\d+).*$/m, { kind: 'gpu' }),
    ...foundAt(
      source,
      /^[ \t]*["']?(tensorflow-gpu|onnxruntime-gpu|faiss-gpu(-cu\d+)?|cupy-cuda\w+|tensorflow\[and-cuda\]|jax\[cuda\w*\]|flash-attn|vllm)\b.*$/m,
      { kind: 'gpu' },
    ),
  ];
}
