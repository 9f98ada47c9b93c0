import { constants } from './constants.ts';
import type { Hardware, Profile } from './profile.ts';
import type { EngineClass, Workload } from './workload.ts';

/** Engines that compute on the processor whatever else the machine has. */
export const ON_PROCESSOR: ReadonlySet<EngineClass> = new Set([
  'sklearn',
  'gbdt',
  'pandas',
  'onnxruntime',
  'ort-web-wasm',
]);

export interface Place {
  readonly hardware: Hardware;
  /** The device is a stand-in, not the profile's. */
  readonly assumed: boolean;
  readonly assumptions: readonly string[];
}

/** On which device of the profile's machine (or of a client) the workload runs. */
export function placeOf(workload: Workload, profile: Profile): Place {
  const { engine } = workload;
  if (engine === 'ort-web-wasm')
    return client(constants.client.wasmGflops, constants.client.wasmWatts, 'cpu', 'WebAssembly on');
  if (engine === 'ort-web-webgpu' || engine === 'tfjs') {
    return client(constants.client.webgpuGflops, constants.client.webgpuWatts, 'mps', 'WebGPU or WebGL on');
  }
  const wantsProcessor =
    workload.device === 'cpu' || (workload.device === undefined && engine !== undefined && ON_PROCESSOR.has(engine));
  if (!wantsProcessor || profile.hardware.kind === 'cpu') {
    const assumptions =
      workload.device === 'gpu' && profile.hardware.kind === 'cpu'
        ? [`The code asks for a GPU, the profile has none: ${profile.hardware.device} is used.`]
        : [];
    return { hardware: profile.hardware, assumed: false, assumptions };
  }
  const standIn = constants.standInCpu;
  const hardware: Hardware = {
    kind: 'cpu',
    device: standIn.name,
    count: 1,
    tdpWatts: standIn.tdpWatts,
    memoryGb: standIn.memoryGb,
    bandwidthGbs: standIn.bandwidthGbs,
    peakTflops: { fp32: standIn.fp32Tflops },
    hostFactor: standIn.hostFactor,
  };
  return { hardware, assumed: true, assumptions: [`Computed on the processor: ${standIn.name}.`] };
}

function client(gflops: number, watts: number, kind: 'cpu' | 'mps', what: string): Place {
  const hardware: Hardware = {
    kind,
    device: "the visitor's machine",
    count: 1,
    tdpWatts: watts,
    memoryGb: 8,
    bandwidthGbs: 40,
    peakTflops: { fp32: gflops / 1000 },
    hostFactor: constants.client.hostFactor,
  };
  return {
    hardware,
    assumed: true,
    assumptions: [`${what} the visitor's machine, ${gflops} GFLOP/s and ${watts} W assumed; no public measurements.`],
  };
}
