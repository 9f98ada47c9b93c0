/** A place as people write it, split into the cloud's provider, where it is named, and the place itself. */
export interface PlaceName {
  readonly provider?: string;
  /** Lower case, without accents. */
  readonly name: string;
}

const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/^(?:aws|amazon(?: web services)?|ec2)$/, 'aws'],
  [/^(?:gcp|google(?: cloud)?(?: platform)?|gce)$/, 'gcp'],
  [/^(?:microsoft )?azure$/, 'azure'],
  [/^ovh(?:cloud)?$/, 'ovh'],
  [/^(?:oracle(?: cloud)?|oci)$/, 'oracle'],
  [/^(?:scaleway|coreweave|seeweb)$/, ''],
];
const PREFIX =
  /^((?:amazon(?: web services)?|aws|ec2|gcp|gce|google(?: cloud)?(?: platform)?|(?:microsoft )?azure|ovh(?:cloud)?|oracle(?: cloud)?|oci|scaleway|coreweave|seeweb))\s*[\s:/_-]\s*(.+)$/;
const IN_BRACKETS = /^(.+?)\s*\(([a-z ]+)\)$/;

/** Reads `AWS us-east-1`, `azure-swedencentral`, `gcp:europe-west1`, `us-east-1 (AWS)`, `Türkiye`. */
export function parsePlaceName(text: string): PlaceName {
  const plain = withoutAccents(text);
  const prefixed = PREFIX.exec(plain);
  if (prefixed?.[1] !== undefined && prefixed[2] !== undefined) return named(prefixed[1], prefixed[2]);
  const bracketed = IN_BRACKETS.exec(plain);
  const isProvider = bracketed?.[2] !== undefined && providerOf(bracketed[2]) !== undefined;
  return isProvider && bracketed[1] !== undefined ? named(bracketed[2] ?? '', bracketed[1]) : { name: plain };
}

/** The region that an availability zone belongs to: `eu-central-1a`, `us-central1-b`, `us-west-2-lax-1a`, `swedencentral-1`. */
export function regionOfZone(name: string): string | undefined {
  const aws = /^([a-z]{2}(?:-[a-z]+)+-\d)(?:-[a-z]{3}-\d)?[a-z]$/.exec(name);
  const google = /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(name);
  const azure = /^([a-z]+\d?)-\d$/.exec(name);
  return (aws ?? google ?? azure)?.[1];
}

/** The city in the name of an Oracle region: `eu-frankfurt-1`, `us-ashburn-1`. */
export function oracleCity(name: string): string | undefined {
  return /^[a-z]{2}-([a-z]{4,})-\d$/.exec(name)?.[1];
}

export function withoutAccents(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ı/g, 'i')
    .replace(/ø/g, 'o')
    .replace(/[’`]/g, "'")
    .replace(/ & /g, ' and ')
    .replace(/\bst\. /g, 'saint ')
    .replace(/\s+/g, ' ');
}

function named(provider: string, name: string): PlaceName {
  return { provider: providerOf(provider) ?? provider, name: name.trim() };
}

function providerOf(text: string): string | undefined {
  const found = PROVIDERS.find(([pattern]) => pattern.test(text));
  return found && (found[1] || text);
}
