import type { GraphicsFacts } from '../../knowledge/hardware/machineProfile.ts';

/** Arguments of `nvidia-smi` for which `parseNvidiaSmi` reads the answer. */
export const NVIDIA_SMI_QUERY = ['--query-gpu=name,memory.total,power.limit', '--format=csv,noheader,nounits'];

/** Reads lines such as `NVIDIA A100-SXM4-80GB, 81920, 400.00` (MiB, watts); `[N/A]` is not known. */
export function parseNvidiaSmi(text: string): GraphicsFacts[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [name = '', memory, power] = line.split(',').map((cell) => cell.trim());
    if (name === '' || memory === undefined) return [];
    const mebibytes = Number(memory);
    const watts = Number(power);
    return {
      name,
      ...(mebibytes > 0 ? { memoryGb: (mebibytes * 2 ** 20) / 1e9 } : {}),
      ...(watts > 0 ? { powerLimitWatts: watts } : {}),
    };
  });
}
