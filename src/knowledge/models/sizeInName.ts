/** Parameter counts read from a name. */
export interface SizeInName {
  readonly parameters: number;
  readonly activeParameters: number;
}

/** Weights outside the experts are shared: 8x7B is 47 billion, not 56, of which 13 billion work on a token (Mixtral). */
const SHARED_OF_MIXTURE = 0.83;

/** Reads `7b`, `0.5B`, `350M`, `1b7`, `8x7B` and `30B-A3B`; undefined where the name gives no size. */
export function sizeInName(name: string): SizeInName | undefined {
  const text = name.toLowerCase();
  const mixture = /(?:^|[^a-z0-9.])(\d+)x(\d+(?:\.\d+)?)b(?![a-z0-9])/.exec(text);
  if (mixture) {
    const experts = Number(mixture[1]);
    const size = Number(mixture[2]) * 1e9;
    return positive(experts * size * SHARED_OF_MIXTURE, Math.min(experts, 2) * size * 0.92);
  }
  const split = /(?:^|[^a-z0-9.])(\d+)b(\d)(?![a-z0-9])/.exec(text);
  if (split) return positive(Number(`${split[1]}.${split[2]}`) * 1e9);
  const plain = /(?:^|[^a-z0-9.])e?(\d+(?:[._]\d+)?)(b|m)(?![a-z0-9])/.exec(text);
  if (!plain) return undefined;
  const parameters = Number(plain[1]?.replace('_', '.')) * (plain[2] === 'b' ? 1e9 : 1e6);
  const active = /(?:^|[^a-z0-9.])a(\d+(?:\.\d+)?)b(?![a-z0-9])/.exec(text);
  return positive(parameters, active ? Number(active[1]) * 1e9 : parameters);
}

function positive(parameters: number, activeParameters = parameters): SizeInName | undefined {
  if (!(parameters >= 1e6 && parameters <= 1e13)) return undefined;
  return { parameters, activeParameters: Math.min(activeParameters, parameters) };
}
