import { amountText, intervalText } from '../energy/estimateText.ts';
import { messageParts } from './codeSpans.ts';
import { Html, html } from './html.ts';
import type { ReportEntry, ReportGroup, ReportModel } from './reportModel.ts';
import { REPORT_STYLE } from './reportStyle.ts';
import type { TotalSaving } from './totalSaving.ts';
import { carbonRows, categoryText, count, effectText, placeText } from './words.ts';

/** The report as one HTML file: no scripts, nothing loaded from elsewhere, all text escaped. */
export function toHtml(report: ReportModel): string {
  const { meta, profile } = report;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Green AI report: ${meta.label}</title>
<style>${new Html(REPORT_STYLE)}</style>
</head>
<body>
<header>
<h1>Green AI report: ${meta.label}</h1>
<p class="soft">${count(report.ranking.length, 'finding')} in ${count(meta.analysedFiles, 'file')},
made <time datetime="${meta.createdAt}">${meta.createdAt.slice(0, 16).replace('T', ' ')}</time> by Green AI ${meta.toolVersion}</p>
<p>Hardware profile: <strong>${profile.name}</strong> (${profile.hardware.count} × ${profile.hardware.device}), ${profile.site.region},
${profile.site.gramsPerKwh} g CO₂e per kWh (${profile.site.gridYear}), PUE ${profile.site.pue}${others(meta.otherProfiles)}</p>
</header>
<main>
<h2>What the advice saves per year</h2>
${cards(report.total)}
<p class="soft">${count(report.total.counted, 'finding')} counted. ${report.method}</p>
${ranking(report.ranking)}
${groups('By category', report.byCategory, categoryText)}
${groups('By rule', report.byRule)}
${groups('By file', report.byFile)}
${advice(report.ranking)}
${assumptions(report)}
${skipped(report)}
</main>
<footer class="soft">
<p>Profile source: ${profile.source}. Estimates are models, not measurements; every figure is a 90 % interval.${meta.suppressedFindings > 0 ? ` ${count(meta.suppressedFindings, 'finding')} suppressed.` : ''}</p>
</footer>
</body>
</html>
`;
  return page.text;
}

function cards(total: TotalSaving): Html {
  const { energy, cost } = total;
  const card = (label: string, value: string, interval: string): Html =>
    html`<li><span class="soft">${label}</span><strong>${value}</strong><span>${interval}</span></li>\n`;
  return html`<ul class="cards">
${card('Energy', amountText(energy), intervalText(energy))}${carbonRows(total).map(([label, estimate]) => card(label, amountText(estimate), intervalText(estimate)))}${card('Cost', amountText(cost), intervalText(cost))}</ul>`;
}

function ranking(entries: readonly ReportEntry[]): Html {
  if (entries.length === 0) return html`<p>Nothing was found.</p>`;
  const largest = Math.max(
    ...entries.map(({ impact }) => (impact?.direction === 'saves' ? impact.energyPerYear.high : 0)),
  );
  const row = (entry: ReportEntry): Html => html`<tr>
<td class="number">${entry.rank}</td>
<td><a href="#finding-${entry.rank}">${message(entry.what)}</a><br><code>${placeText(entry.location)}</code></td>
<td class="level ${entry.severity}">${entry.severity}</td>
<td>${effectText(entry.impact)}${intervalBar(entry, largest)}</td>
<td>${entry.fix ? entry.fix.safety : 'none'}</td>
</tr>
`;
  return html`<h2 id="ranking">Findings by saving</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="ranking"><table>
<thead><tr><th scope="col" class="number">#</th><th scope="col">What and where</th><th scope="col">Severity</th><th scope="col">Saved per year</th><th scope="col">Fix</th></tr></thead>
<tbody>
${entries.map(row)}</tbody></table></div>`;
}

/** The interval from low to high with a mark at the middle; the text beside it says the same. */
function intervalBar({ impact }: ReportEntry, largest: number): Html | undefined {
  if (impact?.direction !== 'saves' || largest <= 0) return undefined;
  const { low, mid, high } = impact.energyPerYear;
  const percent = (value: number): string => `${Math.max(0, Math.min(100, (value / largest) * 100)).toFixed(2)}%`;
  return html`<span class="bar" aria-hidden="true"><i style="left:${percent(low)};width:${percent(high - low)}"></i><b style="left:${percent(mid)}"></b></span>`;
}

function groups(title: string, found: readonly ReportGroup[], label = (name: string): string => name): Html {
  if (found.length === 0) return html``;
  const id = title.toLowerCase().replaceAll(' ', '-');
  const row = ({ name, findings, total }: ReportGroup): Html =>
    html`<tr><th scope="row">${label(name)}</th><td class="number">${findings}</td><td>${total.counted === 0 ? 'not estimated' : `${amountText(total.energy)} (${intervalText(total.energy)})`}</td></tr>\n`;
  return html`<h2 id="${id}">${title}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}"><table>
<thead><tr><th scope="col">${title.replace('By ', '').replace(/^./, (letter) => letter.toUpperCase())}</th><th scope="col" class="number">Findings</th><th scope="col">Saved per year</th></tr></thead>
<tbody>
${found.map(row)}</tbody></table></div>`;
}

function advice(entries: readonly ReportEntry[]): Html {
  if (entries.length === 0) return html``;
  return html`<h2>What to do</h2>
${entries.map(details)}`;
}

function details(entry: ReportEntry): Html {
  const { rank, what, why, condition, advice: todo, fix, impact, ruleId, docsUrl, location } = entry;
  return html`<details id="finding-${rank}">
<summary><strong>${rank}.</strong> ${message(what)} <code>${placeText(location)}</code></summary>
<p>${message(why)}</p>
${condition ? html`<p>${message(condition)}</p>` : undefined}<p><strong>${message(todo)}</strong></p>
${fix ? html`<p>Fix: ${fix.title} (${fix.safety}).</p>` : undefined}${impact && impact.assumptions.length > 0 ? html`<ul>${impact.assumptions.map((text) => html`<li>${text}</li>`)}</ul>` : undefined}<p><a href="${docsUrl}">${ruleId}</a></p>
</details>
`;
}

/** A rule's sentence, with the source text in it set as code. */
function message(text: string): readonly (Html | string)[] {
  return messageParts(text).map((part) => (part.isCode ? html`<code>${part.text}</code>` : part.text));
}

function assumptions({ assumptions: found, profile }: ReportModel): Html {
  const { requestsPerYear, itemsPerYear, runsPerYear, rendersPerYear, concurrency } = profile.workload;
  const amount = (value: number): string => value.toLocaleString('en-US');
  return html`<h2>What the numbers rest on</h2>
<ul>
<li>Work per year: ${amount(requestsPerYear)} requests, ${amount(itemsPerYear)} items, ${amount(runsPerYear)} runs, ${amount(rendersPerYear)} renders; ${amount(concurrency)} at a time.</li>
${found.map(({ text, findings }) => html`<li>${text} <span class="soft">(${count(findings, 'finding')})</span></li>\n`)}</ul>`;
}

function skipped({ meta }: ReportModel): Html {
  if (meta.skipped.length === 0) return html``;
  return html`<h2>Not analysed</h2>
<ul>
${meta.skipped.map(({ path, reason }) => html`<li><code>${path}</code>: ${reason}</li>\n`)}</ul>`;
}

function others(names: readonly string[] = []): string {
  return names.length === 0 ? '' : `; estimates of some files: ${names.join(', ')}`;
}
