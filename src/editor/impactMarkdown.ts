import type { Finding } from '../core/engine/finding.ts';
import { noEnergyText } from '../energy/benefitText.ts';
import { estimateText } from '../energy/estimateText.ts';
import type { Impact } from '../energy/impact.ts';
import type { Profile } from '../energy/profile.ts';
import { COMMANDS } from './commandIds.ts';

const HEADINGS = {
  saves: 'Estimated saving',
  'may-increase': 'Estimated saving (may also cost energy)',
  increases: 'Estimate: the advice would cost energy here',
} as const;

/** The estimate behind a finding with everything it rests on, as Markdown with command links. */
export function impactMarkdown(finding: Finding, profile: Profile): string {
  return [estimate(finding), assumptions(finding), hardware(profile), links(finding)].filter(Boolean).join('\n\n');
}

function estimate({ impact }: Finding): string {
  if (impact === undefined) return '**Green AI** has no energy estimate for this place.';
  if (impact.direction === 'none') return `**Estimate**: ${noEnergyText(impact)}`;
  const rows = [
    `| per ${escapeText(impact.unit)} | ${estimateText(impact.perUnit)} |`,
    `| per year | ${estimateText(impact.energyPerYear)} |`,
    `| CO₂e per year, ${impact.phase ?? 'use'} | ${estimateText(impact.carbonPerYear)} |`,
    ...(impact.embodiedPerYear === undefined || impact.embodiedPerYear.mid === 0
      ? []
      : [`| CO₂e per year, share of making the devices | ${estimateText(impact.embodiedPerYear)} |`]),
    `| money per year | ${estimateText(impact.costPerYear)} |`,
  ];
  const chance = `${probability(impact.probability)} likely to save energy`;
  const share = `${shareText(impact.share)} of this work's energy`;
  return `**${HEADINGS[impact.direction]}**: ${share}, ${chance}\n\n| | with 90 % interval |\n|:--|:--|\n${rows.join('\n')}`;
}

function assumptions({ impact }: Finding): string {
  if (impact === undefined || impact.assumptions.length === 0) return '';
  return `**Assumptions**\n${impact.assumptions.map((sentence) => `- ${escapeText(sentence)}`).join('\n')}`;
}

function hardware({ name, site }: Profile): string {
  const place = `${site.region}, ${Math.round(site.gramsPerKwh)} g CO₂e/kWh (${site.gridYear})`;
  return `**Hardware** ${escapeText(name)}, ${escapeText(place)} · [change](command:${COMMANDS.selectProfile} "Select another hardware profile")`;
}

function links({ ruleId }: Finding): string {
  const argument = encodeURIComponent(JSON.stringify([ruleId]));
  return `[Documentation of ${ruleId}](command:${COMMANDS.openRuleDocumentation}?${argument}) · [Energy impact of this file](command:${COMMANDS.showImpact})`;
}

function shareText({ low, mid, high }: Impact['share']): string {
  const [from, middle, to] = [percent(low), percent(mid), percent(high)];
  return from === to ? middle : `${middle} (${from} to ${to})`;
}

/** An estimate is never certain. */
function probability(value: number): string {
  return value > 0.99 ? 'more than 99 %' : value < 0.01 ? 'less than 1 %' : percent(value);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function escapeText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\r?\n/g, ' ');
}
