// Sorts what VS Code prints: lines of the test report are shown at once, the rest is kept for failures.

import { lastLines } from '../lib/runCommand.mjs';

/** The same mark stands before every line that test/integration/suite/index.ts prints. */
const reportMark = '[suite] ';
const keptNoise = 400;

export class SuiteReport {
  constructor() {
    this.lines = [];
    this.others = [];
  }

  /** Takes one or more lines as VS Code logged them. */
  add(text) {
    for (const line of text.split(/\r?\n/)) {
      const start = line.indexOf(reportMark);
      if (start >= 0) {
        this.lines.push(line.slice(start + reportMark.length));
        console.log(`      ${this.lines.at(-1)}`);
      } else {
        this.others.push(line);
        this.others.splice(0, this.others.length - keptNoise);
      }
    }
  }

  text() {
    return this.lines.join('\n');
  }

  noise() {
    return lastLines(this.others.join('\n'), 60);
  }
}
