import { noEnergyText } from '../../energy/benefitText.ts';
import { amountText, intervalText } from '../../energy/estimateText.ts';
import type { Impact } from '../../energy/impact.ts';
import type { Message } from './rule.ts';

/** The whole text of a report: what, what it costs, why, what to do. One paragraph, whose start the Problems panel shows. */
export function reportText(message: Message, impact: Impact | undefined): string {
  return [message.what, impact && savingSentence(impact), message.why, message.condition, message.advice]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => asSentence(String(part)))
    .join(' ');
}

/** The saving as a range, said as sure as the model is. */
function savingSentence(impact: Impact): string {
  const share = shareText(impact.share);
  switch (impact.direction) {
    case 'saves':
      return `Estimated saving ${share} of this energy, ${amountText(impact.energyPerYear)} a year (${intervalText(impact.energyPerYear)})`;
    case 'may-increase':
      return `On this hardware the energy effect is open: ${share}`;
    case 'increases':
      return 'On this hardware the advice would cost energy';
    case 'none':
      return `Estimate: ${noEnergyText(impact)}`;
  }
}

/** `30 to 50 %`; `about 100 %` where both ends read the same. */
function shareText({ low, high }: Impact['share']): string {
  const [least, most] = [percent(low), percent(high)];
  return least === most ? `about ${most} %` : `${least} to ${most} %`;
}

function percent(share: number): string {
  const value = share * 100;
  return String(Math.abs(value) >= 10 ? Math.round(value) : Number(value.toPrecision(1))).replace('-', '−');
}

function asSentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
