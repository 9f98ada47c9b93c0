import type { Impact } from './impact.ts';
import type { OtherBenefit } from './workload.ts';

const WORDS: Readonly<Record<OtherBenefit, string>> = {
  memory: 'memory',
  latency: 'time',
  money: 'money',
  network: 'network traffic',
};

/** What an advice without a known energy effect gives instead: `memory and time`; empty when nothing is known. */
export function benefitText({ alsoSaves }: Pick<Impact, 'alsoSaves'>): string {
  const words = alsoSaves.map((benefit) => WORDS[benefit]);
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The sentence for a direction of `none`. */
export function noEnergyText(impact: Pick<Impact, 'alsoSaves'>): string {
  const benefit = benefitText(impact);
  return benefit === '' ? 'no energy effect is known' : `saves ${benefit}; no energy effect is known`;
}
