import type { Call } from '../../src/core/semantics/program.ts';
import type { EngineClass, ModelReference, Workload } from '../../src/energy/workload.ts';

const ENGINES: readonly (readonly [RegExp, EngineClass])[] = [
  [/^(onnxruntime|@huggingface\/transformers|@xenova\/transformers)/, 'onnxruntime'],
  [/^@(tensorflow|tensorflow-models|mediapipe)\b/, 'tfjs'],
  [/^(node-llama-cpp|llama_cpp)/, 'llama.cpp'],
  [/^@mlc-ai\/web-llm/, 'ort-web-webgpu'],
  [/^sentence_transformers|^langchain/, 'sentence-transformers'],
  [/^diffusers/, 'diffusers'],
  [/^(transformers|peft)/, 'hf'],
  [/^vllm/, 'vllm'],
  [/^(keras|tensorflow)/, 'keras'],
  [/^(joblib|pickle|sklearn|skops|cloudpickle)/, 'sklearn'],
  [/^(xgboost|lightgbm|catboost)/, 'gbdt'],
  [/^(torch|torchvision|timm|ultralytics|whisper)/, 'torch'],
];

/** Which model the load names and which engine holds it, as far as the text tells. */
export function modelOf(load: Call): Pick<Workload, 'model' | 'engine'> {
  const parameter = load.api?.modelParameter;
  const id = parameter === undefined ? undefined : load.constantArgument(parameter);
  const model: ModelReference | undefined =
    id?.kind === 'known' && typeof id.value === 'string' ? { id: id.value } : undefined;
  const name = load.api?.name ?? '';
  const engine = ENGINES.find(([pattern]) => pattern.test(name))?.[1];
  return { ...(model ? { model } : {}), ...(engine ? { engine } : {}) };
}
