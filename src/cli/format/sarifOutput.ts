import type { Log, Result, Suppression } from 'sarif';
import type { Finding, FindingFix } from '../../core/engine/finding.ts';
import type { RegisteredRule } from '../../core/engine/rule.ts';
import type { Analysis } from '../analysis/analyzeAll.ts';
import { ruleDescriptor } from './ruleDescriptor.ts';
import { sarifLevel } from './sarifLevel.ts';
import { sarifArtifact, sarifLocation, sarifRegion } from './sarifLocation.ts';
import { isSuccessful, notificationDescriptors, sarifNotification } from './sarifNotification.ts';

export interface SarifTool {
  readonly rules: readonly RegisteredRule[];
  /** Documentation pages in Markdown, by rule. */
  readonly pages: ReadonlyMap<string, string>;
  readonly version: string;
}

/**
 * SARIF 2.1.0 (OASIS). Paths are relative to the working directory. In a notebook the region counts inside the cell and the
 * location carries `properties.cell`, from 0 over all cells; its fixes are left out, since a region of a cell cannot say
 * which bytes of the file to replace.
 */
export function sarifOutput({ findings, problems }: Analysis, { rules, pages, version }: SarifTool): string {
  const indexes = new Map(rules.map(({ meta }, index) => [meta.id, index]));
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Green AI',
            semanticVersion: version,
            informationUri: 'https://github.com/green-ai-tools/green-ai',
            rules: rules.map((rule) => ruleDescriptor(rule, pages.get(rule.meta.id))),
            notifications: notificationDescriptors(),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The working directory of the run.' } } },
        invocations: [
          {
            executionSuccessful: isSuccessful(problems),
            toolExecutionNotifications: problems.map(sarifNotification),
          },
        ],
        results: findings.map((finding) => result(finding, indexes.get(finding.ruleId))),
        properties: {
          notebooks:
            'In a notebook (.ipynb) regions count inside the cell that the property "cell" of the location names, from 0 over all cells.',
        },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function result(finding: Finding, ruleIndex: number | undefined): Result {
  const { location, related, fixes, impact } = finding;
  const changes = location.cell === undefined ? fixes : [];
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: sarifLevel(finding.severity),
    message: { text: finding.text },
    locations: [sarifLocation(location)],
    partialFingerprints: { 'greenAi/v1': finding.fingerprint },
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, id) => ({
            id,
            ...sarifLocation(other.location),
            message: { text: other.message },
          })),
        }),
    ...(changes.length === 0 ? {} : { fixes: changes.map((fix) => fixOf(fix, location.path)) }),
    ...(finding.suppression ? { suppressions: [suppressionOf(finding.suppression)] } : {}),
    properties: { category: finding.category, severity: finding.severity, ...(impact ? { impact } : {}) },
  };
}

function fixOf({ title, safety, reason, edits }: FindingFix, path: string) {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: sarifArtifact(path),
        replacements: edits.map(({ range, newText }) => ({
          deletedRegion: sarifRegion(range),
          insertedContent: { text: newText },
        })),
      },
    ],
    properties: { safety, ...(reason ? { reason } : {}) },
  };
}

function suppressionOf({ kind, reason }: NonNullable<Finding['suppression']>): Suppression {
  return { kind: kind === 'inline' ? 'inSource' : 'external', ...(reason ? { justification: reason } : {}) };
}
