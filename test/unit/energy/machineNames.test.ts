import assert from 'node:assert/strict';
import { runEstimate } from '../../../src/cli/estimate/runEstimate.ts';
import { catalogueDevices } from '../../../src/knowledge/hardware/catalogueDevices.ts';
import cpuInstances from '../../../src/knowledge/hardware/cpuInstances.json';
import { findDevice, nearestDevices, unknownDevice } from '../../../src/knowledge/hardware/findDevice.ts';

const SERVERS: readonly (readonly [text: string, device: string, count: number])[] = [
  ['GB200 NVL72', 'NVIDIA GB200 SXM', 72],
  ['DGX GB200 NVL72', 'NVIDIA GB200 SXM', 72],
  ['HGX B200', 'NVIDIA B200 SXM', 8],
  ['NVIDIA DGX H100', 'NVIDIA H100 SXM5 80GB', 8],
  ['2x DGX H100', 'NVIDIA H100 SXM5 80GB', 16],
  ['DGX A100 40GB', 'NVIDIA A100 SXM4 40GB', 8],
  ['HGX A100 4-GPU', 'NVIDIA A100 SXM4 80GB', 4],
  ['DGX-2', 'NVIDIA V100 SXM2 32GB', 16],
  ['DGX Spark', 'NVIDIA GB10 (DGX Spark)', 1],
  ['H100 NVL', 'NVIDIA H100 NVL 94GB', 1],
  ['Trillium', 'Google TPU v6e', 1],
  ['nvidia-h100-mega-80gb', 'NVIDIA H100 SXM5 80GB', 1],
  ['Jetson Nano', 'NVIDIA Jetson Nano', 1],
  ['Jetson Orin Nano', 'NVIDIA Jetson Orin Nano 8GB', 1],
  ['Jetson Xavier NX', 'NVIDIA Jetson Xavier NX', 1],
  ['Raspberry Pi 4 Model B', 'Raspberry Pi 4', 1],
  ['GTX 1650', 'NVIDIA GTX 1650', 1],
  ['Snapdragon X Elite X1E-80-100', 'Qualcomm Snapdragon X Elite', 1],
  ['NVIDIA GeForce RTX 3060 Laptop GPU', 'NVIDIA RTX 3060 Laptop', 1],
  ['B200', 'NVIDIA B200 SXM', 1],
  ['Xeon E5-2686 v4', 'Intel Xeon E5-2686 v4', 1],
  ['E5-2686 v4', 'Intel Xeon E5-2686 v4', 1],
  ['RTX 4090 Mobile', 'NVIDIA RTX 4090 Laptop', 1],
  ['NVIDIA GeForce RTX 4070', 'NVIDIA RTX 4070', 1],
];
/** Instance type, its processor, watts of its share and memory. */
const INSTANCES: readonly (readonly [name: string, processor: string, watts: number, memoryGb: number])[] = [
  ['m5.xlarge', 'Intel Xeon Platinum 8175M', 20, 16],
  ['ml.m5.large', 'Intel Xeon Platinum 8175M', 10, 8],
  ['c7g.xlarge', 'AWS Graviton3', 6.25, 8],
  ['t3.micro', 'Intel Xeon Platinum 8259CL', 8.75, 1],
  ['r6i.metal-24xl', 'Intel Xeon Platinum 8375C', 450, 768],
  ['n2-standard-4', 'Intel Xeon Platinum 8280', 14.6, 16],
  ['e2-small', 'Intel Xeon Platinum 8280', 1.83, 2],
  ['Standard_D4s_v5', 'Intel Xeon Platinum 8370C', 16.9, 16],
  ['D4ps v5', 'Ampere Altra Q80-30', 10.5, 16],
  ['Standard_E8as_v5', 'AMD EPYC 7763', 17.5, 64],
];

describe('names of machines', () => {
  for (const [text, device, count] of SERVERS) {
    it(text, () => {
      const found = findDevice(text);
      assert.deepEqual([found?.device.name, found?.count], [device, count]);
      assert.notEqual(found?.isGuess, true);
    });
  }

  for (const [name, processor, watts, memoryGb] of INSTANCES) {
    it(name, () => {
      const found = findDevice(name);
      assert.ok(found?.device.name.includes(processor), found?.device.name);
      assert.deepEqual([found?.device.tdpWatts, found?.device.memoryGb, found?.count], [watts, memoryGb, 1]);
      assert.ok(found?.assumption?.includes('virtual processors'));
    });
  }

  it('every family of instances names a processor of the catalogue', () => {
    const names = new Set(catalogueDevices.map(({ name }) => name));
    for (const { processor, threads } of cpuInstances.entries) {
      assert.ok(names.has(processor), processor);
      assert.ok(threads >= 24 && threads <= 256, processor);
    }
  });

  it('counts the rented part of making the processor', () => {
    const request = { model: 'bert-base-uncased', inputTokens: 128 };
    const [part, whole] = ['m6i.large', 'm6i.metal-16xl'].map((hardware) => runEstimate({ ...request, hardware }));
    assert.ok(part && whole && !('error' in part) && !('error' in whole));
    const gramsPerSecond = [part, whole].map(
      ({ embodied_gco2e_per_request: grams, seconds_per_request: seconds }) => (grams?.mid ?? 0) / (seconds ?? 1),
    );
    assert.ok(Math.abs((gramsPerSecond[1] ?? 0) / (gramsPerSecond[0] ?? 1) - 32) < 0.01);
  });

  it('says what a MIG slice is', () => {
    assert.equal(findDevice('1g.10gb'), undefined);
    const answer = runEstimate({ model: 'bert-base-uncased', hardware: 'A100 MIG 1g.5gb' });
    assert.ok('error' in answer && answer.field === 'hardware');
    assert.match(answer.error, /MIG slice.*name the whole card/);
  });

  it('suggests devices for devices and instance types for instance types', () => {
    assert.match(nearestDevices('H1000').join(), /^NVIDIA H100/);
    assert.ok(nearestDevices('RTX 4900').includes('NVIDIA RTX 4090'));
    assert.ok(nearestDevices('g5.48xlarg').includes('g5.48xlarge'));
    assert.deepEqual(nearestDevices('m9.huge'), []);
    assert.match(unknownDevice('abacus'), /nearest: none$/);
  });
});
