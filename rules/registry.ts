// Written by scripts/generate.mjs.

import type { RegisteredRule } from '../src/core/engine/rule.ts';
import aisdkMaxTokensRenamed from './aisdk-max-tokens-renamed/rule.ts';
import bnb4bitFloat32Compute from './bnb-4bit-float32-compute/rule.ts';
import brainjsTrainAtStart from './brainjs-train-at-start/rule.ts';
import carbonAwareScheduleMissing from './carbon-aware-schedule-missing/rule.ts';
import carbonTrackerMisused from './carbon-tracker-misused/rule.ts';
import carbonTrackingMissing from './carbon-tracking-missing/rule.ts';
import cloudCarbonIntenseRegion from './cloud-carbon-intense-region/rule.ts';
import cloudMinInstancesNonzero from './cloud-min-instances-nonzero/rule.ts';
import datasetGetitemHeavyIo from './dataset-getitem-heavy-io/rule.ts';
import ddpAccumulateWithoutNoSync from './ddp-accumulate-without-no-sync/rule.ts';
import debugModeLeftOn from './debug-mode-left-on/rule.ts';
import diffusersExcessSteps from './diffusers-excess-steps/rule.ts';
import diffusionFullPrecision from './diffusion-full-precision/rule.ts';
import doublePrecisionNetwork from './double-precision-network/rule.ts';
import duplicateDataRead from './duplicate-data-read/rule.ts';
import duplicateModelLoad from './duplicate-model-load/rule.ts';
import embeddingModelLegacy from './embedding-model-legacy/rule.ts';
import embeddingOneByOne from './embedding-one-by-one/rule.ts';
import emptyCacheInBatchLoop from './empty-cache-in-batch-loop/rule.ts';
import fileReadInLoop from './file-read-in-loop/rule.ts';
import fileReadPerRequest from './file-read-per-request/rule.ts';
import float16OnCpu from './float16-on-cpu/rule.ts';
import float32TransformerOnCpu from './float32-transformer-on-cpu/rule.ts';
import footprintNotPublished from './footprint-not-published/rule.ts';
import frameInferenceUnthrottled from './frame-inference-unthrottled/rule.ts';
import fullFinetuneLargeModel from './full-finetune-large-model/rule.ts';
import fullPrecisionModelLoad from './full-precision-model-load/rule.ts';
import fullPrecisionTraining from './full-precision-training/rule.ts';
import gbdtNoEarlyStopping from './gbdt-no-early-stopping/rule.ts';
import generateOneByOne from './generate-one-by-one/rule.ts';
import generateWithoutKvCache from './generate-without-kv-cache/rule.ts';
import generationLoopWithoutCache from './generation-loop-without-cache/rule.ts';
import generativeModelForFixedLabels from './generative-model-for-fixed-labels/rule.ts';
import getitemTokenises from './getitem-tokenises/rule.ts';
import gradientCheckpointingSmallModel from './gradient-checkpointing-small-model/rule.ts';
import heavyVisionBackbone from './heavy-vision-backbone/rule.ts';
import hfDatasetSliceAfterFullDownload from './hf-dataset-slice-after-full-download/rule.ts';
import hfDatasetsCacheDisabled from './hf-datasets-cache-disabled/rule.ts';
import hfEagerAttention from './hf-eager-attention/rule.ts';
import hfMapUnbatched from './hf-map-unbatched/rule.ts';
import hfPadMaxLength from './hf-pad-max-length/rule.ts';
import hfSlowTokenizer from './hf-slow-tokenizer/rule.ts';
import hfTrainerNoEarlyStopping from './hf-trainer-no-early-stopping/rule.ts';
import hfWideBeamSearch from './hf-wide-beam-search/rule.ts';
import inferenceRecordsGradients from './inference-records-gradients/rule.ts';
import jitCreatedInHotPath from './jit-created-in-hot-path/rule.ts';
import kerasImagedatagenerator from './keras-imagedatagenerator/rule.ts';
import kerasNoEarlyStopping from './keras-no-early-stopping/rule.ts';
import kerasPredictInLoop from './keras-predict-in-loop/rule.ts';
import llamacpp16BitWeights from './llamacpp-16-bit-weights/rule.ts';
import llmClientPerRequest from './llm-client-per-request/rule.ts';
import llmConstantPrompt from './llm-constant-prompt/rule.ts';
import llmForExactTask from './llm-for-exact-task/rule.ts';
import llmHighReasoningEffort from './llm-high-reasoning-effort/rule.ts';
import llmLoopWithoutBatch from './llm-loop-without-batch/rule.ts';
import llmNoOutputCap from './llm-no-output-cap/rule.ts';
import llmOversizedForTask from './llm-oversized-for-task/rule.ts';
import llmPromptCacheUnused from './llm-prompt-cache-unused/rule.ts';
import llmStackedRetries from './llm-stacked-retries/rule.ts';
import llmStreamNotCancelled from './llm-stream-not-cancelled/rule.ts';
import llmUnboundedAgentLoop from './llm-unbounded-agent-loop/rule.ts';
import llmUnboundedRetry from './llm-unbounded-retry/rule.ts';
import llmUnstablePrefix from './llm-unstable-prefix/rule.ts';
import llmUnusedChoices from './llm-unused-choices/rule.ts';
import lossReadEveryStep from './loss-read-every-step/rule.ts';
import modelDownloadNotCached from './model-download-not-cached/rule.ts';
import modelLoadPerCall from './model-load-per-call/rule.ts';
import modelSwitchNotReleased from './model-switch-not-released/rule.ts';
import ollamaUnloadEachCall from './ollama-unload-each-call/rule.ts';
import onnxExportUnquantised from './onnx-export-unquantised/rule.ts';
import onnxQuantisedFileUnused from './onnx-quantised-file-unused/rule.ts';
import optimizerNotFused from './optimizer-not-fused/rule.ts';
import optunaNoPruner from './optuna-no-pruner/rule.ts';
import ortGraphOptimizationOff from './ort-graph-optimization-off/rule.ts';
import ortWebInNode from './ort-web-in-node/rule.ts';
import ortWebWasmOnly from './ort-web-wasm-only/rule.ts';
import ortWebglProvider from './ort-webgl-provider/rule.ts';
import oversizedCheckpoint from './oversized-checkpoint/rule.ts';
import pandasApplyAxis1 from './pandas-apply-axis1/rule.ts';
import pandasConcatInLoop from './pandas-concat-in-loop/rule.ts';
import pandasCsvInsteadOfParquet from './pandas-csv-instead-of-parquet/rule.ts';
import pandasIterrows from './pandas-iterrows/rule.ts';
import quadraticListFlatten from './quadratic-list-flatten/rule.ts';
import quantLegacyLoadInKwarg from './quant-legacy-load-in-kwarg/rule.ts';
import quantisationRaisesEnergy from './quantisation-raises-energy/rule.ts';
import reactModelLoadInEffect from './react-model-load-in-effect/rule.ts';
import runningLossKeepsGraph from './running-loss-keeps-graph/rule.ts';
import sagemakerEndpointLeftRunning from './sagemaker-endpoint-left-running/rule.ts';
import sagemakerNoSpot from './sagemaker-no-spot/rule.ts';
import sentenceTransformersFloat32 from './sentence-transformers-float32/rule.ts';
import serverWorkersDuplicateGpuModel from './server-workers-duplicate-gpu-model/rule.ts';
import sklearnExhaustiveGrid from './sklearn-exhaustive-grid/rule.ts';
import sklearnGbdtNotHistogram from './sklearn-gbdt-not-histogram/rule.ts';
import sklearnMlpNoEarlyStopping from './sklearn-mlp-no-early-stopping/rule.ts';
import sklearnPredictInLoop from './sklearn-predict-in-loop/rule.ts';
import sklearnPredictTwice from './sklearn-predict-twice/rule.ts';
import sklearnRepeatedCrossVal from './sklearn-repeated-cross-val/rule.ts';
import sklearnSingleCore from './sklearn-single-core/rule.ts';
import sklearnSvcProbability from './sklearn-svc-probability/rule.ts';
import sparseToDenseForReduction from './sparse-to-dense-for-reduction/rule.ts';
import streamlitUncachedData from './streamlit-uncached-data/rule.ts';
import tensorCreatedOnCpu from './tensor-created-on-cpu/rule.ts';
import tensorFromNestedArrays from './tensor-from-nested-arrays/rule.ts';
import tfdataBatchOfOne from './tfdata-batch-of-one/rule.ts';
import tfdataMapSequential from './tfdata-map-sequential/rule.ts';
import tfjsCpuBackend from './tfjs-cpu-backend/rule.ts';
import tfjsDebugMode from './tfjs-debug-mode/rule.ts';
import tfjsNoEarlyStopping from './tfjs-no-early-stopping/rule.ts';
import tfjsNodePlain from './tfjs-node-plain/rule.ts';
import tfjsPredictOneByOne from './tfjs-predict-one-by-one/rule.ts';
import tfjsSyncReadInLoop from './tfjs-sync-read-in-loop/rule.ts';
import tfjsTensorLeak from './tfjs-tensor-leak/rule.ts';
import tfliteNoOptimizations from './tflite-no-optimizations/rule.ts';
import tokenizerItemLoop from './tokenizer-item-loop/rule.ts';
import tokenizerPerCall from './tokenizer-per-call/rule.ts';
import torchDataloaderInEpochLoop from './torch-dataloader-in-epoch-loop/rule.ts';
import torchDataloaderNoPinMemory from './torch-dataloader-no-pin-memory/rule.ts';
import torchDataloaderNoWorkers from './torch-dataloader-no-workers/rule.ts';
import torchDataloaderNotPersistent from './torch-dataloader-not-persistent/rule.ts';
import torchDataparallel from './torch-dataparallel/rule.ts';
import torchTf32Off from './torch-tf32-off/rule.ts';
import trainFromScratch from './train-from-scratch/rule.ts';
import transformersjsDefaultFp32 from './transformersjs-default-fp32/rule.ts';
import transformersjsExplicitFp32 from './transformersjs-explicit-fp32/rule.ts';
import transformersjsQuantizedIgnored from './transformersjs-quantized-ignored/rule.ts';
import transformersjsV2Unquantised from './transformersjs-v2-unquantised/rule.ts';
import transformersjsWebgpuFp32 from './transformersjs-webgpu-fp32/rule.ts';
import unquantisedLlm from './unquantised-llm/rule.ts';
import usageNotRecorded from './usage-not-recorded/rule.ts';
import vectorIndexPerRequest from './vector-index-per-request/rule.ts';
import vectorsInJson from './vectors-in-json/rule.ts';
import vectorstoreRebuilt from './vectorstore-rebuilt/rule.ts';
import webllmF32Build from './webllm-f32-build/rule.ts';
import zeroShotManyLabels from './zero-shot-many-labels/rule.ts';

