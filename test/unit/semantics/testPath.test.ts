import assert from 'node:assert/strict';
import { isTestOrBenchmark } from '../../../src/core/semantics/testPath.ts';

describe('test and benchmark paths', () => {
  const tests = [
    'tests/a.py',
    'a/test_x.py',
    'x_test.py',
    'conftest.py',
    'src/a.test.ts',
    'a.spec.tsx',
    'gan_test.js',
    'benchmarks/x.ts',
    'bench/embed.ts',
    'src/benchmark.ts',
    'src/encoder-benchmark.mjs',
    '__tests__/a.js',
  ];
  for (const path of tests) it(`is one: ${path}`, () => assert.ok(isTestOrBenchmark(path)));
  const others = [
    'src/contest.py',
    'app/latest.ts',
    'testimonials.py',
    'attest/a.ts',
    'protest_map.js',
    'test.py',
    'src/workbench/a.ts',
    'src/benchmarkResults.ts',
  ];
  for (const path of others) it(`is none: ${path}`, () => assert.equal(isTestOrBenchmark(path), false));
});
