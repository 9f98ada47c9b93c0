import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { builtinProfile, builtinProfiles, defaultProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { findDevice, nearestDevices } from '../../../src/knowledge/hardware/findDevice.ts';
import { hardwareFacts } from '../../../src/knowledge/hardware/hardwareFacts.ts';
import { loadProfile } from '../../../src/knowledge/hardware/loadProfile.ts';

const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync('schemas/hardware.schema.json', 'utf8')));

const FIGURES = { kind: 'gpu', tdpWatts: 300, memoryGb: 24, bandwidthGbs: 900, peakTflops: { fp32: 30, fp16: 120 } };

/** File, and the JSON pointer of the mistake (none: the file is right). */
const FILES: readonly (readonly [string, unknown, string | undefined, RegExp?])[] = [
  ['a catalogue name', { device: 'RTX 4090', region: 'FR' }, undefined],
  ['a cloud instance', { device: 'g5.xlarge', region: 'eu-west-3', workload: { concurrency: 8 } }, undefined],
  ['a built-in profile', { device: 'nvidia-t4', count: 4 }, undefined],
  ['own figures', { name: 'bench', hardware: FIGURES, pue: 1.1, usdPerKwh: 0.3 }, undefined],
  ['not an object', [], ''],
  ['no hardware at all', { region: 'FR' }, ''],
  ['an unknown device', { device: 'RTX 4091' }, '/device', /RTX 409\d/],
  ['an unknown region', { device: 'RTX 4090', region: 'Frankreich' }, '/region'],
  ['a negative PUE', { device: 'RTX 4090', pue: -1 }, '/pue'],
  ['a fractional count', { device: 'RTX 4090', count: 1.5 }, '/count'],
  ['a price as text', { device: 'RTX 4090', usdPerKwh: '0.3' }, '/usdPerKwh'],
  ['no concurrency', { device: 'RTX 4090', workload: { concurrency: 0 } }, '/workload/concurrency'],
  ['an unknown field of the workload', { device: 'RTX 4090', workload: { requests: 5 } }, '/workload/requests'],
  ['an unknown field', { device: 'RTX 4090', colour: 'green' }, '/colour'],
  ['figures without memory', { hardware: { ...FIGURES, memoryGb: undefined } }, '/hardware/memoryGb'],
  ['a negative TDP', { hardware: { ...FIGURES, tdpWatts: -5 } }, '/hardware/tdpWatts'],
  ['figures without fp32', { hardware: { ...FIGURES, peakTflops: { fp16: 3 } } }, '/hardware/peakTflops'],
  ['a null', null, ''],
];

describe('loadProfile', () => {
  for (const [name, file, pointer, text] of FILES) {
    it(name, () => {
      const result = loadProfile(JSON.parse(JSON.stringify(file)));
      if (pointer === undefined) {
        assert.ok('profile' in result, JSON.stringify(result));
        assert.ok(validate(file), JSON.stringify(validate.errors));
        return;
      }
      assert.ok('errors' in result);
      assert.deepEqual(
        result.errors.map((error) => error.path),
        [pointer],
      );
      if (text) assert.match(result.errors[0]?.message ?? '', text);
    });
  }

  it('takes what the file states over every default', () => {
    const result = loadProfile({
      device: 'RTX 4090',
      count: 2,
      region: 'FR',
      pue: 1.3,
      usdPerKwh: 0.4,
      hostFactor: 1.7,
      workload: { requestsPerYear: 5, concurrency: 9 },
    });
    assert.ok('profile' in result);
    const { hardware, site, workload } = result.profile;
    assert.deepEqual(
      [hardware.count, hardware.hostFactor, site.pue, site.usdPerKwh, workload.requestsPerYear, workload.concurrency],
      [2, 1.7, 1.3, 0.4, 5, 9],
    );
    assert.ok(site.gramsPerKwh < 100, 'France');
  });

  it('reports several mistakes at once', () => {
    const result = loadProfile({ device: 'nothing like it', pue: 0, count: 0 });
    assert.ok('errors' in result);
    assert.deepEqual(result.errors.map((error) => error.path).sort(), ['/count', '/device', '/pue']);
  });

  it('the schema refuses wrong types and unknown fields too', () => {
    for (const file of [
      { device: 5 },
      { device: 'x', pue: 0.5 },
      { device: 'x', colour: 1 },
      {},
      { hardware: { kind: 'gpu' } },
    ]) {
      assert.equal(validate(file), false, JSON.stringify(file));
    }
  });
});

