import type { Notification, ReportingDescriptor } from 'sarif';
import type { Problem } from '../../core/engine/finding.ts';
import { sarifArtifact, sarifLocation } from './sarifLocation.ts';

type Level = 'error' | 'warning' | 'note';

/** `error`: a file or a rule is missing in the results. */
const KINDS: Readonly<Record<Problem['kind'], readonly [level: Level, description: string]>> = {
  unreadable: ['error', 'A file or folder could not be read.'],
  'too-large': ['warning', 'A file is larger than the limit and was skipped.'],
  'invalid-notebook': ['error', 'A notebook is not valid and was skipped.'],
  'invalid-config': ['warning', 'A configuration, profile or manifest could not be used.'],
  'rule-failed': ['error', 'A rule failed on a file; its results there are missing.'],
  'parse-failed': ['error', 'A file could not be parsed.'],
  'syntax-error': ['warning', 'A file has syntax errors; only what could be understood was analysed.'],
  'engine-failed': ['error', 'The engine failed over a file.'],
  'unused-suppression': ['note', 'A comment suppresses a rule that reports nothing there.'],
};
const IDS = Object.keys(KINDS);

/** Every kind of notification, for the driver. */
export function notificationDescriptors(): ReportingDescriptor[] {
  return Object.entries(KINDS).map(([id, [level, description]]) => ({
    id,
    shortDescription: { text: description },
    defaultConfiguration: { level },
  }));
}

export function sarifNotification({ path, message, location, kind }: Problem): Notification {
  const place = location ? sarifLocation(location) : { physicalLocation: { artifactLocation: sarifArtifact(path) } };
  return {
    level: KINDS[kind][0],
    message: { text: message },
    descriptor: { id: kind, index: IDS.indexOf(kind) },
    ...(path === '' ? {} : { locations: [place] }),
  };
}

/** Whether the run did all that it was asked to do. */
export function isSuccessful(problems: readonly Problem[]): boolean {
  return problems.every(({ kind }) => KINDS[kind][0] !== 'error');
}
