import type { Call } from '../../src/core/semantics/program.ts';
import type { Runtime } from './javascriptRuntime.ts';

/**
 * The kind of device on which Transformers.js takes fp32 weights where no dtype is given: `DEFAULT_DEVICE_DTYPE_MAPPING` of
 * src/utils/dtypes.js (3.0 to 4.3.1) maps only wasm, the browser's default, to 8 bits. `undefined` for wasm and for a device
 * that is not known.
 */
export function fp32Device(load: Call, runtime: Runtime): 'cpu' | 'gpu' | undefined {
  const device = load.constantArgument('options.device');
  if (device.kind === 'unknown') return undefined;
  if (device.kind === 'absent' || device.value === null) return runtime === 'node' ? 'cpu' : undefined;
  if (device.value === 'wasm') return undefined;
  return /^(cpu|webnn-cpu)$/.test(String(device.value)) ? 'cpu' : 'gpu';
}
