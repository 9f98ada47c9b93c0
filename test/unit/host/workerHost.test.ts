import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import type { AnalysisInput, AnalysisSettings } from '../../../src/core/engine/analysis.ts';
import { NO_DECLARED_VERSIONS } from '../../../src/core/semantics/declaredVersions.ts';
import { UNKNOWN } from '../../../src/core/semantics/fact.ts';
import { EngineStoppedError, type HostState, SupersededError } from '../../../src/host/analysisHost.ts';
import { LocalHost } from '../../../src/host/localHost.ts';
import { WorkerHost } from '../../../src/host/workerHost.ts';

const settings: AnalysisSettings = {
  tier: 'recommended',
  rules: {},
  smallestSavingKwh: 0,
  profile: {
    id: 'test',
    name: 'Test',
    hardware: {
      kind: 'cpu',
      device: 'CPU',
      count: 1,
      tdpWatts: 100,
      memoryGb: 64,
      bandwidthGbs: 100,
      peakTflops: { fp32: 1 },
      hostFactor: 1,
    },
    site: { region: 'test', gramsPerKwh: 1, gridYear: 2024, pue: 1, usdPerKwh: 1, embodiedKg: 0, lifetimeYears: 1 },
    workload: { requestsPerYear: 1, itemsPerYear: 1, runsPerYear: 1, rendersPerYear: 1, concurrency: 1 },
    source: 'test',
  },
  environment: { versions: NO_DECLARED_VERSIONS, runtime: UNKNOWN },
};

/**
 * A worker that obeys the text it is given. `generation` tells how many workers were started before it: a text may ask
 * for a death or a hang in the first generations only.
 */
