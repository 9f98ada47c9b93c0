import type { Impact } from '../../energy/impact.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import { applySuppressions } from '../suppression/applySuppressions.ts';
import { parseDirectives } from '../suppression/parseDirectives.ts';
import type { Span } from '../text/span.ts';
import { docsUrl } from './docsUrl.ts';
import type { AnalysisDocument } from './document.ts';
import type { Finding, FindingFix, Location, Problem, RelatedLocation, TextEdit } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import { reportText } from './reportText.ts';
import type { Edit, Fix, RelatedSpan, RuleMeta, RuleReport, Severity } from './rule.ts';

/** A rule's report with the energy model's word on it. */
export interface AssessedReport {
  readonly rule: RuleMeta;
  readonly report: RuleReport;
  readonly severity: Severity;
  readonly impact?: Impact;
}

export interface AssemblyInput {
  readonly document: AnalysisDocument;
  readonly module: SourceModule;
  readonly reports: readonly AssessedReport[];
  readonly knownRules: ReadonlySet<string>;
  readonly activeRules: ReadonlySet<string>;
  readonly isFiltered: boolean;
}

export interface Assembly {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** Turns reports into findings: places them, applies suppressions, names them stably, and puts them in source order. */
export function assembleFindings(input: AssemblyInput): Assembly {
  const { document, module } = input;
  const reports = distinct(input.reports).toSorted((a, b) => a.report.hit.span.start - b.report.hit.span.start);
  const subjects = reports.map((assessed) => ({ assessed, ruleId: assessed.rule.id, span: assessed.report.hit.span }));
  const { directives, malformed } = parseDirectives(module, document.lines, document.parts);
  const { suppressed, notices } = applySuppressions({
    findings: subjects,
    directives,
    lines: document.lines,
    knownRules: input.knownRules,
    activeRules: input.activeRules,
    isFiltered: input.isFiltered,
  });
  const occurrences = new Map<string, number>();
  const findings = subjects.flatMap((subject): Finding[] => {
    const location = locate(document, subject.span);
    if (!location) return [];
    const directive = suppressed.get(subject);
    return [
      {
        ...findingOf(document, subject.assessed, location),
        fingerprint: nextFingerprint(document, subject.assessed, occurrences),
        ...(directive
          ? { suppression: { kind: 'inline' as const, ...(directive.reason ? { reason: directive.reason } : {}) } }
          : {}),
      },
    ];
  });
  return { findings, problems: [...malformed, ...notices].flatMap((notice) => problemOf(document, notice)) };
}

function findingOf(
  document: AnalysisDocument,
  { rule, report, severity, impact }: AssessedReport,
  location: Location,
): Omit<Finding, 'fingerprint'> {
  return {
    ruleId: rule.id,
    category: rule.category,
    severity,
    message: report.hit.message,
    text: reportText(report.hit.message, impact),
    docsUrl: docsUrl(rule.id),
    location,
    related: report.hit.related.flatMap((related) => relatedLocation(document, related)),
    fixes: report.fixes.flatMap((fix) => placedFix(document, fix)),
    ...(impact ? { impact } : {}),
  };
}

function nextFingerprint(
  document: AnalysisDocument,
  { rule, report }: AssessedReport,
  occurrences: Map<string, number>,
): string {
  const { span } = report.hit;
  const snippet = document.text.slice(span.start, span.end);
  const key = `${rule.id}\u0000${snippet}`;
  const occurrence = occurrences.get(key) ?? 0;
  occurrences.set(key, occurrence + 1);
  return fingerprint(rule.id, document.path, snippet, occurrence);
}

function locate(document: AnalysisDocument, span: Span): Location | undefined {
  const placed = document.place(span);
  return placed && { path: document.path, ...placed };
}

function relatedLocation(document: AnalysisDocument, related: RelatedSpan): readonly RelatedLocation[] {
  const location = 'span' in related ? locate(document, related.span) : related.location;
  return location ? [{ location, message: related.message }] : [];
}

/** A fix whose edits a cell cannot hold is not offered: half a fix is worse than none. */
function placedFix(document: AnalysisDocument, fix: Fix): readonly FindingFix[] {
  const edits = fix.edits.map((edit) => placedEdit(document, edit));
  if (edits.length === 0 || edits.some((edit) => edit === undefined)) return [];
  return [
    {
      title: fix.title,
      safety: fix.safety,
      ...(fix.reason ? { reason: fix.reason } : {}),
      edits: edits.filter((edit) => edit !== undefined),
    },
  ];
}

function placedEdit(document: AnalysisDocument, { span, text }: Edit): TextEdit | undefined {
  const isReadOnly = document.readOnly?.some(({ start, end }) => span.start < end && start <= span.end) === true;
  const placed = isReadOnly ? undefined : document.place(span);
  return placed && { ...placed, newText: text };
}

function problemOf(document: AnalysisDocument, notice: Span & { readonly message: string }): readonly Problem[] {
  const location = locate(document, notice);
  return [
    { path: document.path, kind: 'unused-suppression', message: notice.message, ...(location ? { location } : {}) },
  ];
}

/** One report per rule and place: a rule that reaches a place on two ways says it once. */
function distinct(reports: readonly AssessedReport[]): readonly AssessedReport[] {
  const seen = new Set<string>();
  return reports.filter(({ rule, report }) => {
    const key = `${rule.id}:${report.hit.span.start}:${report.hit.span.end}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
