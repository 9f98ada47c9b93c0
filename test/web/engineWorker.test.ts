import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { rules } from '../../rules/registry.ts';
import type { AnalysisInput, AnalysisResult, AnalysisSettings } from '../../src/core/engine/analysis.ts';
import { Analyzer } from '../../src/core/engine/analyzer.ts';
import type { Finding } from '../../src/core/engine/finding.ts';
import { NO_DECLARED_VERSIONS } from '../../src/core/semantics/declaredVersions.ts';
import { type PackedRequest, RequestPacker } from '../../src/host/packedRequest.ts';
import { workerScript } from '../../src/host/web/moduleScript.ts';
import type { WebWorker } from '../../src/host/web/webWorkerScope.ts';
import { builtinProfile } from '../../src/knowledge/hardware/builtinProfiles.ts';
import { loadParsers } from '../support/programOf.ts';

const TEXTS: readonly (AnalysisInput & { readonly kind: 'file' })[] = [
  {
    kind: 'file',
    path: 'app.py',
    language: 'python',
    text: 'from fastapi import FastAPI\nimport joblib\napp = FastAPI()\n@app.post("/x")\ndef f(x):\n    return joblib.load("m.pkl").predict(x)\n',
  },
  {
    kind: 'file',
    path: 'app/api/x/route.ts',
    language: 'typescript',
    text: "import { pipeline } from '@huggingface/transformers';\nexport async function POST(r: Request) {\n  const p = await pipeline('feature-extraction', 'Xenova/all-MiniLM-L6-v2', { dtype: 'q8' });\n  return Response.json(await p(await r.text()));\n}\n",
  },
];

/** The built worker of the browser bundle in a real browser, without VS Code around it. Needs `dist`. */
describe('the engine in a browser', () => {
  let browser: Browser;

  before(async () => {
    const { findChromium, launchOptions } = await import(pathToFileURL(path.resolve('scripts/host/chromium.mjs')).href);
    browser = await chromium.launch({ ...launchOptions, executablePath: await findChromium() });
  });

  after(() => browser?.close());

  it('gives the findings of Node', async () => {
    const profile = builtinProfile('nvidia-l4');
    assert.ok(profile);
    const settings: AnalysisSettings = {
      tier: 'recommended',
      rules: {},
      smallestSavingKwh: 0,
      profile,
      environment: { versions: NO_DECLARED_VERSIONS, runtime: { kind: 'known', value: 'node' } },
    };
    const parts = await Promise.all([
      builtWorker(),
      ...['web-tree-sitter', 'tree-sitter-python', 'tree-sitter-typescript', 'tree-sitter-tsx'].map((name) =>
        readFile(`dist/grammars/${name}.wasm`, 'base64'),
      ),
    ]);
    const page = await browser.newPage();
    const packer = new RequestPacker();
    const requests = TEXTS.map((input, id) => packer.pack({ id, kind: 'analyze', input, settings }));
    const found = await page.evaluate(analyzeInWorker, { parts, requests });
    const analyzer = new Analyzer({ parsers: await loadParsers(), rules });
    const expected = TEXTS.map((input) => analyzer.analyze(input, settings).findings);
    assert.ok(expected.every((findings) => findings.length > 0));
    assert.deepEqual(
      found.map(({ findings }) => rounded(findings)),
      expected.map(rounded),
    );
  });
});

async function builtWorker(): Promise<string> {
  const { webEngineWorker }: { readonly webEngineWorker: readonly string[] } = JSON.parse(
    await readFile('dist/web/files.json', 'utf8'),
  );
  return workerScript(
    await Promise.all(webEngineWorker.map(async (path) => ({ path, text: await readFile(`dist/${path}`, 'utf8') }))),
  );
}

/** `Math.exp` and `Math.log` may differ in the last digit between the versions of V8. */
function rounded(findings: readonly Finding[]): unknown {
  const text = JSON.stringify(findings, (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(9)) : value,
  );
  return JSON.parse(text);
}

declare const Worker: new (url: string) => WebWorker;

interface PageInput {
  readonly parts: readonly string[];
  readonly requests: readonly PackedRequest[];
}

/** Runs in the page, so it can use nothing from outside itself. */
async function analyzeInWorker({ parts, requests }: PageInput): Promise<AnalysisResult[]> {
  const [script = '', ...wasm] = parts;
  const bytes = wasm.map((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  const [runtime, python, typescript, tsx] = bytes;
  if (!runtime || !python || !typescript || !tsx) throw new Error('grammars are missing');
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  const results: AnalysisResult[] = [];
  await new Promise<void>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }) => {
      if (!('result' in data)) return reject(new Error(JSON.stringify(data)));
      results[data.id] = data.result;
      if (results.filter(Boolean).length === requests.length) resolve();
    };
    worker.postMessage({ binaries: { runtime, python, typescript, tsx }, purpose: { kind: 'typing' } });
    for (const request of requests) worker.postMessage(request);
  });
  worker.terminate();
  return results;
}