/** Every rule, in order of id. */
export const rules: readonly RegisteredRule[] = [
  aisdkMaxTokensRenamed,
  bnb4bitFloat32Compute,
  brainjsTrainAtStart,
  carbonAwareScheduleMissing,
  carbonTrackerMisused,
  carbonTrackingMissing,
  cloudCarbonIntenseRegion,
  cloudMinInstancesNonzero,
  datasetGetitemHeavyIo,
  ddpAccumulateWithoutNoSync,
  debugModeLeftOn,
  diffusersExcessSteps,
  diffusionFullPrecision,
  doublePrecisionNetwork,
  duplicateDataRead,
  duplicateModelLoad,
  embeddingModelLegacy,
  embeddingOneByOne,
  emptyCacheInBatchLoop,
  fileReadInLoop,
  fileReadPerRequest,
  float16OnCpu,
  float32TransformerOnCpu,
  footprintNotPublished,
  frameInferenceUnthrottled,
  fullFinetuneLargeModel,
  fullPrecisionModelLoad,
  fullPrecisionTraining,
  gbdtNoEarlyStopping,
  generateOneByOne,
  generateWithoutKvCache,
  generationLoopWithoutCache,
  generativeModelForFixedLabels,
  getitemTokenises,
  gradientCheckpointingSmallModel,
  heavyVisionBackbone,
  hfDatasetSliceAfterFullDownload,
  hfDatasetsCacheDisabled,
  hfEagerAttention,
  hfMapUnbatched,
  hfPadMaxLength,
  hfSlowTokenizer,
  hfTrainerNoEarlyStopping,
  hfWideBeamSearch,
  inferenceRecordsGradients,
  jitCreatedInHotPath,
  kerasImagedatagenerator,
  kerasNoEarlyStopping,
  kerasPredictInLoop,
  llamacpp16BitWeights,
  llmClientPerRequest,
  llmConstantPrompt,
  llmForExactTask,
  llmHighReasoningEffort,
  llmLoopWithoutBatch,
  llmNoOutputCap,
  llmOversizedForTask,
  llmPromptCacheUnused,
  llmStackedRetries,
  llmStreamNotCancelled,
  llmUnboundedAgentLoop,
  llmUnboundedRetry,
  llmUnstablePrefix,
  llmUnusedChoices,
  lossReadEveryStep,
  modelDownloadNotCached,
  modelLoadPerCall,
  modelSwitchNotReleased,
  ollamaUnloadEachCall,
  onnxExportUnquantised,
  onnxQuantisedFileUnused,
  optimizerNotFused,
  optunaNoPruner,
  ortGraphOptimizationOff,
  ortWebInNode,
  ortWebWasmOnly,
  ortWebglProvider,
  oversizedCheckpoint,
  pandasApplyAxis1,
  pandasConcatInLoop,
  pandasCsvInsteadOfParquet,
  pandasIterrows,
  quadraticListFlatten,
  quantLegacyLoadInKwarg,
  quantisationRaisesEnergy,
  reactModelLoadInEffect,
  runningLossKeepsGraph,
  sagemakerEndpointLeftRunning,
  sagemakerNoSpot,
  sentenceTransformersFloat32,
  serverWorkersDuplicateGpuModel,
  sklearnExhaustiveGrid,
  sklearnGbdtNotHistogram,
  sklearnMlpNoEarlyStopping,
  sklearnPredictInLoop,
  sklearnPredictTwice,
  sklearnRepeatedCrossVal,
  sklearnSingleCore,
  sklearnSvcProbability,
  sparseToDenseForReduction,
  streamlitUncachedData,
  tensorCreatedOnCpu,
  tensorFromNestedArrays,
  tfdataBatchOfOne,
  tfdataMapSequential,
  tfjsCpuBackend,
  tfjsDebugMode,
  tfjsNoEarlyStopping,
  tfjsNodePlain,
  tfjsPredictOneByOne,
  tfjsSyncReadInLoop,
  tfjsTensorLeak,
  tfliteNoOptimizations,
  tokenizerItemLoop,
  tokenizerPerCall,
  torchDataloaderInEpochLoop,
  torchDataloaderNoPinMemory,
  torchDataloaderNoWorkers,
  torchDataloaderNotPersistent,
  torchDataparallel,
  torchTf32Off,
  trainFromScratch,
  transformersjsDefaultFp32,
  transformersjsExplicitFp32,
  transformersjsQuantizedIgnored,
  transformersjsV2Unquantised,
  transformersjsWebgpuFp32,
  unquantisedLlm,
  usageNotRecorded,
  vectorIndexPerRequest,
  vectorsInJson,
  vectorstoreRebuilt,
  webllmF32Build,
  zeroShotManyLabels,
];
