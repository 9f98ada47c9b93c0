import assert from 'node:assert/strict';
import { findRegion, nearestRegions } from '../../../src/knowledge/site/findRegion.ts';

/** What consoles and people write, what is meant, and whose building it is. */
const REGIONS: readonly (readonly [text: string, label: string, provider?: string])[] = [
  ['AWS us-east-1', 'aws us-east-1 (Ashburn, USA)', 'aws'],
  ['aws/us-west-2', 'aws us-west-2 (Portland, USA)', 'aws'],
  ['us-east-1 (AWS)', 'aws us-east-1 (Ashburn, USA)', 'aws'],
  ['us_east_1', 'aws us-east-1 (Ashburn, USA)', 'aws'],
  ['US East (N. Virginia)', 'aws us-east-1 (Ashburn, USA)', 'aws'],
  ['EU (Ireland)', 'aws eu-west-1 (Dublin, Ireland)', 'aws'],
  ['Europe (Frankfurt)', 'aws eu-central-1 (Frankfurt am Main, Germany)', 'aws'],
  ['eu-central-1a', 'aws eu-central-1 (Frankfurt am Main, Germany)', 'aws'],
  ['us-west-2-lax-1a', 'aws us-west-2 (Portland, USA)', 'aws'],
  ['us-central1-b', 'gcp us-central1 (Council Bluffs, USA)', 'gcp'],
  ['Google Cloud europe-west4', 'gcp europe-west4 (Eemshaven, Netherlands)', 'gcp'],
  ['azure-swedencentral', 'azure swedencentral (Gavle, Sweden)', 'azure'],
  ['Azure East US', 'azure eastus (Blue Ridge, USA)', 'azure'],
  ['westeurope-1', 'azure westeurope (Amsterdam, Netherlands)', 'azure'],
  ['AWS Frankfurt', 'Frankfurt am Main, Germany', 'aws'],
  ['GCP Belgium', 'Belgium', 'gcp'],
  ['eu-frankfurt-1', 'oracle eu-frankfurt-1 (Frankfurt, Germany)', 'oracle'],
  ['fr-par', 'France'],
  ['Republic of Ireland', 'Ireland'],
  ['Bosnia & Herzegovina', 'Bosnia and Herzegovina'],
  ['St. Lucia', 'Saint Lucia'],
  ['Democratic Republic of the Congo', 'Democratic Republic of Congo'],
  ['EU', 'European Union'],
  ['Europe', 'European Union'],
  ['Türkiye', 'Turkey'],
  ['Ivory Coast', "Cote d'Ivoire"],
  ['Côte d’Ivoire', "Cote d'Ivoire"],
  ['Réunion', 'Reunion'],
  ['The Netherlands', 'Netherlands'],
  ['Czech Republic', 'Czechia'],
  ['UAE', 'United Arab Emirates'],
  ['England', 'United Kingdom'],
  ['Deutschland', 'Germany'],
  ['Tokyo', 'Tokyo, Japan'],
  ['Zürich', 'Zurich, Switzerland'],
  ['Paris, France', 'Paris, France'],
  ['Munich', 'Germany'],
  ['Georgia', 'Georgia'],
];

describe('names of regions', () => {
  for (const [text, label, provider] of REGIONS) {
    it(text, () => {
      const found = findRegion(text);
      assert.equal(found?.label, label);
      assert.equal(found?.provider, provider);
      assert.ok((found?.gramsPerKwh ?? 0) > 0);
    });
  }

  it('keeps the letter of a provider that has no such region apart', () => {
    assert.equal(findRegion('gcp:us-east-1'), undefined);
    assert.equal(findRegion('mars-central-1a'), undefined);
    assert.equal(findRegion('constructor'), undefined);
  });

  it('suggests only what resembles the text', () => {
    assert.deepEqual(nearestRegions('atlantis'), []);
    assert.ok(nearestRegions('swedn').includes('Sweden'));
    assert.ok(nearestRegions('Türkei').includes('Turkey'));
  });
});
