// Written by scripts/generate.mjs.

import { type ApiFile, isApiFile } from './apiFile.ts';
import pythonDatasets from './python/datasets.json';
import pythonDiffusers from './python/diffusers.json';
import pythonFileReaders from './python/fileReaders.json';
import pythonGradientBoosting from './python/gradientBoosting.json';
import pythonHostedModels from './python/hostedModels.json';
import pythonKeras from './python/keras.json';
import pythonModelRuntimes from './python/modelRuntimes.json';
import pythonNumpy from './python/numpy.json';
import pythonOnnxruntime from './python/onnxruntime.json';
import pythonOpenai from './python/openai.json';
import pythonPandas from './python/pandas.json';
import pythonPolars from './python/polars.json';
import pythonPython from './python/python.json';
import pythonSentenceTransformers from './python/sentence_transformers.json';
import pythonSklearn from './python/sklearn.json';
import pythonTelegram from './python/telegram.json';
import pythonTensorflow from './python/tensorflow.json';
import pythonTimm from './python/timm.json';
import pythonTorch from './python/torch.json';
import pythonTorchvision from './python/torchvision.json';
import pythonTransformers from './python/transformers.json';
import typescriptAiSdk from './typescript/ai-sdk.json';
import typescriptAnthropic from './typescript/anthropic.json';
import typescriptBedrockRuntime from './typescript/bedrock-runtime.json';
import typescriptCohere from './typescript/cohere.json';
import typescriptGoogleGenai from './typescript/google-genai.json';
import typescriptHuggingfaceInference from './typescript/huggingface-inference.json';
import typescriptLangchain from './typescript/langchain.json';
import typescriptLlamaindex from './typescript/llamaindex.json';
import typescriptMediapipe from './typescript/mediapipe.json';
import typescriptMistral from './typescript/mistral.json';
import typescriptNodeLlamaCpp from './typescript/node-llama-cpp.json';
import typescriptOllama from './typescript/ollama.json';
import typescriptOnnxruntime from './typescript/onnxruntime.json';
import typescriptOpenai from './typescript/openai.json';
import typescriptTfjs from './typescript/tfjs.json';
import typescriptTfjsModels from './typescript/tfjs-models.json';
import typescriptTiktoken from './typescript/tiktoken.json';
import typescriptTransformersJs from './typescript/transformers-js.json';
import typescriptWebLlm from './typescript/web-llm.json';
import typescriptXenovaTransformers from './typescript/xenova-transformers.json';

const python: readonly unknown[] = [
  pythonDatasets,
  pythonDiffusers,
  pythonFileReaders,
  pythonGradientBoosting,
  pythonHostedModels,
  pythonKeras,
  pythonModelRuntimes,
  pythonNumpy,
  pythonOnnxruntime,
  pythonOpenai,
  pythonPandas,
  pythonPolars,
  pythonPython,
  pythonSentenceTransformers,
  pythonSklearn,
  pythonTelegram,
  pythonTensorflow,
  pythonTimm,
  pythonTorch,
  pythonTorchvision,
  pythonTransformers,
];

const typescript: readonly unknown[] = [
  typescriptAiSdk,
  typescriptAnthropic,
  typescriptBedrockRuntime,
  typescriptCohere,
  typescriptGoogleGenai,
  typescriptHuggingfaceInference,
  typescriptLangchain,
  typescriptLlamaindex,
  typescriptMediapipe,
  typescriptMistral,
  typescriptNodeLlamaCpp,
  typescriptOllama,
  typescriptOnnxruntime,
  typescriptOpenai,
  typescriptTfjs,
  typescriptTfjsModels,
  typescriptTiktoken,
  typescriptTransformersJs,
  typescriptWebLlm,
  typescriptXenovaTransformers,
];

/** The API data of every library, by language: both know an `openai.OpenAI`. */
export const apiFiles: { readonly python: readonly ApiFile[]; readonly typescript: readonly ApiFile[] } = {
  python: python.filter(isApiFile),
  typescript: typescript.filter(isApiFile),
};
