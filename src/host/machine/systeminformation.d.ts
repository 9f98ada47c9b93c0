// The parts of systeminformation that are used, without the package's index, which would bring all of them.

declare module 'systeminformation/lib/graphics' {
  import type { Systeminformation } from 'systeminformation';

  export function graphics(): Promise<Systeminformation.GraphicsData>;
}

declare module 'systeminformation/lib/cpu' {
  import type { Systeminformation } from 'systeminformation';

  export function cpu(): Promise<Systeminformation.CpuData>;
}
