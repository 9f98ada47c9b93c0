import assert from 'node:assert/strict';
import { ExampleAnalyser } from './support/analyseExample.ts';
import { applyFix } from './support/applyFix.ts';

describe('Transformers.js rules', () => {
  let analyser: ExampleAnalyser;
  before(async () => {
    analyser = await ExampleAnalyser.create();
  });

  const find = (rule: string, text: string, options: readonly (readonly [string, string])[] = [['runtime', 'node']]) =>
    analyser.findings(rule, 'ts', text, new Map(options));
  const load = (rest: string): string =>
    `import { pipeline } from '@huggingface/transformers';\nexport const p = await pipeline('feature-extraction', 'Xenova/bge-base-en-v1.5'${rest});\n`;

  const devices: readonly (readonly [string, number])[] = [
    ["'cpu'", 1],
    ["'auto'", 1],
    ["'cuda'", 1],
    ["'dml'", 1],
    ['null', 1],
    ["'wasm'", 0],
    ["'webgpu'", 0],
    ['process.env.DEVICE', 0],
  ];
  for (const [device, expected] of devices) {
    it(`default-fp32 gives ${expected} reports for the device ${device} on Node`, () => {
      assert.equal(find('transformersjs-default-fp32', load(`, { device: ${device} }`)).length, expected);
    });
  }

  for (const evidence of [
    "import fs from 'node:fs';",
    "import express from 'express';",
    'console.log(process.argv);',
    'console.log(__dirname);',
  ]) {
    it(`default-fp32 takes \`${evidence}\` for Node`, () => {
      assert.equal(find('transformersjs-default-fp32', `${evidence}\n${load('')}`, []).length, 1);
    });
  }

  for (const evidence of ["'use client';", "import { useState } from 'react';", 'console.log(document.title);']) {
    it(`default-fp32 takes \`${evidence}\` for a browser`, () => {
      assert.equal(find('transformersjs-default-fp32', `${evidence}\n${load('')}`, []).length, 0);
    });
  }

  it('default-fp32 stays silent where evidence speaks for both sides', () => {
    const text = `import fs from 'node:fs';\nconsole.log(typeof document, window.name);\n${load('')}`;
    assert.equal(find('transformersjs-default-fp32', text, []).length, 0);
  });

  it('a missing dtype is reported once, by the rule of the ignored option where there is one', () => {
    const text = load(', { quantized: true }');
    assert.equal(find('transformersjs-default-fp32', text).length, 0);
    assert.equal(find('transformersjs-quantized-ignored', text).length, 1);
  });

  it('a fix that is applied leaves nothing to report for either precision rule', () => {
    const text = load('');
    const [fix] = find('transformersjs-default-fp32', text)[0]?.fixes ?? [];
    assert.ok(fix);
    const fixed = applyFix(text, fix, false);
    for (const rule of ['transformersjs-default-fp32', 'transformersjs-explicit-fp32']) {
      assert.deepEqual(find(rule, fixed), []);
    }
  });

  it('default-fp32 follows properties of a class and a frozen object', () => {
    const text = [
      "import { pipeline } from '@huggingface/transformers';",
      'class Embedder {',
      "  static task = 'feature-extraction' as const;",
      "  static model = 'Xenova/bge-base-en-v1.5';",
      '  static load() {',
      '    return pipeline(this.task, this.model);',
      '  }',
      '}',
      'export { Embedder };',
      '',
    ].join('\n');
    assert.equal(find('transformersjs-default-fp32', text).length, 1);
  });
});
