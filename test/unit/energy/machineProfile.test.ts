import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { detectMachine, noMachine, type ProbeThread } from '../../../src/host/machine/detectMachine.ts';
import { parseNvidiaSmi } from '../../../src/host/machine/nvidiaSmi.ts';
import { type MachineFacts, machineProfile } from '../../../src/knowledge/hardware/machineProfile.ts';

const SERVER: MachineFacts = {
  processor: 'AMD EPYC 7742 64-Core Processor',
  cores: 64,
  memoryGb: 512.4,
  graphics: [],
};

describe('profile of this machine', () => {
  it('is its NVIDIA cards, counted, with their memory and power limit', () => {
    const graphics = parseNvidiaSmi('NVIDIA A100-SXM4-40GB, 40960, 350.00\nNVIDIA A100-SXM4-40GB, 40960, 350.00\n');
    const { id, name, hardware, source } = machineProfile({ ...SERVER, graphics });
    assert.deepEqual(
      [id, hardware.device, hardware.count, hardware.tdpWatts, hardware.memoryGb],
      ['local', 'NVIDIA A100 SXM4 40GB', 2, 350, 43],
    );
    assert.equal(name, 'This machine (2 × NVIDIA A100 SXM4 40GB)');
    assert.match(source, /detected on this machine/);
  });

  it('is the strongest card where there are several, and says that a laptop chip stands for the desktop card', () => {
    const graphics = [
      { name: 'Intel(R) UHD Graphics 630' },
      { name: 'NVIDIA GeForce RTX 2080 Laptop GPU', memoryGb: 8.6 },
    ];
    const { hardware, source } = machineProfile({ ...SERVER, graphics });
    assert.deepEqual([hardware.kind, hardware.device, hardware.memoryGb], ['gpu', 'NVIDIA RTX 2080', 9]);
    assert.match(source, /desktop card/);
  });

  it('is the processor where the graphics chip is an integrated one', () => {
    const { hardware, site } = machineProfile({ ...SERVER, graphics: [{ name: 'Intel(R) Iris(R) Xe Graphics' }] });
    assert.deepEqual([hardware.kind, hardware.device, hardware.memoryGb], ['cpu', 'AMD EPYC 7742', 512]);
    assert.equal(site.region, 'World');
  });

  it('is the chip of a Mac, with the memory that it shares', () => {
    const { hardware, site } = machineProfile({
      processor: 'Apple M2 Pro',
      cores: 12,
      memoryGb: 34.4,
      graphics: [{ name: 'Apple M2 Pro' }],
    });
    assert.deepEqual([hardware.kind, hardware.device, hardware.memoryGb], ['mps', 'Apple M2 Pro', 34]);
    assert.equal(site.pue, 1);
  });

  it('knows a processor by its power, and an unknown one by its cores, and says so', () => {
    const known = machineProfile({ ...SERVER, processor: 'Intel(R) Core(TM) i5-7300U CPU @ 2.60GHz' });
    assert.equal(known.hardware.tdpWatts, 15);
    const unknown = machineProfile({ ...SERVER, processor: 'Intel(R) Xeon(R) Processor', cores: 8 });
    assert.equal(unknown.hardware.tdpWatts, 64);
    assert.match(unknown.source, /not in the catalogue; figures follow from its 8 cores/);
    assert.ok(machineProfile({ processor: '', cores: 0, memoryGb: 0, graphics: [] }).hardware.tdpWatts > 0);
  });
});

describe('parseNvidiaSmi', () => {
  it('leaves out what the driver does not know, and what is no card', () => {
    assert.deepEqual(parseNvidiaSmi('Tesla T4, 15360, [N/A]\r\n\r\n'), [
      { name: 'Tesla T4', memoryGb: (15360 * 2 ** 20) / 1e9 },
    ]);
    assert.deepEqual(parseNvidiaSmi('NVIDIA-SMI has failed because it could not communicate with the driver.'), []);
    assert.deepEqual(parseNvidiaSmi(''), []);
  });
});

describe('detectMachine', () => {
  /** A thread that has one thing to say. */
  function thread(event: 'message' | 'error' | 'exit', value?: unknown): ProbeThread {
    const emitter = new EventEmitter();
    queueMicrotask(() => emitter.emit(event, value));
    return emitter;
  }

  it('looks once, and only when it is asked', async () => {
    let starts = 0;
    const detect = detectMachine(() => {
      starts += 1;
      return thread('message', SERVER);
    });
    assert.equal(starts, 0);
    const [first, second] = await Promise.all([detect(), detect()]);
    await detect();
    assert.equal(starts, 1);
    assert.equal(first, second);
    assert.ok('profile' in first && first.profile.hardware.device === 'AMD EPYC 7742');
  });

  it('says why it failed, and tries again the next time', async () => {
    let starts = 0;
    const detect = detectMachine(() => {
      starts += 1;
      return starts === 1 ? thread('error', new Error('no such file')) : thread('message', SERVER);
    });
    assert.deepEqual(await detect(), { failure: 'the hardware cannot be read: no such file' });
    assert.ok('profile' in (await detect()));
  });

  it('survives a thread that says nothing, and one that cannot start', async () => {
    assert.deepEqual(await detectMachine(() => thread('exit'))(), { failure: 'the hardware cannot be read' });
    const failing = detectMachine(() => {
      throw new Error('not here');
    });
    assert.deepEqual(await failing(), { failure: 'the hardware cannot be read: not here' });
    assert.deepEqual(await noMachine('a browser')(), { failure: 'a browser' });
  });
});
