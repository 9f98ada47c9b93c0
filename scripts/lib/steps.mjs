// Progress on the terminal: one line when a step starts, one when it ends, and for a failure what to do.

import { StepError } from './stepError.mjs';

/** Runs steps one after the other, counting them; `total` is only for display. */
export class Steps {
  constructor(total) {
    this.total = total;
    this.started = 0;
  }

  /** Runs one step and returns its result; a thrown error is printed with its advice and thrown on. */
  async run(title, action) {
    this.started += 1;
    const begin = Date.now();
    console.log(`[${this.started}/${this.total}] ${title} ...`);
    try {
      const result = await action();
      console.log(`[${this.started}/${this.total}] ${title}: done in ${seconds(begin)} s`);
      return result;
    } catch (error) {
      console.error(`[${this.started}/${this.total}] ${title}: FAILED after ${seconds(begin)} s`);
      printFailure(error);
      error.isPrinted = true;
      throw error;
    }
  }
}

export function printFailure(error) {
  if (!(error instanceof StepError)) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return;
  }
  if (error.details) {
    console.error(indent(error.details));
  }
  console.error(`  ${error.message}`);
  console.error(`  What to do: ${error.advice}`);
}

function seconds(begin) {
  return ((Date.now() - begin) / 1000).toFixed(1);
}

function indent(text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  | ${line}`)
    .join('\n');
}
