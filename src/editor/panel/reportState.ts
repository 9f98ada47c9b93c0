import type { Finding } from '../../core/engine/finding.ts';
import { amountText, intervalText } from '../../energy/estimateText.ts';
import { MAX_FILES } from '../documentScope.ts';
import { profileDetail } from '../profileText.ts';
import type { WorkspaceReport } from '../workspaceReport.ts';
import { savingTotals } from './impactState.ts';
import type { JumpTarget } from './protocol.ts';
import { placeText, rankFindings } from './rankFindings.ts';
import type { ReportRow, ReportState, ReportTable } from './reportProtocol.ts';
import { totalSaving } from './totalSaving.ts';

/** The report as its page prints it. */
export function reportState(report: WorkspaceReport): ReportState {
  const { findings, files, profile, uris } = report;
  const place = ({ location }: Finding): string => `${location.path}, ${placeText(location)}`;
  const target = ({ location }: Finding): JumpTarget => {
    const uri = uris.get(location.path);
    const fragment = location.cell === undefined ? '' : `cell=${location.cell}`;
    return { uri: uri?.with({ fragment }).toString() ?? '', ...location.range.start };
  };
  return {
    label: report.label,
    summary: `${counted(findings.length, 'finding')} in ${counted(files.analysed, 'analysed file')}`,
    profile: profile && { name: profile.name, detail: profileDetail(profile) },
    totals: savingTotals(findings),
    notes: notes(report),
    ranking: rankFindings(findings, place, target),
    tables: [
      table('Rule', findings, ({ ruleId }) => ruleId),
      table('Category', findings, ({ category }) => category),
      table('File', findings, ({ location }) => location.path, target),
    ],
  };
}

/** One row per key, largest saving first. */
function table(
  caption: string,
  findings: readonly Finding[],
  key: (finding: Finding) => string,
  target?: (first: Finding) => JumpTarget,
): ReportTable {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const name = key(finding);
    groups.set(name, [...(groups.get(name) ?? []), finding]);
  }
  const rows = [...groups].map(([name, group]) => ({ name, group, saving: totalSaving(group) }));
  rows.sort((a, b) => (b.saving?.energy.mid ?? 0) - (a.saving?.energy.mid ?? 0) || b.group.length - a.group.length);
  return {
    caption,
    rows: rows.map(({ name, group, saving }): ReportRow => {
      const [first] = group;
      return {
        name,
        findings: group.length,
        amount: saving === undefined ? 'no estimate' : amountText(saving.energy),
        interval: saving === undefined ? '' : intervalText(saving.energy),
        ...(first === undefined || target === undefined ? {} : { target: target(first) }),
      };
    }),
  };
}

function notes({ files, suppressed, problems, isCapped }: WorkspaceReport): readonly string[] {
  return [
    ...(isCapped ? [`The workspace has more source files than the ${MAX_FILES} that a report reads.`] : []),
    ...(files.excluded > 0 ? [`${counted(files.excluded, 'file')} excluded by the configuration.`] : []),
    ...(suppressed > 0 ? [`${counted(suppressed, 'finding')} suppressed by a comment or the baseline.`] : []),
    ...problems.map(({ path, message }) => `${path}: ${message}`),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
