/** Parameter counts read from a name. */
export interface SizeInName {
  readonly parameters: number;
  readonly activeParameters: number;
  /** The name states only what works on a token, or only the whole of what must be a mixture. */
  readonly isMixtureAssumed?: boolean;
}

/** Weights outside the experts are shared: 8x7B is 47 billion, not 56, of which 13 billion work on a token (Mixtral). */
const SHARED_OF_MIXTURE = 0.83;

/** Published mixtures hold 4 to 18 times what works on a token (Qwen2-57B-A14B, DeepSeek-V3), those of a trillion 20 to 32 (Ling-1T, Kimi K2). */
const USUAL_TOTAL_PER_ACTIVE = { billions: 8, trillions: 25 };
const ACTIVE = /(?:^|[^a-z0-9.])a(\d+(?:\.\d+)?)b(?![a-z0-9])/;

/** Reads `7b`, `0.5B`, `350M`, `1b7`, `1T`, `8x7B`, `30B-A3B` and `A13B`; undefined where the name gives no size. */
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
  const active = ACTIVE.exec(text);
  if (!plain) {
    const large = /(?:^|[^a-z0-9.])(\d+(?:\.\d+)?)t(?![a-z0-9])/.exec(text);
    const works = active ? Number(active[1]) * 1e9 : 0;
    if (large && active) return positive(Number(large[1]) * 1e12, works);
    const trillions = Number(large?.[1] ?? 0) * 1e12;
    const size = large
      ? positive(trillions, trillions / USUAL_TOTAL_PER_ACTIVE.trillions)
      : positive(works * USUAL_TOTAL_PER_ACTIVE.billions, works);
    return size && { ...size, isMixtureAssumed: true };
  }
  const parameters = Number(plain[1]?.replace('_', '.')) * (plain[2] === 'b' ? 1e9 : 1e6);
  return positive(parameters, active ? Number(active[1]) * 1e9 : parameters);
}

function positive(parameters: number, activeParameters = parameters): SizeInName | undefined {
  if (!(parameters >= 1e6 && parameters <= 1e13)) return undefined;
  return { parameters, activeParameters: Math.min(activeParameters, parameters) };
}
