import type { Call, Program } from '../../src/core/semantics/program.ts';
import { methodName } from './devices.ts';

/** Callees that make a model part of a training run, whatever else the file shows. */
const TRAINERS =
  /(^|\.)(\w*Trainer|get_peft_model|prepare_model_for_kbit_training|prepare_model_for_int8_training|PeftMixedModel|setup_chat_format|clone_chat_template)$|^(accelerate\.Accelerator\.prepare|deepspeed\.initialize|torch\.optim\.\w+|transformers\.get_\w*schedule\w*)$/;
const TRAINING_METHODS = new Set([
  'train',
  'parameters',
  'named_parameters',
  'gradient_checkpointing_enable',
  'enable_input_require_grads',
  'add_adapter',
  'enable_gradient_checkpointing',
]);
const CONVERSION_METHODS = new Set([
  'save_pretrained',
  'push_to_hub',
  'state_dict',
  'merge_and_unload',
  'export',
  'quantize',
]);
const CONVERSION_CALLS =
  /^(torch\.(onnx\.export|jit\.(trace|script)|save|export\.export)|safetensors\.torch\.save_file|optimum\.exporters\.\w+(\.\w+)*|coremltools\.convert|onnxmltools\.\w+|ctranslate2\.converters\.\w+)$/;

/** True when the file trains: a backward pass, an optimiser, a trainer. */
export function fileTrains(program: Program): boolean {
  return program.once(findsTraining);
}

function findsTraining(program: Program): boolean {
  return program.calls.some((call) => {
    const name = methodName(call);
    if (name === 'backward' || name === 'manual_backward') return true;
    if (call.api?.roles.includes('train') || call.api?.roles.includes('optimizer')) return !isClassical(call);
    return call.name !== undefined && TRAINERS.test(call.name);
  });
}

/** True when a loaded model is trained, as far as the file shows. */
export function isTrained(program: Program, load: Call, methods: readonly Call[]): boolean {
  if (load.place.phase === 'training' || fileTrains(program)) return true;
  return methods.some((method) => TRAINING_METHODS.has(methodName(method) ?? '') && !isEvalSwitch(program, method));
}

/** True when a loaded model is only converted, merged or stored again. */
export function isConverted(program: Program, methods: readonly Call[]): boolean {
  if (/(^|\/)(convert|export|merge|quantize)\w*[^/]*\.(py|ipynb)$/i.test(program.path)) return true;
  if (program.calls.some((call) => call.name !== undefined && CONVERSION_CALLS.test(call.name))) return true;
  return methods.some((method) => CONVERSION_METHODS.has(methodName(method) ?? '')) || program.once(mergesAdapter);
}

/** `PeftModel.from_pretrained(base, …).merge_and_unload()` that is stored afterwards. */
function mergesAdapter(program: Program): boolean {
  const merged = program.calls.filter((call) => methodName(call) === 'merge_and_unload');
  return merged.some((merge) =>
    program.methodCalls(merge).some((call) => /^(save_pretrained|push_to_hub)$/.test(methodName(call) ?? '')),
  );
}

/** `.train(False)` is `.eval()`. */
function isEvalSwitch(program: Program, method: Call): boolean {
  const mode = method.argument('mode');
  return mode.kind === 'known' && program.constant(mode.value).kind === 'known' && program.text(mode.value) === 'False';
}

/** Fitting a scikit-learn estimator on embeddings does not train the model that made them. */
function isClassical(call: Call): boolean {
  return call.api?.name.startsWith('sklearn.') === true || call.api?.name.startsWith('keras.') === true;
}
