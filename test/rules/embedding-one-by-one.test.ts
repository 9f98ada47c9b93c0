import assert from 'node:assert/strict';
import { ExampleAnalyser } from './support/analyseExample.ts';

const RULE = 'embedding-one-by-one';

describe('embedding-one-by-one', () => {
  let analyser: ExampleAnalyser;
  before(async () => {
    analyser = await ExampleAnalyser.create();
  });

  const count = (language: string, text: string): number => analyser.findings(RULE, language, text, new Map()).length;

  const clients: readonly (readonly [string, string, string])[] = [
    ['OpenAI', "import OpenAI from 'openai';\nconst c = new OpenAI();", 'c.embeddings.create({ model, input: text })'],
    [
      'named OpenAI',
      "import { OpenAI as Api } from 'openai';\nconst c = new Api();",
      'c.embeddings.create({ model, input: [text] })',
    ],
    [
      'Azure',
      "import { AzureOpenAI } from 'openai';\nconst c = new AzureOpenAI();",
      'c.embeddings.create({ model, input: text })',
    ],
    [
      'required OpenAI',
      "const OpenAI = require('openai');\nconst c = new OpenAI();",
      'c.embeddings.create({ model, input: text })',
    ],
    [
      'OpenAI 3',
      "const { Configuration, OpenAIApi } = require('openai');\nconst c = new OpenAIApi(new Configuration({}));",
      'c.createEmbedding({ model, input: text })',
    ],
    [
      'Mistral',
      "import { Mistral } from '@mistralai/mistralai';\nconst c = new Mistral({});",
      'c.embeddings.create({ model, inputs: [text] })',
    ],
    [
      'Cohere',
      "import { CohereClientV2 } from 'cohere-ai';\nconst c = new CohereClientV2({});",
      "c.embed({ model, texts: [text], inputType: 'search_document' })",
    ],
    ['Ollama', "import { Ollama } from 'ollama';\nconst c = new Ollama();", 'c.embeddings({ model, prompt: text })'],
    [
      'Google',
      "import { GoogleGenAI } from '@google/genai';\nconst c = new GoogleGenAI({});",
      "c.models.embedContent({ model: 'gemini-embedding-001', contents: text })",
    ],
    ['AI SDK namespace', "import * as ai from 'ai';", 'ai.embed({ model, value: text })'],
    [
      'Hugging Face Inference',
      "import { InferenceClient } from '@huggingface/inference';\nconst c = new InferenceClient();",
      'c.featureExtraction({ model, inputs: text })',
    ],
  ];
  for (const [name, head, call] of clients) {
    it(`sees the client of ${name}`, () => {
      const loop = `export async function run(texts, model) {\n  for (const text of texts) await save(await ${call});\n}\n`;
      assert.equal(count('js', `${head}\n\n${loop}`), 1);
      const map = `export const run = (texts, model) => Promise.all(texts.map((text) => ${call}));\n`;
      assert.equal(count('js', `${head}\n\n${map}`), 1);
      const once = `export const run = (text, model) => ${call};\n`;
      assert.equal(count('js', `${head}\n\n${once}`), 0);
    });
  }

  it('follows two wrappers down to the request', () => {
    const text = [
      'from openai import OpenAI',
      '',
      'client = OpenAI()',
      '',
      '',
      'def request(text):',
      '    return client.embeddings.create(model="text-embedding-3-small", input=text).data[0].embedding',
      '',
      '',
      'def embed(text):',
      '    return request(text)',
      '',
      '',
      'def index(documents):',
      '    return {document.id: embed(document.text) for document in documents}',
      '',
    ].join('\n');
    assert.equal(count('python', text), 1);
  });

  it('takes a list parameter of a wrapper for a batch', () => {
    const text = [
      "import OpenAI from 'openai';",
      'const client = new OpenAI();',
      '',
      'async function embed(texts: string[]) {',
      "  return client.embeddings.create({ model: 'm', input: texts });",
      '}',
      '',
      'export async function run(pages: string[][]) {',
      '  for (const page of pages) await embed(page);',
      '}',
      '',
    ].join('\n');
    assert.equal(count('ts', text), 0);
  });

  it('stays silent where the result is read as a list', () => {
    const text = [
      'from openai import OpenAI',
      '',
      'client = OpenAI()',
      '',
      '',
      'def run(parts):',
      '    for part in parts:',
      '        response = client.embeddings.create(model="m", input=part)',
      '        for row in response.data:',
      '            save(row.embedding)',
      '',
    ].join('\n');
    assert.equal(count('python', text), 0);
  });

  const adviceOf = (head: string, call: string): string | undefined =>
    analyser.findings(
      RULE,
      'ts',
      `${head}\nexport async function all(texts: string[]) {\n  for (const text of texts) console.log(await ${call});\n}\n`,
      new Map(),
    )[0]?.message.advice;
  const load = (task: string, device: string): string =>
    `import { pipeline } from '@huggingface/transformers';\nconst run = await pipeline('${task}', 'Xenova/model', { device: '${device}', dtype: 'q8' });`;

  for (const model of ['gemini-embedding-001', 'gemini-embedding-2']) {
    it(`advises a list of contents for ${model}, not of strings`, () => {
      const head = "import { GoogleGenAI } from '@google/genai';\nconst ai = new GoogleGenAI({ apiKey });";
      const advice = adviceOf(head, `ai.models.embedContent({ model: '${model}', contents: text })`);
      assert.match(advice ?? '', /parts: \[\{ text \}\].*not of plain strings/);
    });
  }

  it('advises batchEmbedContents for the older SDK of Google', () => {
    const head =
      "import { GoogleGenerativeAI } from '@google/generative-ai';\nconst model = new GoogleGenerativeAI(key).getGenerativeModel({ model: 'text-embedding-004' });";
    assert.match(adviceOf(head, 'model.embedContent(text)') ?? '', /batchEmbedContents\(\{ requests \}\)/);
  });

  const tasks: readonly (readonly [string, string, string, boolean])[] = [
    ['summarization', 'webgpu', 'run(text)', true],
    ['translation', 'webgpu', "run(text, { src_lang: 'en', tgt_lang: 'fr' })", true],
    ['translation', 'webgpu', 'run(text, { streamer })', false],
    ['translation', 'wasm', 'run(text)', false],
    ['zero-shot-classification', 'webgpu', 'run(text, labels)', false],
    ['automatic-speech-recognition', 'webgpu', 'run(text)', false],
  ];
  for (const [task, device, call, isAdvised] of tasks) {
    it(`${isAdvised ? 'advises' : 'does not advise'} a list for ${task} on ${device}: ${call}`, () => {
      assert.equal(adviceOf(load(task, device), call) !== undefined, isAdvised);
    });
  }
});
