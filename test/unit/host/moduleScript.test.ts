import assert from 'node:assert/strict';
import { moduleScript, workerScript } from '../../../src/host/web/moduleScript.ts';

const FILES = [
  { path: 'web/shared.js', text: 'exports.count = 0; exports.next = () => ++exports.count; // the end' },
  { path: 'a.js', text: "const { next } = require('./shared.js'); exports.first = next();" },
  {
    path: 'main.js',
    text: "const { first } = require('./a.js'); module.exports = { first, second: require('./shared.js').next(), outer: require('vscode') };",
  },
];

describe('files put together for a browser', () => {
  it('run once each, the last one first, and ask the outside for what is not among them', () => {
    const run = new Function('outer', moduleScript(FILES));
    assert.deepEqual(Reflect.apply(run, undefined, [(name: string) => `outer ${name}`]), {
      first: 1,
      second: 2,
      outer: 'outer vscode',
    });
  });

  it('have nothing outside in a worker', () => {
    assert.throws(() => Reflect.apply(new Function(workerScript(FILES)), undefined, []), /no such module: vscode/);
  });
});
