import assert from 'node:assert/strict';
import { parseEngine } from '../../../src/cli/estimate/engineName.ts';
import { findDevice } from '../../../src/knowledge/hardware/findDevice.ts';

/** Spellings of published tables, drivers, clouds and people, and the device that is meant. */
const DEVICES: readonly (readonly [string, string, number?])[] = [
  ['B200-SXM-180GB', 'NVIDIA B200 SXM'],
  ['H100-SXM-80GB', 'NVIDIA H100 SXM5 80GB'],
  ['A100-SXM-40GB', 'NVIDIA A100 SXM4 40GB'],
  ['A100-SXM-80GB (8-GPU node, 1 used)', 'NVIDIA A100 SXM4 80GB'],
  ['V100-SXM-16GB', 'NVIDIA V100 SXM2 16GB'],
  ['V100-PCIe/SXM2', 'NVIDIA V100 SXM2 16GB'],
  ['V100', 'NVIDIA V100 SXM2 16GB'],
  ['A40-PCIe-48GB', 'NVIDIA A40'],
  ['Quadro RTX 6000 24GB', 'NVIDIA Quadro RTX 6000'],
  ['Quadro RTX 6000/8000', 'NVIDIA Quadro RTX 6000'],
  ['Spark', 'NVIDIA GB10 (DGX Spark)'],
  ['Apple M2 (MacBook Pro)', 'Apple M2'],
  ['MacBook Pro M1', 'Apple M1'],
  ['a100_sxm_bf16', 'NVIDIA A100 SXM4 80GB'],
  ['a40_bf16', 'NVIDIA A40'],
  ['H200-SXM-141GB', 'NVIDIA H200 SXM 141GB'],
  ['L40S-PCIe-48GB', 'NVIDIA L40S'],
  ['MI300X-OAM-192GB', 'AMD Instinct MI300X'],
  ['NVIDIA H100 80GB HBM3', 'NVIDIA H100 SXM5 80GB'],
  ['NVIDIA A100 80GB PCIe', 'NVIDIA A100 PCIe 80GB'],
  ['Tesla T4', 'NVIDIA T4'],
  ['8xH100', 'NVIDIA H100 SXM5 80GB', 8],
  ['4 x A100-SXM-80GB', 'NVIDIA A100 SXM4 80GB', 4],
  ['RTX2080Ti', 'NVIDIA RTX 2080 Ti'],
  ['NVIDIA GeForce RTX 4070 Laptop GPU', 'NVIDIA RTX 4070 Laptop'],
  ['NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition', 'NVIDIA RTX PRO 6000 Blackwell Max-Q'],
  ['Intel(R) UHD Graphics 620', 'Intel UHD Graphics 620'],
  ['Intel(R) Iris(R) Xe Graphics', 'Intel Iris Xe Graphics'],
  ['Gaudi2', 'Intel Gaudi 2'],
  ['trn1.32xlarge', 'AWS Trainium1', 16],
  ['ml.g5.12xlarge', 'NVIDIA A10G', 4],
  ['NC6s v3', 'NVIDIA V100 PCIe 16GB'],
  ['Standard_NC24ads_A100_v4', 'NVIDIA A100 PCIe 80GB'],
  ['a3-highgpu-8g', 'NVIDIA H100 SXM5 80GB', 8],
  ['AMD EPYC 7742 64-Core Processor', 'AMD EPYC 7742'],
  ['Intel(R) Xeon(R) Platinum 8380 CPU @ 2.30GHz', 'Intel Xeon Platinum 8380'],
  ['Intel(R) Core(TM) i5-7300U CPU @ 2.60GHz', 'Intel Core i5-7300U'],
];

const ENGINES: readonly (readonly [string, string, string?])[] = [
  ['vLLM', 'vllm'],
  ['vllm', 'vllm'],
  ['vLLM 0.5.4', 'vllm', '0.5.4'],
  ['vllm v0.10.1', 'vllm', '0.10.1'],
  ['xDiT', 'diffusers'],
  ['diffusers', 'diffusers'],
  ['HF transformers (FastChat)', 'hf'],
  ['HF transformers/diffusers', 'hf'],
  ['hf', 'hf'],
  ['llamacpp', 'llama.cpp'],
  ['llama.cpp', 'llama.cpp'],
  ['ollama', 'llama.cpp'],
  ['SGLang 0.4', 'vllm'],
  ['TGI', 'vllm'],
  ['TensorRT-LLM', 'vllm'],
  ['MLX', 'llama.cpp'],
  ['ExLlamaV2', 'llama.cpp'],
  ['transformers.js', 'onnxruntime'],
  ['onnxruntime-web', 'ort-web-wasm'],
  ['onnxruntime', 'onnxruntime'],
  ['pytorch', 'torch'],
];

describe('spellings of hardware', () => {
  for (const [text, name, count] of DEVICES) {
    it(text, () => {
      const found = findDevice(text);
      assert.equal(found?.device.name, name);
      assert.equal(found?.count, count ?? 1);
    });
  }

  it('says that a laptop chip is not the desktop card, and widens', () => {
    assert.equal(findDevice('NVIDIA GeForce RTX 2080 Laptop GPU')?.isGuess, true);
    assert.notEqual(findDevice('NVIDIA RTX PRO 6000 Blackwell Max-Q')?.isGuess, true);
  });

  it('knows a processor by its power alone, says so and widens', () => {
    const found = findDevice('Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz');
    assert.deepEqual([found?.device.tdpWatts, found?.device.class, found?.isGuess], [205, 'server', true]);
    assert.match(found?.assumption ?? '', /only the power is known/);
  });

  it('knows nothing of words that name no chip', () => {
    for (const text of ['toaster', 'cuda', '', '7', 'core', 'Intel', 'unknown accelerator'])
      assert.equal(findDevice(text)?.device.name, undefined, text);
  });
});

describe('spellings of engines', () => {
  for (const [text, engine, version] of ENGINES) {
    it(text, () => assert.deepEqual(parseEngine(text), { engine, ...(version === undefined ? {} : { version }) }));
  }
});
