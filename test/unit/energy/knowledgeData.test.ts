import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv, { type JSONSchemaType } from 'ajv';
import { effects } from '../../../src/knowledge/effects/findEffect.ts';
import { catalogueDevices } from '../../../src/knowledge/hardware/catalogueDevices.ts';
import { findRegion, nearestRegions } from '../../../src/knowledge/site/findRegion.ts';

interface Sourced {
  readonly source: string;
}

const sourced: JSONSchemaType<Sourced> = {
  type: 'object',
  properties: { source: { type: 'string', minLength: 5 } },
  required: ['source'],
  additionalProperties: true,
};
const isSourced = new Ajv().compile(sourced);

function read(path: string): { readonly [key: string]: unknown; readonly entries: readonly unknown[] } {
  return JSON.parse(readFileSync(`src/knowledge/${path}`, 'utf8'));
}

describe('knowledge data', () => {
  for (const path of [
    'hardware/accelerators.json',
    'hardware/cpus.json',
    'hardware/instances.json',
    'hardware/cpuInstances.json',
    'effects/effects.json',
    'site/pue.json',
    'site/prices.json',
    'site/embodied.json',
    'models/lighterModels.json',
  ]) {
    it(`${path}: every entry names its source`, () => {
      for (const entry of read(path).entries) assert.ok(isSourced(entry), JSON.stringify(entry));
    });
  }

  it('site/countries.json: the file names the source of its entries', () =>
    assert.ok(isSourced(read('site/countries.json'))));

  it('devices have plausible figures', () => {
    assert.ok(catalogueDevices.length > 250);
    for (const device of catalogueDevices) {
      assert.ok(device.tdpWatts >= 5 && device.tdpWatts <= 1500, device.name);
      assert.ok(device.memoryGb >= 4 && device.bandwidthGbs > 10 && (device.peakTflops.fp32 ?? 0) > 0, device.name);
      if (device.idleWatts !== undefined) assert.ok(device.idleWatts < 0.3 * device.tdpWatts, device.name);
    }
  });

  it('the RTX 4070 has 200 W and the H100 dense, not sparse, peaks', () => {
    const find = (name: string) => catalogueDevices.find((device) => device.name === name);
    assert.equal(find('NVIDIA RTX 4070')?.tdpWatts, 200);
    assert.equal(find('NVIDIA H100 SXM5 80GB')?.peakTflops.bf16, 989);
    assert.equal(find('NVIDIA H100 SXM5 80GB')?.peakTflops.fp32, 67);
  });

  it('every instance names a device of the catalogue', () => {
    for (const entry of read('hardware/instances.json').entries as readonly { device: string }[]) {
      assert.ok(
        catalogueDevices.some((device) => device.name === entry.device),
        entry.device,
      );
    }
  });

  it('effects have ordered ranges and a general entry per feature', () => {
    for (const effect of effects) {
      assert.ok(effect.low <= effect.ratio && effect.ratio <= effect.high && effect.low > 0, effect.id);
      assert.equal(effect.basis === 'assumption', effect.pairs === 0, effect.id);
      assert.ok(effect.year >= 2019);
    }
    for (const feature of new Set(effects.map((effect) => effect.feature))) {
      if (feature === 'power-limit') continue;
      const last = effects.filter((effect) => effect.feature === feature).at(-1);
      assert.deepEqual(Object.keys(last?.when ?? { none: 1 }), [], feature);
    }
  });

  it('finds regions by cloud name, country code and country name', () => {
    assert.ok((findRegion('eu-west-3')?.gramsPerKwh ?? 999) < 100);
    assert.equal(findRegion('FR')?.gramsPerKwh, findRegion('France')?.gramsPerKwh);
    assert.equal(findRegion('fra')?.country, 'FRA');
    assert.equal(findRegion('DE')?.label, 'Germany');
    assert.equal(findRegion('East US')?.provider, 'azure');
    assert.equal(findRegion('US-TX')?.country, 'USA');
    assert.equal(findRegion('texas')?.label, 'Texas, USA');
    assert.equal(findRegion('Georgia')?.country, 'GEO');
    assert.equal(findRegion('CA-QC')?.country, 'CAN');
    assert.equal(findRegion('VN')?.label, 'Vietnam');
    assert.equal(findRegion('aws:us-east-1')?.provider, 'aws');
    assert.equal(findRegion('gcp:europe-west1')?.provider, 'gcp');
    assert.equal(findRegion('world')?.gramsPerKwh, 480);
    assert.equal(findRegion('atlantis'), undefined);
    assert.ok(nearestRegions('eu-west-33').includes('eu-west-3'));
  });
});
