import assert from 'node:assert/strict';
import { ExampleAnalyser } from './support/analyseExample.ts';
import { applyFix } from './support/applyFix.ts';

const RULE = 'model-load-per-call';

describe('model-load-per-call', () => {
  let analyser: ExampleAnalyser;
  before(async () => {
    analyser = await ExampleAnalyser.create();
  });

  const find = (language: string, text: string, path?: string) =>
    analyser.findings(RULE, language, text, new Map(path === undefined ? [] : [['path', path]]));

  const importSpellings: readonly (readonly [string, string, string])[] = [
    ['named import', "import { pipeline } from '@huggingface/transformers';", 'pipeline'],
    ['alias', "import { pipeline as load } from '@huggingface/transformers';", 'load'],
    ['namespace', "import * as hf from '@huggingface/transformers';", 'hf.pipeline'],
    ['await import()', "const { pipeline } = await import('@huggingface/transformers');", 'pipeline'],
    ['CDN', "import { pipeline } from 'https://cdn.jsdelivr.net/npm/@huggingface/transformers@3.8.1';", 'pipeline'],
    ['Deno', "import { pipeline } from 'npm:@huggingface/transformers@3.8.1';", 'pipeline'],
    ['version 2', "import { pipeline } from '@xenova/transformers';", 'pipeline'],
    ['onnxruntime-web', "import * as ort from 'onnxruntime-web/webgpu';", 'ort.InferenceSession.create'],
    ['default import', "import ort from 'onnxruntime-node';", 'ort.InferenceSession.create'],
    ['tfjs', "import { loadGraphModel } from '@tensorflow/tfjs';", 'loadGraphModel'],
    ['MediaPipe', "import { FaceDetector } from '@mediapipe/tasks-vision';", 'FaceDetector.createFromModelPath'],
    ['WebLLM', "import { CreateMLCEngine } from '@mlc-ai/web-llm';", 'CreateMLCEngine'],
  ];
  for (const [name, line, callee] of importSpellings) {
    it(`follows a ${name}`, () => {
      const text = `${line}\n\nexport async function POST() {\n  const model = await ${callee}('m');\n  return Response.json(String(model));\n}\n`;
      assert.equal(find('ts', text, 'app/api/run/route.ts').length, 1);
    });
  }

  const handlers: readonly (readonly [string, string])[] = [
    ['Next pages', 'export default async function handler(req, res) {\n  BODY\n}\n'],
    ['Lambda', 'export const handler = async (event) => {\n  BODY\n};\n'],
    ['Worker', 'export default {\n  async fetch(request) {\n    BODY\n  },\n};\n'],
  ];
  for (const [name, code] of handlers) {
    it(`knows a handler of ${name}`, () => {
      const body = "const session = await ort.InferenceSession.create('m.onnx');\n  return session.run({});";
      const text = `import * as ort from 'onnxruntime-node';\n\n${code.replace('BODY', body)}`;
      const path = name === 'Next pages' ? 'pages/api/run.js' : name === 'Lambda' ? 'lambda/run.js' : 'worker/index.js';
      assert.equal(find('js', text, path).length, 1);
    });
  }

  it('keeps line ends and indentation of the file in a fix', () => {
    const text = [
      'from sentence_transformers import SentenceTransformer',
      '',
      'def embed(paths):',
      '\tfor path in paths:',
      '\t\tmodel = SentenceTransformer(',
      '\t\t\t"all-MiniLM-L6-v2",',
      '\t\t)',
      '\t\tprint(model.encode(open(path).read()))',
      '',
    ].join('\r\n');
    const [finding] = find('python', text);
    const [fix] = finding?.fixes ?? [];
    assert.ok(fix);
    const lines = [
      'from sentence_transformers import SentenceTransformer',
      '',
      'def embed(paths):',
      '\tmodel = SentenceTransformer(',
      '\t\t"all-MiniLM-L6-v2",',
      '\t)',
      '\tfor path in paths:',
      '\t\tprint(model.encode(open(path).read()))',
      '',
    ];
    assert.equal(applyFix(text, fix, false), lines.join('\r\n'));
  });

  it('does not move a load whose name the loop binds twice', () => {
    const text = [
      'from sentence_transformers import SentenceTransformer',
      '',
      'for path in paths:',
      '    model = SentenceTransformer("all-MiniLM-L6-v2")',
      '    vector = model.encode(path)',
      '    model = None',
      '',
    ].join('\n');
    const [finding] = find('python', text);
    assert.deepEqual(finding?.fixes, []);
  });

  it('offers no fix where the arguments are local to the handler', () => {
    const text = [
      'from fastapi import FastAPI',
      'from transformers import pipeline',
      '',
      'app = FastAPI()',
      '',
      '',
      '@app.get("/run")',
      'def run(text: str):',
      '    name = "distilbert-base-uncased"',
      '    return pipeline("fill-mask", model=name)(text)',
      '',
    ].join('\n');
    const [finding] = find('python', text);
    assert.ok(finding);
    assert.deepEqual(finding.fixes, []);
  });

  it('names the calls between the handler and the load', () => {
    const text = [
      'import joblib',
      'from flask import Flask',
      '',
      'app = Flask(__name__)',
      '',
      '',
      'def read():',
      '    return joblib.load("m.joblib")',
      '',
      '',
      'def predict(value):',
      '    return read().predict([value])',
      '',
      '',
      '@app.route("/<int:value>")',
      'def handler(value):',
      '    return str(predict(value))',
      '',
    ].join('\n');
    const [finding] = find('python', text);
    const lines = finding?.related.map(({ location, message }) => `${location.range.start.line + 1} ${message}`);
    assert.deepEqual(lines, ['12 Called from here', '17 Called from here', '16 Runs for every request (flask)']);
  });
});
