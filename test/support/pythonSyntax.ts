import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

const SCRIPT = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def problem(text):
    try:
        ast.parse(text.removeprefix("\\ufeff"))
    except (SyntaxError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
json.dump([problem(text) for text in json.load(sys.stdin)], sys.stdout)
`;

/**
 * A test that asks CPython. Where `GREEN_AI_WITHOUT_PYTHON=1` says that there is no python3 it is pending, so that the report
 * names it as not run; elsewhere a missing python3 fails it.
 */
export function itWithPython(title: string, test: (this: Mocha.Context) => void | Promise<void>): void {
  const isLeftOut = process.env['GREEN_AI_WITHOUT_PYTHON'] === '1';
  (isLeftOut ? it.skip : it)(`${title} (needs python3)`, test);
}

/** What CPython's parser says to each text, in one process; null where it takes the text. */
export function pythonSyntaxErrors(texts: readonly string[]): readonly (string | null)[] {
  const run = spawnSync('python3', ['-X', 'utf8', '-c', SCRIPT], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(run.status, 0, run.stderr || String(run.error));
  const answers: unknown = JSON.parse(run.stdout);
  assert.ok(Array.isArray(answers) && answers.length === texts.length);
  return answers.map((answer: unknown) => (typeof answer === 'string' ? answer : null));
}
