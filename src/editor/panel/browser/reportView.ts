import type { RankedFinding } from '../protocol.ts';
import type { ExportFormat, ReportRow, ReportState, ReportTable, ToReport } from '../reportProtocol.ts';
import { button, element } from './shared/element.ts';
import { rankedFinding } from './shared/rankedFinding.ts';
import { totalsList } from './shared/totalsList.ts';

// The page of the report: draws the state that the extension sends, and asks it to jump, to export or to run again.

const FORMATS: Readonly<Record<ExportFormat, string>> = { html: 'HTML', markdown: 'Markdown', json: 'JSON' };
/** The first findings carry nearly all of the saving; the rest waits behind a button so that the page stays quick. */
const FIRST = 50;

const host = acquireVsCodeApi();
const root = document.getElementById('root');
if (root !== null) start(root);

function start(container: HTMLElement): void {
  const draw = (state: ReportState): void => container.replaceChildren(...page(state));
  const remembered = host.getState();
  if (isState(remembered)) draw(remembered);
  window.addEventListener('message', ({ data }: MessageEvent<ToReport>) => {
    if (data.type !== 'report') return;
    host.setState(data.state);
    draw(data.state);
  });
  host.postMessage({ type: 'ready' });
}

function isState(value: unknown): value is ReportState {
  return typeof value === 'object' && value !== null && 'tables' in value && Array.isArray(value.tables);
}

function page(state: ReportState): HTMLElement[] {
  return [
    header(state),
    section('Possible saving per year', ...totalsSection(state)),
    section('Largest savings', ranking(state.ranking)),
    ...state.tables.filter(({ rows }) => rows.length > 0).map(tableSection),
    ...(state.notes.length === 0 ? [] : [section('Not covered', list(state.notes))]),
  ];
}

function header({ label, summary, profile }: ReportState): HTMLElement {
  const formats = Object.entries(FORMATS) as [ExportFormat, string][];
  const actions = element(
    'div',
    { class: 'actions', role: 'toolbar', 'aria-label': 'Report' },
    ...formats.map(([format, name]) =>
      button(`Export ${name}`, { id: `export-${format}` }, () => host.postMessage({ type: 'export', format })),
    ),
    button('Run again', { id: 'rerun', class: 'primary' }, () => host.postMessage({ type: 'rerun' })),
  );
  const hardware = quiet(`Hardware profile: ${profile.name} (${profile.detail})`);
  return element('header', {}, element('h1', {}, `Green AI report: ${label}`), quiet(summary), hardware, actions);
}

function totalsSection({ totals, method }: ReportState): HTMLElement[] {
  if (totals.length === 0) return [quiet('No finding has an estimate that counts.')];
  return [totalsList(totals), quiet(method)];
}

function ranking(findings: readonly RankedFinding[]): HTMLElement {
  if (findings.length === 0) return quiet('No findings.');
  const rows = (from: number, to: number): HTMLElement[] =>
    findings.slice(from, to).map((finding, index) =>
      element(
        'li',
        {},
        rankedFinding(finding, from + index, (target) => host.postMessage({ type: 'jump', target })),
      ),
    );
  const items = element('ol', { class: 'ranking' }, ...rows(0, FIRST));
  if (findings.length <= FIRST) return items;
  const more = button(`Show all ${findings.length} findings`, { id: 'more' }, () => {
    items.append(...rows(FIRST, findings.length));
    more.remove();
    document.getElementById(`finding-${FIRST}`)?.focus();
  });
  return element('div', {}, items, more);
}

function tableSection({ caption, rows }: ReportTable): HTMLElement {
  const head = element(
    'thead',
    {},
    element(
      'tr',
      {},
      element('th', { scope: 'col' }, caption),
      element('th', { scope: 'col', class: 'number' }, 'Findings'),
      element('th', { scope: 'col', class: 'number' }, 'Saving per year'),
      element('th', { scope: 'col', class: 'number' }, '90 % interval'),
    ),
  );
  return section(
    `By ${caption.toLowerCase()}`,
    element('table', {}, head, element('tbody', {}, ...rows.map(tableRow))),
  );
}

function tableRow({ name, findings, amount, interval, target }: ReportRow): HTMLElement {
  const label =
    target === undefined ? name : button(name, { class: 'link' }, () => host.postMessage({ type: 'jump', target }));
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, label),
    element('td', { class: 'number' }, String(findings)),
    element('td', { class: 'number' }, amount),
    element('td', { class: 'number quiet' }, interval),
  );
}

function section(title: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element('section', { 'aria-label': title }, element('h2', {}, title), ...children);
}

function list(items: readonly string[]): HTMLElement {
  return element('ul', {}, ...items.map((item) => element('li', {}, item)));
}

function quiet(text: string): HTMLElement {
  return element('p', { class: 'quiet' }, text);
}
