import type { Finding } from '../../core/engine/finding.ts';
import { amountText, intervalText } from '../../energy/estimateText.ts';
import type { ReportGroup } from '../../report/reportModel.ts';
import { categoryText, count } from '../../report/words.ts';
import { MAX_FILES } from '../documentScope.ts';
import { profileDetail } from '../profileText.ts';
import type { WorkspaceReport } from '../workspaceReport.ts';
import { savingTotals } from './impactState.ts';
import type { JumpTarget } from './protocol.ts';
import { placeText, rankFindings } from './rankFindings.ts';
import type { ReportState, ReportTable } from './reportProtocol.ts';

/** The report as its page prints it; every number is the report model's. */
export function reportState(report: WorkspaceReport): ReportState {
  const { findings, model, uris } = report;
  const { profile } = model;
  const place = ({ location }: Finding): string => `${location.path}, ${placeText(location)}`;
  const target = ({ location }: Finding): JumpTarget => {
    const fragment = location.cell === undefined ? '' : `cell=${location.cell}`;
    return { uri: uris.get(location.path)?.with({ fragment }).toString() ?? '', ...location.range.start };
  };
  const firstIn = (path: string): JumpTarget | undefined => {
    const first = findings.find(({ location }) => location.path === path);
    return first && target(first);
  };
  return {
    label: model.meta.label,
    summary: `${count(findings.length, 'finding')} in ${count(model.meta.analysedFiles, 'analysed file')}`,
    profile: { name: profile.name, detail: profileDetail(profile) },
    totals: savingTotals(model.total),
    method: model.method,
    notes: notes(report),
    ranking: rankFindings(findings, place, target),
    tables: [
      table('Rule', model.byRule),
      table('Category', model.byCategory, { name: categoryText }),
      table('File', model.byFile, { target: firstIn }),
    ],
  };
}

interface TableParts {
  readonly name?: (key: string) => string;
  readonly target?: (key: string) => JumpTarget | undefined;
}

function table(caption: string, groups: readonly ReportGroup[], { name, target }: TableParts = {}): ReportTable {
  const rows = groups.map((group) => {
    const { energy, counted } = group.total;
    const place = target?.(group.name);
    return {
      name: name?.(group.name) ?? group.name,
      findings: group.findings,
      amount: counted === 0 ? 'none stated' : amountText(energy),
      interval: counted === 0 ? '' : intervalText(energy),
      ...(place === undefined ? {} : { target: place }),
    };
  });
  return { caption, rows };
}

function notes({ excluded, isCapped, model }: WorkspaceReport): readonly string[] {
  const { suppressedFindings, skipped, otherProfiles = [] } = model.meta;
  return [
    ...(otherProfiles.length > 0
      ? [`Estimates of some files refer to other hardware: ${otherProfiles.join(', ')}.`]
      : []),
    ...(isCapped ? [`The workspace has more source files than the ${MAX_FILES} that a report reads.`] : []),
    ...(excluded > 0 ? [`${count(excluded, 'file')} excluded by the configuration.`] : []),
    ...(suppressedFindings > 0
      ? [`${count(suppressedFindings, 'finding')} suppressed by a comment or the baseline.`]
      : []),
    ...skipped.map(({ path, reason }) => `${path}: ${reason}`),
  ];
}
