import assert from 'node:assert/strict';
import { agreedMachine } from '../../../src/core/evidence/machineEvidence.ts';
import { isDeploymentFile, readDeployment } from '../../../src/core/evidence/readDeployment.ts';

describe('machines that deployment files describe', () => {
  /** `kind chip × count`, one per statement of the file. */
  const told = (path: string, text: string): string =>
    readDeployment(path, text)
      .map(({ kind, chip, count }) =>
        [kind, chip, count === undefined ? undefined : `×${count}`].filter(Boolean).join(' '),
      )
      .join(', ');

  const gpuDevices = (count: string): string =>
    `services:\n  api:\n    build: .\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              count: ${count}\n              capabilities: [gpu]\n`;
  const pod = (resources: string, more = ''): string =>
    `apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n${more}      containers:\n        - name: a\n          resources:\n            limits:\n${resources}`;

  const files: readonly (readonly [string, string, string, string])[] = [
    ['CUDA base image', 'Dockerfile', 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\n', 'gpu'],
    ['PyTorch base image', 'Dockerfile', 'FROM pytorch/pytorch:2.3.0-cuda12.1-cudnn8-runtime\n', 'gpu'],
    ['TensorFlow GPU tag', 'Dockerfile', 'FROM tensorflow/tensorflow:2.16.1-gpu\n', 'gpu'],
    ['TensorFlow plain tag', 'Dockerfile', 'FROM tensorflow/tensorflow:2.16.1\n', 'cpu'],
    ['a plain Python image says nothing', 'Dockerfile', 'FROM python:3.12-slim\nCOPY . .\n', ''],
    ['the last stage decides', 'Dockerfile', 'FROM nvidia/cuda:12 AS build\nFROM python:3.12-slim\n', ''],
    ['a stage of a stage', 'Dockerfile', 'FROM nvidia/cuda:12 AS base\nFROM base\n', 'gpu'],
    [
      'CPU wheels',
      'Dockerfile',
      'FROM python:3.12\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu\n',
      'cpu',
    ],
    ['a commented line', 'Dockerfile', '# FROM nvidia/cuda:12\nFROM python:3.12\n', ''],
    ['Lambda image', 'api.Dockerfile', 'FROM public.ecr.aws/lambda/python:3.12\n', 'cpu'],
    ['hidden devices', 'Dockerfile', 'FROM python:3.12\nENV CUDA_VISIBLE_DEVICES=""\n', 'cpu'],
    ['compose devices', 'docker-compose.yml', gpuDevices('1'), 'gpu ×1'],
    ['compose all devices', 'compose.yaml', gpuDevices('all'), 'gpu'],
    ['compose gpus', 'compose.yaml', 'services:\n  a:\n    build: .\n    gpus: all\n', 'gpu'],
    ['compose runtime', 'docker-compose.gpu.yml', 'services:\n  a:\n    image: x\n    runtime: nvidia\n', 'gpu'],
    [
      'compose without a GPU',
      'docker-compose.yml',
      'services:\n  a:\n    build: .\n  db:\n    image: postgres\n',
      'cpu',
    ],
    ['compose of ready images says nothing', 'docker-compose.yml', 'services:\n  db:\n    image: postgres\n', ''],
    ['Kubernetes GPU limit', 'k8s/deployment.yaml', pod('              nvidia.com/gpu: 2\n'), 'gpu ×2'],
    [
      'Kubernetes node selector',
      'deploy.yaml',
      pod(
        '              nvidia.com/gpu: 1\n',
        '      nodeSelector:\n        cloud.google.com/gke-accelerator: nvidia-tesla-t4\n',
      ),
      'gpu nvidia-tesla-t4 ×1',
    ],
    ['Kubernetes limits without a GPU', 'deployment.yaml', pod('              memory: 2Gi\n'), 'cpu'],
    ['other YAML', 'config.yaml', 'model: a\n', ''],
    ['Serverless Framework', 'serverless.yml', 'service: a\nprovider:\n  name: aws\n  runtime: python3.12\n', 'cpu'],
    ['SAM template', 'template.yaml', 'Resources:\n  F:\n    Type: AWS::Serverless::Function\n', 'cpu'],
    ['Vercel', 'vercel.json', '{"functions": {}}', 'cpu'],
    ['Fly with a GPU', 'fly.toml', 'app = "a"\n[[vm]]\n  size = "a100-40gb"\n', 'gpu a100 40gb'],
    ['Fly without one', 'fly.toml', 'app = "a"\n[[vm]]\n  size = "shared-cpu-1x"\n', 'cpu'],
    ['cog', 'cog.yaml', 'build:\n  gpu: true\n', 'gpu'],
    ['SkyPilot', 'sky.yaml', 'resources:\n  accelerators: A100:4\n', 'gpu A100 ×4'],
    ['Slurm', 'train.sbatch', '#!/bin/bash\n#SBATCH --gres=gpu:a100:2\n', 'gpu a100 ×2'],
    ['local version cpu', 'requirements.txt', 'torch==2.3.0+cpu\n', 'cpu'],
    [
      'wheel with an escaped plus',
      'requirements.txt',
      'https://example.org/torch-2.1.0%2Bcpu-cp311-linux_x86_64.whl\n',
      'cpu',
    ],
    ['extra index cpu', 'requirements.txt', '--extra-index-url https://download.pytorch.org/whl/cpu\ntorch\n', 'cpu'],
    ['local version cuda', 'requirements-gpu.txt', 'torch==2.3.0+cu121\n', 'gpu'],
    ['GPU package', 'requirements.txt', 'onnxruntime-gpu==1.18\n', 'gpu'],
    ['plain requirements', 'requirements.txt', 'torch==2.3.0\n# onnxruntime-gpu\n', ''],
    [
      'uv index',
      'pyproject.toml',
      '[[tool.uv.index]]\nname = "cpu"\nurl = "https://download.pytorch.org/whl/cpu"\n',
      'cpu',
    ],
    ['a broken file says nothing', 'docker-compose.yml', 'services: [\n', ''],
    ['a template says nothing', 'deployment.yaml', 'apiVersion: v1\nx: {{ .Values.a }}\n', ''],
  ];
  for (const [title, path, text, expected] of files) it(title, () => assert.equal(told(path, text), expected));

  it('name the line that says it', () => {
    const [found] = readDeployment('deploy/Dockerfile', '\nFROM nvidia/cuda:12\n');
    assert.deepEqual(found?.from, {
      path: 'deploy/Dockerfile',
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 19 } },
      text: 'FROM nvidia/cuda:12',
    });
  });

  it('count together only where they agree', () => {
    const cpu = readDeployment('requirements.txt', 'torch==2.3.0+cpu\n');
    const gpu = readDeployment('Dockerfile', 'FROM nvidia/cuda:12\n');
    const named = readDeployment('sky.yaml', 'resources:\n  accelerators: A100:4\n');
    assert.equal(agreedMachine([]), undefined);
    assert.equal(agreedMachine([...cpu, ...gpu]), undefined);
    assert.equal(agreedMachine([...gpu, ...named])?.chip, 'A100');
  });

  it('are told by their names', () => {
    for (const name of [
      'Dockerfile',
      'Dockerfile.gpu',
      'api.dockerfile',
      'compose.yml',
      'Procfile',
      'requirements-dev.txt',
    ])
      assert.ok(isDeploymentFile(name), name);
    for (const name of ['main.py', 'notes.txt', 'package.json']) assert.ok(!isDeploymentFile(name), name);
  });
});
