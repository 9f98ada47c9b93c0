import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Longest time one test may take; VS Code on two busy cores needs some for its first answer. */
const testLimitMs = 60_000;

/** Starts every line of a report, so that the launching script tells it from what VS Code itself logs. */
const reportMark = '[suite] ';

/** Entry point that VS Code calls in its extension host: runs every bundled suite beside this file. */
export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = report;
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: testLimitMs, forbidOnly: true, forbidPending: true });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) {
      mocha.addFile(path.join(__dirname, name));
    }
  }
  const { passed, failed } = await new Promise<{ passed: number; failed: number }>((resolve) => {
    const runner = mocha.run(() => resolve({ passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0 }));
  });
  report(`integration suites: ${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) {
    throw new Error(`${failed} of ${passed + failed} integration tests failed`);
  }
}

/** The console of the extension host is the only channel that every kind of VS Code hands to the launching script. */
function report(...values: unknown[]): void {
  for (const line of format(...values).split('\n')) {
    console.log(reportMark + line);
  }
}
