import { execFile } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { cpu } from 'systeminformation/lib/cpu';
import { graphics } from 'systeminformation/lib/graphics';
import type { GraphicsFacts, MachineFacts } from '../../knowledge/hardware/machineProfile.ts';
import { NVIDIA_SMI_QUERY, parseNvidiaSmi } from './nvidiaSmi.ts';

// A thread of its own: systeminformation waits for some of its programs, and the editor must not wait with it.

const MEBIBYTE_GB = 2 ** 20 / 1e9;
const LIMIT_MS = 10_000;

readMachine().then(
  (facts) => parentPort?.postMessage(facts),
  (error: unknown) => {
    throw error;
  },
);

async function readMachine(): Promise<MachineFacts> {
  const nvidia = await nvidiaCards();
  const [processor, cards] = await Promise.all([
    cpu().catch(() => undefined),
    nvidia.length > 0 ? nvidia : graphics().then(({ controllers }) => controllers.map(cardOf), noCards),
  ]);
  return {
    processor: cpus()[0]?.model.trim() || `${processor?.manufacturer ?? ''} ${processor?.brand ?? ''}`.trim(),
    cores: processor?.physicalCores || availableParallelism(),
    memoryGb: totalmem() / 1e9,
    graphics: cards,
  };
}

/** Asked first: in containers systeminformation finds no cards, because it looks for them on the bus. */
async function nvidiaCards(): Promise<readonly GraphicsFacts[]> {
  try {
    const run = promisify(execFile);
    const { stdout } = await run('nvidia-smi', NVIDIA_SMI_QUERY, { timeout: LIMIT_MS, windowsHide: true });
    return parseNvidiaSmi(stdout);
  } catch {
    return [];
  }
}

function cardOf({ vendor, model, name, vram, powerLimit }: Controller): GraphicsFacts {
  const shown = name ?? model;
  return {
    name: /nvidia|amd|radeon|intel|apple/i.test(shown) ? shown : `${vendor} ${shown}`.trim(),
    ...(typeof vram === 'number' && vram > 0 ? { memoryGb: vram * MEBIBYTE_GB } : {}),
    ...(powerLimit !== undefined && powerLimit > 0 ? { powerLimitWatts: powerLimit } : {}),
  };
}

interface Controller {
  readonly vendor: string;
  readonly model: string;
  readonly name?: string | undefined;
  readonly vram: number | null;
  readonly powerLimit?: number | undefined;
}

function noCards(): readonly GraphicsFacts[] {
  return [];
}
