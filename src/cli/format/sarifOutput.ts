import type { Location, Log, Notification, Region, ReportingDescriptor, Result, Suppression } from 'sarif';
import { docsUrl } from '../../core/engine/docsUrl.ts';
import type { Finding, FindingFix, Location as Place, Problem } from '../../core/engine/finding.ts';
import type { RegisteredRule, Severity } from '../../core/engine/rule.ts';
import type { Range } from '../../core/text/position.ts';
import type { Analysis } from '../analysis/analyzeAll.ts';

/**
 * SARIF 2.1.0 (OASIS). Paths are relative to the working directory. In a notebook the region counts inside the cell and the
 * location carries `properties.cell`, from 0 over all cells; its fixes are left out, since a region of a cell cannot say
 * which bytes of the file to replace.
 */
export function sarifOutput(
  { findings, problems }: Analysis,
  rules: readonly RegisteredRule[],
  version: string,
): string {
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
            rules: rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The working directory of the run.' } } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: problems.map(notification) }],
        results: findings.map((finding) => result(finding, indexes.get(finding.ruleId))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor({ meta }: RegisteredRule): ReportingDescriptor {
  return {
    id: meta.id,
    name: meta.id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: meta.title },
    helpUri: docsUrl(meta.id),
    defaultConfiguration: { level: 'warning', enabled: meta.tier === 'recommended' },
    properties: { category: meta.category, tier: meta.tier, languages: meta.languages, catalogue: meta.catalogue },
  };
}

function result(finding: Finding, ruleIndex: number | undefined): Result {
  const { location, related, fixes, impact } = finding;
  const changes = location.cell === undefined ? fixes : [];
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf(finding.severity),
    message: { text: finding.text },
    locations: [locationOf(location)],
    partialFingerprints: { 'greenAi/v1': finding.fingerprint },
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, id) => ({
            id,
            ...locationOf(other.location),
            message: { text: other.message },
          })),
        }),
    ...(changes.length === 0 ? {} : { fixes: changes.map((fix) => fixOf(fix, location.path)) }),
    ...(finding.suppression ? { suppressions: [suppressionOf(finding.suppression)] } : {}),
    properties: { category: finding.category, severity: finding.severity, ...(impact ? { impact } : {}) },
  };
}

function locationOf({ path, cell, range }: Place): Location {
  return {
    physicalLocation: { artifactLocation: artifact(path), region: regionOf(range) },
    ...(cell === undefined ? {} : { properties: { cell } }),
  };
}

function fixOf({ title, safety, reason, edits }: FindingFix, path: string) {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: artifact(path),
        replacements: edits.map(({ range, newText }) => ({
          deletedRegion: regionOf(range),
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

function notification({ path, message, location, kind }: Problem): Notification {
  return {
    level: 'warning',
    message: { text: message },
    descriptor: { id: kind },
    ...(path === ''
      ? {}
      : { locations: [location ? locationOf(location) : { physicalLocation: { artifactLocation: artifact(path) } }] }),
  };
}

/** A relative URI reference: percent-encoded, and never taken for a scheme (`a:b.py`). */
function artifact(path: string) {
  if (/^(?:\/|[A-Za-z]:\/)/.test(path)) return { uri: `file://${path.startsWith('/') ? '' : '/'}${encodePath(path)}` };
  return { uri: encodePath(path), uriBaseId: '%SRCROOT%' };
}

function encodePath(path: string): string {
  return encodeURI(path).replace(/[?#:]/g, encodeURIComponent);
}

function levelOf(severity: Severity): 'warning' | 'note' {
  return severity === 'warning' ? 'warning' : 'note';
}

/** SARIF counts from 1; the end column is exclusive. */
function regionOf({ start, end }: Range): Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
