import type { JumpTarget, RankedFinding } from '../../protocol.ts';
import { button, element, withCode } from './element.ts';

/** One finding as a button that jumps to its place, with a bar for its share of the largest saving. */
export function rankedFinding(
  { ruleId, what, place, amount, interval, weight, severity, target }: RankedFinding,
  index: number,
  onJump: (target: JumpTarget) => void,
): HTMLButtonElement {
  const label = `${severity}: ${what} ${amount} per year, ${interval}. Go to ${place}.`;
  const row = button('', { id: `finding-${index}`, class: 'finding', 'aria-label': label, title: what }, () =>
    onJump(target),
  );
  row.append(
    element(
      'span',
      { class: 'finding-head' },
      element('span', { class: 'strong' }, ruleId),
      element('span', {}, amount),
    ),
    element('span', { class: 'what' }, ...withCode(what)),
    bar(weight, severity),
    element('span', { class: 'finding-head quiet' }, element('span', {}, place), element('span', {}, interval)),
  );
  return row;
}

/** An SVG, since the page's policy forbids inline styles. */
function bar(weight: number, severity: RankedFinding['severity']): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', `bar ${severity}`);
  svg.setAttribute('aria-hidden', 'true');
  const fill = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  fill.setAttribute('width', `${Math.round(weight * 100)}%`);
  fill.setAttribute('height', '100%');
  svg.append(fill);
  return svg;
}
