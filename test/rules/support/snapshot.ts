import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Finding } from '../../../src/core/engine/finding.ts';

const FOLDER = 'test/rules/snapshots';

/** A finding as reviewers read it: place, severity, sentences, related places and fixes; no estimates. */
export function renderFinding(finding: Finding): string {
  const { message, location, related, fixes } = finding;
  const cell = location.cell === undefined ? '' : `cell ${location.cell} `;
  const start = location.range.start;
  const lines = [
    `${cell}${start.line + 1}:${start.character + 1} ${finding.severity}`,
    `  ${message.what}`,
    `  ${message.why}`,
    `  ${message.advice}`,
    ...(message.condition === undefined ? [] : [`  ${message.condition}`]),
    ...related.map((place) => `  - ${place.location.range.start.line + 1}: ${place.message}`),
    ...fixes.map((fix) => `  * ${fix.title} (${fix.safety}${fix.reason === undefined ? '' : `: ${fix.reason}`})`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Compares with the stored text; `UPDATE_SNAPSHOTS=1` stores it. */
export function assertSnapshot(name: string, text: string): void {
  const file = `${FOLDER}/${name}.txt`;
  if (process.env['UPDATE_SNAPSHOTS'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.ok(existsSync(file), `${file} is missing: look at the messages, then run with UPDATE_SNAPSHOTS=1`);
  assert.equal(text, readFileSync(file, 'utf8'));
}