const OBEDIENT_WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', ({ id, kind, input, link }) => {
  if (kind === 'libraries') return parentPort.postMessage({ id, libraries: { python: ['torch'], typescript: [] } });
  const [order, until] = input.text.split(' ');
  const obey = until === undefined || workerData.generation < Number(until);
  if (order === 'die' && obey) process.exit(3);
  if (order === 'throw' && obey) throw new Error('boom');
  if (order === 'hang' && obey) for (;;);
  if (order === 'fail') return parentPort.postMessage({ id, error: 'engine failure' });
  if (kind === 'summarize') return parentPort.postMessage({ id, summary: { path: input.path } });
  if (order === 'link') return parentPort.postMessage({ id, result: { findings: [], problems: [], milliseconds: {}, link } });
  const milliseconds = { parse: workerData.generation, model: 0, rules: 0 };
  parentPort.postMessage({ id, result: { findings: [], problems: [{ path: input.path, kind: 'parse-failed', message: input.text }], milliseconds } });
});`;

function file(text: string, path = 'a.py'): AnalysisInput {
  return { kind: 'file', path, language: 'python', text };
}

describe('WorkerHost', () => {
  const hosts: WorkerHost[] = [];
  let states: HostState[];
  let generation: number;

  function createHost(options: { limitMs?: number; recycleAfter?: number } = {}): WorkerHost {
    const host = new WorkerHost({
      start: () => new Worker(OBEDIENT_WORKER, { eval: true, workerData: { generation: generation++ } }),
      onState: (state) => states.push(state),
      ...options,
    });
    hosts.push(host);
    return host;
  }

  beforeEach(() => {
    states = [];
    generation = 0;
  });
  afterEach(() => {
    for (const host of hosts.splice(0)) host.dispose();
  });

  it('answers requests for different documents in order', async () => {
    const host = createHost();
    const answers = await Promise.all([
      host.analyze(file('one', 'a.py'), settings),
      host.analyze(file('two', 'b.py'), settings),
    ]);
    assert.deepEqual(
      answers.map((answer) => answer.problems[0]?.message),
      ['one', 'two'],
    );
    assert.deepEqual(states, []);
  });

  it('drops a waiting request when a newer one for the same document arrives', async () => {
    const host = createHost();
    const running = host.analyze(file('first'), settings);
    const stale = host.analyze(file('second'), settings);
    const latest = host.analyze(file('third'), settings);
    await assert.rejects(stale, SupersededError);
    assert.equal((await running).problems[0]?.message, 'first');
    assert.equal((await latest).problems[0]?.message, 'third');
  });

  for (const [order, reason] of [
    ['die 1', /ended with code 3 \(while analysing a\.py\)/],
    ['throw 1', /boom/],
    ['hang 1', /no answer within 0\.5 s/],
  ] as const) {
    it(`restarts and retries once after "${order}"`, async () => {
      const host = createHost({ limitMs: order.startsWith('hang') ? 500 : 10_000 });
      const answer = await host.analyze(file(order), settings);
      assert.equal(answer.milliseconds.parse, 1, 'the second worker answered');
      assert.equal(states.length, 1);
      assert.equal(states[0]?.kind, 'restarted');
      assert.match(states[0]?.kind === 'restarted' ? states[0].reason : '', reason);
    });
  }

  for (const order of ['die', 'hang']) {
    it(`leaves out the text that made the worker ${order} twice and serves the others`, async () => {
      const host = createHost({ limitMs: order === 'hang' ? 1500 : 10_000 });
      const deadly = host.analyze(file(order), settings);
      const waiting = host.analyze(file('fine', 'b.py'), settings);
      const [problem] = (await deadly).problems;
      assert.equal(problem?.kind, 'engine-failed');
      assert.match(problem?.message ?? '', /not analysed until its text changes: .*(?:code 3|no answer)/);
      assert.equal((await waiting).problems[0]?.message, 'fine');
      assert.deepEqual(
        states.map((state) => state.kind),
        ['restarted', 'restarted'],
      );
      const started = generation;
      assert.equal((await host.analyze(file(order), settings)).problems[0]?.kind, 'engine-failed');
      assert.equal(await host.summarize(file(order)), undefined);
      assert.equal(generation, started, 'the same text is not tried again');
      assert.equal((await host.analyze(file('changed'), settings)).problems[0]?.message, 'changed');
    });
  }

  it('tries a changed text of a document that was left out once', async () => {
    const host = createHost();
    await host.analyze(file('die'), settings);
    const started = generation;
    assert.equal((await host.analyze(file('die 99'), settings)).problems[0]?.kind, 'engine-failed');
    // One worker died over the text, the next one proved to be sound.
    assert.ok(generation <= started + 1, `${generation - started} workers were started`);
  });

  it('tries a text that was left out again after a restart', async () => {
    const host = createHost();
    assert.equal((await host.analyze(file('die 2'), settings)).problems[0]?.kind, 'engine-failed');
    host.restart();
    assert.equal((await host.analyze(file('die 2'), settings)).problems[0]?.kind, 'parse-failed');
  });

  it('gives up a text that was left out for a newer one', async () => {
    const host = createHost();
    const deadly = host.analyze(file('die'), settings);
    const newer = host.analyze(file('fine'), settings);
    await assert.rejects(deadly, SupersededError);
    assert.equal((await newer).problems[0]?.message, 'fine');
  });

  it('forgives an earlier death once an analysis succeeded', async () => {
    const host = createHost();
    await host.analyze(file('die 1'), settings);
    await host.analyze(file('die 2'), settings);
    assert.deepEqual(
      states.map((state) => state.kind),
      ['restarted', 'restarted'],
    );
  });

  it('passes on the failure of one analysis and keeps the worker', async () => {
    const host = createHost();
    await assert.rejects(host.analyze(file('fail'), settings), /engine failure/);
    await host.analyze(file('fine'), settings);
    assert.equal(generation, 1);
  });

  it('replaces the worker after the given number of analyses', async () => {
    const host = createHost({ recycleAfter: 2 });
    const generations: number[] = [];
    for (let count = 0; count < 5; count++) {
      generations.push((await host.analyze(file('fine'), settings)).milliseconds.parse);
    }
    assert.deepEqual(generations, [0, 0, 1, 1, 2]);
    assert.deepEqual(states, []);
  });

  it('stops when the worker cannot be started, rejects what waits, and works again after a restart', async () => {
    let isBroken = true;
    const host = new WorkerHost({
      start: () => {
        if (isBroken) throw new Error('no such file');
        return new Worker(OBEDIENT_WORKER, { eval: true, workerData: { generation: generation++ } });
      },
      onState: (state) => states.push(state),
    });
    hosts.push(host);
    const first = host.analyze(file('fine'), settings);
    const waiting = host.analyze(file('fine', 'b.py'), settings);
    await Promise.all([assert.rejects(first, /no such file/), assert.rejects(waiting, EngineStoppedError)]);
    assert.deepEqual(
      states.map((state) => state.kind),
      ['restarted', 'stopped'],
    );
    await assert.rejects(host.analyze(file('fine'), settings), EngineStoppedError);
    isBroken = false;
    host.restart();
    assert.equal((await host.analyze(file('fine'), settings)).problems[0]?.message, 'fine');
  });

  it('carries the facts of other files, summaries and libraries', async () => {
    const host = createHost();
    const link = { summaries: [], resolved: { 'a.py': { b: 'b.py' } }, reach: {} };
    assert.deepEqual(Reflect.get(await host.analyze(file('link'), settings, link), 'link'), {
      summaries: [],
      resolved: [['a.py', { id: 0, value: { b: 'b.py' } }]],
      reach: {},
    });
    const again = Reflect.get(await host.analyze(file('link'), settings, link), 'link');
    assert.deepEqual(Reflect.get(again, 'resolved'), [['a.py', { id: 0 }]], 'a part crosses once');
    assert.deepEqual(await host.summarize(file('x', 'b.py')), { path: 'b.py' });
    assert.deepEqual(await host.libraries(), { python: ['torch'], typescript: [] });
  });

  it('analyses before it summarises what was asked for earlier', async () => {
    const host = createHost();
    const order: string[] = [];
    await Promise.all([
      host.analyze(file('first'), settings).then(() => order.push('first')),
      host.summarize(file('x', 'b.py')).then(() => order.push('b.py')),
      host.summarize(file('x', 'c.py')).then(() => order.push('c.py')),
      host.analyze(file('second', 'd.py'), settings).then(() => order.push('second')),
    ]);
    assert.deepEqual(order, ['first', 'second', 'b.py', 'c.py']);
  });

  it('leaves out a file whose summary kills the worker', async () => {
    const host = createHost();
    for (let round = 0; round < 3; round++) await assert.rejects(host.summarize(file('die', 'b.py')), /code 3/);
    assert.equal((await host.analyze(file('x'), settings)).problems[0]?.message, 'x');
    assert.deepEqual(states, []);
  });

  it('rejects everything on dispose', async () => {
    const host = createHost();
    const pending = host.analyze(file('hang'), settings);
    host.dispose();
    await assert.rejects(pending, EngineStoppedError);
  });
});

describe('LocalHost', () => {
  it('passes input and output through JSON', async () => {
    const host = new LocalHost({
      libraries: { python: [], typescript: [] },
      summarize: () => undefined,
      analyze: (input) => ({
        findings: [],
        problems: [{ path: input.path, kind: 'parse-failed', message: typeof Reflect.get(input, 'lost') }],
        milliseconds: { parse: 0, model: 0, rules: Number.NaN },
      }),
    });
    const input = { ...file('x'), lost: () => 1 };
    const result = await host.analyze(input, settings);
    assert.equal(result.problems[0]?.message, 'undefined', 'a function does not cross');
    assert.equal(result.milliseconds.rules, null, 'what JSON cannot hold is lost as in a worker');
  });
});
