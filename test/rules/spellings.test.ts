import assert from 'node:assert/strict';
import { ExampleAnalyser, joinCells } from './support/analyseExample.ts';

interface Spelling {
  readonly rule: string;
  /** Absent for Python. */
  readonly language?: 'ts' | 'js';
  readonly name: string;
  readonly text: string;
  readonly options?: Readonly<Record<string, string>>;
}

const OLD = { requires: 'transformers==4.44.0' };
const SERVE = 'for prompt in open("prompts.txt"):\n    model.generate(prompt)\n';

/** The same waste in the spellings that real code has: each must be found. */
const SPELLINGS: readonly Spelling[] = [
  {
    rule: 'full-precision-model-load',
    name: 'module alias, class behind its module path',
    text: `import transformers.models.mistral.modeling_mistral as m\nmodel = m.MistralForCausalLM.from_pretrained("mistralai/Mistral-7B-v0.1").cuda()\n${SERVE}`,
    options: OLD,
  },
  {
    rule: 'full-precision-model-load',
    name: 'keyword for the id, device in an own statement, constants of the module',
    text: `from transformers import AutoModelForCausalLM as Auto\nNAME = "mistralai/Mistral-7B-v0.1"\nDEVICE = "cuda:0"\nmodel = Auto.from_pretrained(pretrained_model_name_or_path=NAME)\nmodel.to(device=DEVICE)\n${SERVE}`,
    options: OLD,
  },
  {
    rule: 'full-precision-model-load',
    name: 'a readable ** mapping without a dtype',
    text: `from transformers import AutoModelForCausalLM\noptions = {"device_map": "auto"}\nmodel = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-v0.1", **options)\n${SERVE}`,
    options: OLD,
  },
  {
    rule: 'full-precision-model-load',
    name: 'an attribute of a service',
    text: 'from transformers import AutoModelForCausalLM\n\nclass Service:\n    def __init__(self):\n        self.model = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-v0.1").to("cuda").eval()\n\n    def answer(self, prompt):\n        return self.model.generate(prompt)\n',
    options: OLD,
  },
  {
    rule: 'full-precision-model-load',
    name: 'served by a pipeline',
    text: 'from transformers import AutoModelForCausalLM, pipeline\nmodel = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-v0.1", device_map="auto")\nwrite = pipeline("text-generation", model=model)\nfor line in open("prompts.txt"):\n    write(line)\n',
    options: OLD,
  },
  {
    rule: 'diffusion-full-precision',
    name: 'device_map, module path',
    text: 'from diffusers.pipelines.auto_pipeline import AutoPipelineForText2Image\npipe = AutoPipelineForText2Image.from_pretrained("stabilityai/stable-diffusion-2-1", device_map="cuda")\nfor line in open("prompts.txt"):\n    pipe(line)\n',
  },
  {
    rule: 'inference-records-gradients',
    name: 'two cells of a notebook',
    text: joinCells([
      'import torch\nnet = torch.load("net.pt")\n',
      'net.eval()\nfor images, labels in test_loader:\n    scores = net(images)\n',
    ]),
    options: { cells: '' },
  },
  {
    rule: 'file-read-in-loop',
    name: 'pathlib, comprehension',
    text: 'from pathlib import Path\nimport pandas as pd\nROOT = Path("data")\nparts = [clean((ROOT / "table.csv").read_text(), name) for name in names]\n',
  },
  {
    rule: 'oversized-checkpoint',
    name: 'keyword task and model, a class of langchain',
    text: 'from langchain_huggingface import HuggingFaceEmbeddings as Embeddings\nembeddings = Embeddings(model_name="BAAI/bge-large-en-v1.5")\nstore = build(embeddings)\n',
  },
  {
    rule: 'unquantised-llm',
    name: 'module alias, dtype given',
    text: `import torch as t\nimport transformers as hf\nmodel = hf.AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B-Instruct", torch_dtype=t.bfloat16, device_map="auto")\n${SERVE}`,
  },
  {
    rule: 'bnb-4bit-float32-compute',
    name: 'positional flag, in the call that loads',
    text: 'import transformers\nmodel = transformers.AutoModelForCausalLM.from_pretrained("x", quantization_config=transformers.BitsAndBytesConfig(False, True))\n',
  },
  {
    rule: 'quantisation-raises-energy',
    name: 'configuration given in place',
    text: `from transformers import AutoModelForCausalLM, BitsAndBytesConfig as Bits\nmodel = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-v0.1", quantization_config=Bits(load_in_8bit=True))\n${SERVE}`,
  },
  {
    rule: 'hf-datasets-cache-disabled',
    name: 'constant of the module, filter',
    text: 'import datasets as ds\nCACHE = False\ndata = ds.load_dataset("imdb").filter(keep, load_from_cache_file=CACHE)\n',
  },
  {
    rule: 'tflite-no-optimizations',
    name: 'compat path',
    text: 'import tensorflow.compat.v2 as tf\nconverter = tf.lite.TFLiteConverter.from_saved_model("saved")\nmodel = converter.convert()\n',
  },
  {
    rule: 'sklearn-svc-probability',
    name: 'private module path',
    text: 'from sklearn.svm._classes import SVC as Classifier\nmodel = Classifier(C=2.0, probability=True)\nmodel.fit(X, y)\nprint(model.predict(X))\n',
  },
  {
    rule: 'keras-predict-in-loop',
    name: 'stand-alone keras, variable made in the loop',
    text: 'import keras\nimport numpy as np\nmodel = keras.saving.load_model("model.keras")\nfor row in rows:\n    x = np.expand_dims(row, axis=0)\n    print(model.predict(x=x) if False else model.predict(x))\n',
  },
  {
    rule: 'diffusers-excess-steps',
    name: 'keyword prompt, two cells',
    text: joinCells([
      'import diffusers\npipe = diffusers.StableDiffusionPipeline.from_pretrained("stable-diffusion-v1-5/stable-diffusion-v1-5").to("cuda")\n',
      'pipe(prompt="a lighthouse", num_inference_steps=75)\n',
    ]),
    options: { cells: '' },
  },
  {
    rule: 'tfjs-cpu-backend',
    language: 'ts',
    name: 'TensorFlow.js as a default import',
    text: "import tf from '@tensorflow/tfjs';\ntf.setBackend('cpu');\nconst model = await tf.loadGraphModel('/model.json');\nexport const run = (x) => model.predict(x);\n",
  },
  {
    rule: 'tensor-from-nested-arrays',
    language: 'ts',
    name: 'TensorFlow.js as the default among names',
    text: "import { default as tf } from '@tensorflow/tfjs-node';\nexport const all = (images) => images.map((image) => tf.tensor2d(image.map((row) => row.map((value) => value / 255))));\n",
    options: { tier: 'strict' },
  },
  {
    rule: 'ort-web-wasm-only',
    language: 'ts',
    name: 'ONNX Runtime as a default import',
    text: "import ort from 'onnxruntime-web';\ndocument.title = 'x';\nexport const session = await ort.InferenceSession.create('/models/sam_vit_h.onnx');\n",
    options: { tier: 'strict' },
  },
  {
    rule: 'onnx-quantised-file-unused',
    language: 'js',
    name: 'ONNX Runtime as a default import, path as a default import',
    text: "import ort from 'onnxruntime-node';\nimport path from 'path';\nconst session = await ort.InferenceSession.create(path.join(import.meta.dirname, 'encoder.onnx'));\n",
    options: { files: 'encoder.onnx:90e6,encoder_int8.onnx:23e6' },
  },
  {
    rule: 'llm-loop-without-batch',
    language: 'ts',
    name: 'a default and the whole module, the client from the module',
    text: "import OpenAI, * as openai from 'openai';\nconst client = new openai.OpenAI();\nexport async function label(rows: string[], type: typeof OpenAI) {\n  const found = [];\n  for (const row of rows) found.push(await client.chat.completions.create({ model: 'gpt-4.1', messages: [{ role: 'user', content: row }] }));\n  return found;\n}\n",
    options: { tier: 'strict' },
  },
  {
    rule: 'tokenizer-per-call',
    language: 'ts',
    name: 'tiktoken as a default import',
    text: "import express from 'express';\nimport tiktoken from 'tiktoken';\nconst app = express();\napp.post('/count', (req, res) => {\n  const encoding = tiktoken.get_encoding('cl100k_base');\n  res.json(encoding.encode(req.body.text).length);\n});\n",
  },
];

describe('spellings of one waste', () => {
  let analyser: ExampleAnalyser;
  before(async () => {
    analyser = await ExampleAnalyser.create();
  });

  for (const { rule, language = 'python', name, text, options } of SPELLINGS) {
    it(`${rule}: ${name}`, () => {
      const findings = analyser.findings(rule, language, text, new Map(Object.entries(options ?? {})));
      assert.ok(findings.length > 0, text);
    });
  }
});
