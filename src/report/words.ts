import type { Location } from '../core/engine/finding.ts';
import { noEnergyText } from '../energy/benefitText.ts';
import type { Estimate } from '../energy/estimate.ts';
import { amountText, intervalText } from '../energy/estimateText.ts';
import type { Impact } from '../energy/impact.ts';
import type { TotalSaving } from './totalSaving.ts';

/** `src/a.py:3:5`, `nb.ipynb cell 2, line 3`: counted from 1, as people do. */
export function placeText({ path, cell, range }: Location): string {
  const line = range.start.line + 1;
  return cell === undefined ? `${path}:${line}:${range.start.character + 1}` : `${path} cell ${cell + 1}, line ${line}`;
}

/** `12 kWh (8.1 to 19)`, or a word where there is nothing to add. */
export function savingText(estimate: Estimate): string {
  return isNothing(estimate) ? 'none stated' : `${amountText(estimate)} (${intervalText(estimate)})`;
}

/** The parts of the life cycle, apart: electricity in use (and how much of it in training), and making the devices. */
export function carbonRows(total: TotalSaving): readonly (readonly [label: string, estimate: Estimate])[] {
  const { carbon, trainingCarbon, embodied } = total;
  return [
    ['Carbon, use', carbon],
    ...(isNothing(trainingCarbon) ? [] : [['Carbon, training part of use', trainingCarbon] as const]),
    ...(isNothing(embodied) ? [] : [['Carbon, making the devices', embodied] as const]),
  ];
}

function isNothing({ mid, high }: Estimate): boolean {
  return mid === 0 && high === 0;
}

/** What a finding does to energy, in a table's cell. */
export function effectText(impact: Impact | undefined): string {
  switch (impact?.direction) {
    case 'saves':
      return savingText(impact.energyPerYear);
    case 'may-increase':
      return 'open: may save or cost';
    case 'increases':
      return 'costs energy on this hardware';
    case 'none':
      return noEnergyText(impact);
    case undefined:
      return 'not estimated';
  }
}

/** `missing-quantisation` → `Missing quantisation`. */
export function categoryText(category: string): string {
  const words = category.replaceAll('-', ' ').replace(/\bllm\b/, 'LLM');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function count(amount: number, singular: string, plural = `${singular}s`): string {
  return `${amount} ${amount === 1 ? singular : plural}`;
}