describe('built-in profiles', () => {
  it('all resolve and have stable ids', () => {
    const ids = builtinProfiles.map((profile) => profile.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of [
      'laptop-cpu',
      'server-cpu',
      'nvidia-t4',
      'nvidia-a10g',
      'nvidia-l4',
      'nvidia-a100-80gb',
      'nvidia-h100',
      'nvidia-rtx-4090',
      'nvidia-rtx-3090',
      'nvidia-v100',
      'apple-m2',
      'apple-m3-max',
    ]) {
      assert.ok(ids.includes(id), id);
    }
    assert.equal(defaultProfile().id, 'nvidia-a10g');
  });

  it('know which formats are fast', () => {
    const fast = (id: string): readonly string[] => {
      const profile = builtinProfile(id);
      assert.ok(profile, id);
      return hardwareFacts(profile).fastFormats;
    };
    assert.ok(
      !fast('nvidia-t4').includes('bf16') && fast('nvidia-t4').includes('fp16') && fast('nvidia-t4').includes('int8'),
    );
    assert.ok(
      !fast('nvidia-v100').includes('bf16') &&
        !fast('nvidia-v100').includes('int8') &&
        fast('nvidia-v100').includes('fp16'),
    );
    assert.ok(fast('nvidia-a100-80gb').includes('bf16') && !fast('nvidia-a100-80gb').includes('fp8'));
    for (const id of ['nvidia-h100', 'nvidia-l4', 'nvidia-rtx-4090']) assert.ok(fast(id).includes('fp8'), id);
    assert.ok(fast('apple-m2').includes('fp16') && !fast('apple-m2').includes('int8'));
    assert.deepEqual(fast('laptop-cpu'), []);
    assert.ok(fast('server-cpu-amx').includes('bf16'));
    assert.deepEqual(fast('nvidia-gtx-1080-ti'), []);
  });
});

describe('findDevice', () => {
  const SPELLINGS: readonly (readonly [string, string])[] = [
    ['H100-SXM-80GB', 'NVIDIA H100 SXM5 80GB'],
    ['NVIDIA H100 80GB HBM3', 'NVIDIA H100 SXM5 80GB'],
    ['H100 PCIe', 'NVIDIA H100 PCIe 80GB'],
    ['B200-SXM-180GB', 'NVIDIA B200 SXM'],
    ['A100-SXM-40GB', 'NVIDIA A100 SXM4 40GB'],
    ['A100-SXM-80GB (8-GPU node, 1 used)', 'NVIDIA A100 SXM4 80GB'],
    ['NVIDIA A100-PCIE-40GB', 'NVIDIA A100 PCIe 40GB'],
    ['V100-SXM-16GB', 'NVIDIA V100 SXM2 16GB'],
    ['Tesla T4', 'NVIDIA T4'],
    ['NVIDIA GeForce RTX 4090', 'NVIDIA RTX 4090'],
    ['4090', 'NVIDIA RTX 4090'],
    ['RTX 4070', 'NVIDIA RTX 4070'],
    ['NVIDIA RTX 6000 Ada Generation', 'NVIDIA RTX 6000 Ada'],
    ['Quadro RTX 6000 24GB', 'NVIDIA Quadro RTX 6000'],
    ['A6000', 'NVIDIA RTX A6000'],
    ['Spark', 'NVIDIA GB10 (DGX Spark)'],
    ['CITIC', 'NVIDIA A2'],
    ['Apple M2 (MacBook Pro)', 'Apple M2'],
    ['M3 Max', 'Apple M3 Max'],
    ['AMD EPYC 7763 64-Core Processor', 'AMD EPYC 7763'],
    ['13th Gen Intel(R) Core(TM) i7-13700H', 'Intel Core i7-13700H'],
    ['Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz', 'Intel Xeon Platinum 8375C'],
    ['Standard_NC4as_T4_v3', 'NVIDIA T4'],
    ['a2-highgpu-1g', 'NVIDIA A100 SXM4 40GB'],
  ];
  for (const [text, name] of SPELLINGS) {
    it(text, () => assert.equal(findDevice(text)?.device.name, name));
  }

  it('resolves an instance to all its devices', () => assert.equal(findDevice('p5.48xlarge')?.count, 8));
  it('marks machines whose chip is open', () => {
    for (const text of [
      'unknown desktop/server GPU of that repo',
      'Workstation',
      'client only (Apple M2); server RTX 4070 not measured',
    ]) {
      assert.equal(findDevice(text)?.isGuess, true, text);
    }
  });
  it('finds nothing for nonsense, but near names for slips', () => {
    assert.equal(findDevice('toaster'), undefined);
    assert.equal(findDevice(''), undefined);
    assert.equal(findDevice('A1000'), undefined);
    assert.ok(nearestDevices('RTX 4091').some((name) => name.includes('409')));
  });
});
