import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type BehaviourProgram, STAND_IN_FOLDER } from './behaviourProgram.ts';

/** What a program printed; `error` is its traceback. */
export interface ProgramRun {
  readonly output: string;
  readonly error: string | null;
}

/** The Python with torch, scikit-learn and pandas that the run found; `undefined` where there is none. */
export function librariesPython(): string | undefined {
  return process.env['GREEN_AI_LIBRARIES_PYTHON'] || undefined;
}

/** Runs all texts with one start of the interpreter, in order. */
export function runPrograms(
  python: string,
  programs: readonly Pick<BehaviourProgram, 'text' | 'standIns'>[],
): readonly ProgramRun[] {
  const input = programs.map(({ text, standIns }) => ({
    source: text,
    path: standIns.length > 0 ? [path.resolve(STAND_IN_FOLDER)] : [],
  }));
  const run = spawnSync(python, ['-X', 'utf8', '-W', 'ignore', 'test/behaviour/support/runPrograms.py'], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  assert.equal(run.status, 0, run.stderr || String(run.error));
  const answers: unknown = JSON.parse(run.stdout);
  assert.ok(Array.isArray(answers) && answers.length === programs.length);
  return answers.map((answer: unknown) => {
    assert.ok(isProgramRun(answer));
    return answer;
  });
}

function isProgramRun(value: unknown): value is ProgramRun {
  return typeof value === 'object' && value !== null && 'output' in value && typeof value.output === 'string';
}
