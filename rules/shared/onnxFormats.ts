import type { NumberFormat, QuantMethod } from '../../src/energy/workload.ts';

/** What the estimate reckons with for a dtype of Transformers.js. */
export const ONNX_FORMATS: Readonly<
  Record<string, { readonly format: NumberFormat; readonly quantMethod?: QuantMethod }>
> = {
  q8: { format: 'int8', quantMethod: 'onnx-int8' },
  q4: { format: 'int4', quantMethod: 'onnx-int4' },
  fp16: { format: 'fp16' },
  q4f16: { format: 'int4', quantMethod: 'onnx-int4' },
};
