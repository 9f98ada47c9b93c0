import assert from 'node:assert/strict';
import type { AnalysisInput, AnalysisResult } from '../../../src/core/engine/analysis.ts';
import { NOTHING_FOUND } from '../../../src/core/engine/analysis.ts';
import type { LibraryNames } from '../../../src/core/engine/relevance.ts';
import type { ModuleSummary } from '../../../src/core/workspace/moduleSummary.ts';
import { type AnalysisHost, EngineStoppedError } from '../../../src/host/analysisHost.ts';
import { inOrder } from '../../../src/host/inOrder.ts';
import { RelevantTexts } from '../../../src/host/relevantTexts.ts';
import { ScalingHost } from '../../../src/host/scalingHost.ts';
import { workerCount } from '../../../src/host/workerCount.ts';
import { WorkerPool } from '../../../src/host/workerPool.ts';
import { pythonFile, SETTINGS } from './settings.ts';

/** Answers when it is told to, and remembers what it was asked. */
class FakeHost implements AnalysisHost {
  readonly asked: string[] = [];
  isDisposed = false;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly answersAtOnce = false) {}

  analyze(input: AnalysisInput): Promise<AnalysisResult> {
    return this.ask(`analyze ${input.path}`, NOTHING_FOUND);
  }

  summarize(input: AnalysisInput): Promise<ModuleSummary | undefined> {
    return this.ask(`summarize ${input.path}`, undefined);
  }

  async libraries(): Promise<LibraryNames> {
    return { python: ['torch'], typescript: [] };
  }

  dispose(): void {
    this.isDisposed = true;
  }

  answerAll(): void {
    for (const answer of this.waiting.splice(0)) answer();
  }

  private ask<Answer>(question: string, answer: Answer): Promise<Answer> {
    this.asked.push(question);
    return this.answersAtOnce
      ? Promise.resolve(answer)
      : new Promise((resolve) => this.waiting.push(() => resolve(answer)));
  }
}

const LONG = 'x = 1\n'.repeat(10_000);

describe('WorkerPool', () => {
  let hosts: FakeHost[];
  let pool: WorkerPool;

  beforeEach(() => {
    hosts = [];
    pool = new WorkerPool(2, () => {
      const host = new FakeHost();
      hosts.push(host);
      return host;
    });
  });

  it('starts one engine after the other, each when those before it have enough to do, and no more than it may', async () => {
    const answers = ['a', 'b'].map((name) => pool.analyze(pythonFile(name, 'x'), SETTINGS));
    assert.equal(hosts.length, 1);
    answers.push(pool.analyze(pythonFile('c', LONG), SETTINGS), pool.analyze(pythonFile('d', LONG), SETTINGS));
    answers.push(pool.analyze(pythonFile('e', 'x'), SETTINGS));
    assert.deepEqual(
      hosts.map(({ asked }) => asked),
      [
        ['analyze a', 'analyze b', 'analyze c'],
        ['analyze d', 'analyze e'],
      ],
    );
    for (const host of hosts) host.answerAll();
    await Promise.all(answers);
  });

  it('analyses a file where it was summarised', async () => {
    const summaries = ['a', 'b'].map((name) => pool.summarize(pythonFile(name, LONG)));
    for (const host of hosts) host.answerAll();
    await Promise.all(summaries);
    const answers = ['b', 'a'].map((name) => pool.analyze(pythonFile(name, LONG), SETTINGS));
    assert.deepEqual(
      hosts.map(({ asked }) => asked),
      [
        ['summarize a', 'analyze a'],
        ['summarize b', 'analyze b'],
      ],
    );
    for (const host of hosts) host.answerAll();
    await Promise.all(answers);
  });

  it('ends with all its engines', async () => {
    const answer = pool.analyze(pythonFile('a', 'x'), SETTINGS);
    pool.dispose();
    assert.deepEqual(
      hosts.map(({ isDisposed }) => isDisposed),
      [true],
    );
    hosts[0]?.answerAll();
    await answer;
    await assert.rejects(pool.analyze(pythonFile('b', 'x'), SETTINGS), EngineStoppedError);
    assert.equal(hosts.length, 1);
  });
});

describe('ScalingHost', () => {
  it('keeps a small job in this thread and what it has parsed there', async () => {
    const [local, workers] = [new FakeHost(true), new FakeHost(true)];
    const host = new ScalingHost({ local, startWorkers: () => workers, localCharacters: 10 });
    await host.summarize(pythonFile('a', '123456'));
    await host.summarize(pythonFile('b', '123456'));
    await host.analyze(pythonFile('a', '123456'), SETTINGS);
    await host.analyze(pythonFile('b', '123456'), SETTINGS);
    assert.deepEqual(local.asked, ['summarize a', 'analyze a']);
    assert.deepEqual(workers.asked, ['summarize b', 'analyze b']);
  });
});

describe('RelevantTexts', () => {
  it('hands on only what an analysis has to look at', async () => {
    const inner = new FakeHost(true);
    const host = new RelevantTexts(inner);
    const link = { summaries: [], resolved: {}, reach: {} };
    assert.equal(await host.analyze(pythonFile('a', 'import os'), SETTINGS, link), NOTHING_FOUND);
    await host.analyze(pythonFile('b', 'import torch'), SETTINGS);
    await host.analyze(pythonFile('c', 'import os'), { ...SETTINGS, checkSyntax: true });
    await host.analyze(pythonFile('d', 'x = 1  # green-ai: ignore'), SETTINGS);
    await host.analyze(
      {
        kind: 'notebook',
        path: 'e',
        cells: [
          { language: 'python', text: 'import torch' },
          { language: 'other', text: '' },
        ],
      },
      SETTINGS,
    );
    assert.deepEqual(inner.asked, ['analyze b', 'analyze c', 'analyze d', 'analyze e']);
  });
});

describe('inOrder', () => {
  it('hands results on in order, works on a few at a time, and throws the first failure', async () => {
    const finish = new Map<number, (value: number) => void>();
    const started: number[] = [];
    const results = inOrder([0, 1, 2, 3], 2, (item) => {
      started.push(item);
      return new Promise<number>((resolve) => finish.set(item, resolve));
    });
    const first = results.next();
    assert.deepEqual(started, [0, 1]);
    finish.get(1)?.(10);
    finish.get(0)?.(0);
    assert.deepEqual(await first, { value: 0, done: false });
    const second = results.next();
    assert.deepEqual(await second, { value: 10, done: false });
    assert.deepEqual(started, [0, 1, 2]);
    await assert.rejects(async () => {
      for await (const _ of inOrder([1, 2], 2, (item) => Promise.reject(new Error(`item ${item}`))));
    }, /item 1/);
  });
});

describe('the number of workers', () => {
  it('is bounded by cores and by memory', () => {
    assert.equal(workerCount({ cores: 2, free: 16e9 }), 2);
    assert.equal(workerCount({ cores: 64, free: 64e9 }), 8);
    assert.equal(workerCount({ cores: 16, free: 1.3e9 }), 3);
    assert.equal(workerCount({ cores: 16, free: 1e8 }), 1);
    assert.equal(workerCount({ cores: 0, free: 1e10 }), 1);
  });
});
