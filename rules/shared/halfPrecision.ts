import type { Edit } from '../../src/core/engine/rule.ts';
import { insertArgument } from '../../src/core/fixes/callEdits.ts';
import { importEdit } from '../../src/core/fixes/importEdit.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { HardwareFacts } from '../../src/core/semantics/environment.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from './devices.ts';

export type HalfFormat = 'bf16' | 'fp16';

const TORCH_NAME: Readonly<Record<HalfFormat, string>> = { bf16: 'bfloat16', fp16: 'float16' };
/** Families whose activations overflow in float16 (T5 and its kin, Gemma, mT5). */
const UNSAFE_IN_FP16 = /(^|[/-])(flan-t5|m?t5|umt5|byt5|longt5|ul2|t0|gemma|pegasus)/i;
/** What makes a forward pass compute in half precision although the weights are float32, or converts the weights elsewhere. */
const HALF_ELSEWHERE =
  /^(torch\.(autocast|cuda\.amp\.autocast|set_default_dtype|set_default_tensor_type|ao\.quantization\.\w+|quantization\.\w+)|accelerate\.Accelerator|deepspeed\.(init_inference|initialize)|intel_extension_for_pytorch\.\w+|torchao\.\w+(\.\w+)*|quanto\.quantize|optimum\.\w+(\.\w+)*|nncf\.\w+|torch_tensorrt\.compile)$/;

/** 16-bit format that the hardware computes faster than float32 and that the model bears; bfloat16 first for its range. */
export function halfFormat(hardware: HardwareFacts, modelId: string | undefined): HalfFormat | undefined {
  if (hardware.fastFormats.includes('bf16')) return 'bf16';
  if (hardware.kind === 'cpu' || !hardware.fastFormats.includes('fp16')) return undefined;
  return appleFormat(modelId);
}

/** For an Apple GPU of unknown age: those before the M2 lack bfloat16, all compute float16. */
export function appleFormat(modelId: string | undefined): HalfFormat | undefined {
  return modelId !== undefined && UNSAFE_IN_FP16.test(modelId) ? undefined : 'fp16';
}

export function torchFormatName(format: HalfFormat): string {
  return `torch.${TORCH_NAME[format]}`;
}

const CONVERTS = /^(half|bfloat16|quantize|float|double|to\(dtype\))$/;

/**
 * True when a later method converts the loaded weights (`.half()`, `.to(torch.float16)`, `.to(device, dtype)`), here or in a function
 * of the workspace that gets the model, in whatever file it stands.
 */
export function isConvertedLater(program: Program, load: Call, methods: readonly Call[]): boolean {
  if (handedMethods(program, load).some((name) => CONVERTS.test(name))) return true;
  return methods.some((method) => {
    const name = methodName(method);
    if (name !== undefined && CONVERTS.test(name)) return true;
    return (
      name === 'to' &&
      method.node.args.some(({ name: keyword, value }) => keyword === 'dtype' || isFormat(program, value))
    );
  });
}

function handedMethods(program: Program, load: Call): readonly string[] {
  return program.uses(load).flatMap(({ call, expression }) => (call ? program.handling(call, expression).methods : []));
}

/** True when something in the file makes the model compute in another format than its weights are loaded in. */
export function computesInOtherFormat(program: Program): boolean {
  return program.once(findsOtherFormat);
}

function findsOtherFormat(program: Program): boolean {
  return program.calls.some(
    (call) => call.name !== undefined && HALF_ELSEWHERE.test(call.name) && !isPlainAccelerator(call),
  );
}

const FORMAT_NAMES = {
  float16: /^(torch\.)?(float16|half)$/,
  bfloat16: /^(torch\.)?bfloat16$/,
  float32: /^(torch\.)?(float32|float)$/,
  float64: /^(torch\.)?(float64|double)$/,
} as const;

/** True when an expression always is this torch dtype: `torch.half`, `"float16"`, a variable that holds nothing else. */
export function isTorchFormat(program: Program, expression: Expression, format: keyof typeof FORMAT_NAMES): boolean {
  return program.values(expression).every((value) => {
    if (value.kind === 'symbol') return value.name.startsWith('torch.') && FORMAT_NAMES[format].test(value.name);
    return value.kind === 'constant' && typeof value.value === 'string' && FORMAT_NAMES[format].test(value.value);
  });
}

/** An expression that denotes a torch dtype, or a name that says it does. */
function isFormat(program: Program, expression: Expression): boolean {
  const isDtype = program
    .values(expression)
    .some((value) => value.kind === 'symbol' && /^torch\.(b?float\d*|half|double|u?int\d+)$/.test(value.name));
  return isDtype || /dtype|precision/i.test(program.text(expression));
}

/** `Accelerator()` without `mixed_precision` leaves the format alone. */
function isPlainAccelerator(call: Call): boolean {
  return (
    call.name === 'accelerate.Accelerator' &&
    call.argument('mixed_precision').kind === 'absent' &&
    call.node.args.length === 0
  );
}

/** Edits that give a loading call its dtype and import torch where it is missing. */
export function formatArgumentEdits(
  program: Program,
  call: Call,
  keyword: 'dtype' | 'torch_dtype',
  format: HalfFormat,
): readonly Edit[] | undefined {
  const torch = importEdit(program.module, { module: 'torch', at: call.node.start });
  if (torch === undefined) return undefined;
  const argument = `${keyword}=${torch.local}.${TORCH_NAME[format]}`;
  return [...torch.edits, ...insertArgument(call.node, argument, program.module.text)];
}
