import type { Total } from '../../protocol.ts';
import { element } from './element.ts';

/** Energy, CO2e and money with their intervals, as a description list. */
export function totalsList(totals: readonly Total[]): HTMLElement {
  const rows = totals.map(({ name, amount, interval }) =>
    element(
      'div',
      { class: 'total' },
      element('dt', {}, name),
      element('dd', {}, element('span', { class: 'amount' }, amount), element('span', { class: 'quiet' }, interval)),
    ),
  );
  return element('dl', { class: 'totals', 'aria-label': 'Possible saving per year' }, ...rows);
}
