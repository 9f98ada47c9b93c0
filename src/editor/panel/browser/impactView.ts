import type { ImpactState, ScopeTotals, ToWebview } from '../protocol.ts';
import { button, element } from './shared/element.ts';
import type { WebviewHost } from './shared/host.ts';
import { rankedFinding } from './shared/rankedFinding.ts';
import { totalsList } from './shared/totalsList.ts';

// The page of the view "Energy impact": draws the state that the extension sends, and asks it to act.

const host = acquireVsCodeApi();
const root = document.getElementById('root');
if (root !== null) start(root, host);

function start(container: HTMLElement, vscode: WebviewHost): void {
  const draw = (state: ImpactState): void => {
    const focused = document.activeElement?.id ?? '';
    container.replaceChildren(...view(state, vscode));
    document.getElementById(focused)?.focus();
    speak(state);
  };
  // A hidden view is thrown away: what it showed comes back at once, and is replaced when the extension answers.
  const remembered = vscode.getState();
  if (isState(remembered)) draw(remembered);
  window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
    if (data.type !== 'state') return;
    vscode.setState(data.state);
    draw(data.state);
  });
  vscode.postMessage({ type: 'ready' });
}

/** For screen readers: the total of the open file, when it changes. */
function speak({ file }: ImpactState): void {
  const spoken = document.getElementById('spoken');
  const [energy] = file?.totals ?? [];
  const text = file && energy ? `${file.label}: possible saving ${energy.amount} per year` : '';
  if (spoken !== null && spoken.textContent !== text) spoken.textContent = text;
}

function isState(value: unknown): value is ImpactState {
  return typeof value === 'object' && value !== null && 'ranking' in value && Array.isArray(value.ranking);
}

function view(state: ImpactState, vscode: WebviewHost): HTMLElement[] {
  return [
    profileSection(state, vscode),
    fileSection(state),
    workspaceSection(state.workspace, vscode),
    rankingSection(state, vscode),
  ];
}

function profileSection({ profile }: ImpactState, vscode: WebviewHost): HTMLElement {
  const change = button('Change', { id: 'profile', 'aria-label': 'Change the hardware profile' }, () =>
    vscode.postMessage({ type: 'selectProfile' }),
  );
  const text = element(
    'div',
    { class: 'profile-text' },
    element('div', { class: 'strong' }, profile?.name ?? 'No profile yet'),
    element('div', { class: 'quiet' }, profile?.detail ?? 'Open a Python or TypeScript file.'),
  );
  return section('Hardware profile', element('div', { class: 'profile' }, text, change));
}

function fileSection({ file }: ImpactState): HTMLElement {
  if (file === undefined) return section('This file', quiet('No analysed file is open.'));
  return section('This file', ...scope(file));
}

function workspaceSection(workspace: ScopeTotals | undefined, vscode: WebviewHost): HTMLElement {
  const label = workspace === undefined ? 'Run the report' : 'Run the report again';
  const run = button(label, { id: 'report', class: 'primary' }, () => vscode.postMessage({ type: 'report' }));
  const content =
    workspace === undefined
      ? [quiet('Totals of the workspace appear when the report has been run.')]
      : scope(workspace);
  return section('Workspace', ...content, run);
}

function scope({ label, findings, totals }: ScopeTotals): HTMLElement[] {
  const summary = quiet(`${label}: ${findings === 1 ? '1 finding' : `${findings} findings`}`);
  if (findings === 0) return [summary];
  if (totals.length === 0) return [summary, quiet('None of them has an energy estimate that counts.')];
  return [summary, element('h3', {}, 'Possible saving per year'), totalsList(totals)];
}

function rankingSection({ file, ranking }: ImpactState, vscode: WebviewHost): HTMLElement {
  if (file === undefined) return section('Largest savings', quiet('They are listed when an analysed file is open.'));
  if (ranking.length === 0) return section('Largest savings', quiet('Nothing to save in this file.'));
  const items = ranking.map((finding, index) =>
    element(
      'li',
      {},
      rankedFinding(finding, index, (target) => vscode.postMessage({ type: 'jump', target })),
    ),
  );
  return section('Largest savings', element('ol', { class: 'ranking' }, ...items));
}

function section(title: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element('section', { 'aria-label': title }, element('h2', {}, title), ...children);
}

function quiet(text: string): HTMLElement {
  return element('p', { class: 'quiet' }, text);
}
