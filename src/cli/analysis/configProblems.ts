import type { Problem } from '../../core/engine/finding.ts';
import type { CliContext } from '../cliContext.ts';
import type { FoundFile } from '../files/collectFiles.ts';
import type { Session } from './session.ts';

/**
 * Says what is wrong with configuration, profiles and manifests around the files, each once. Gives true when the
 * configuration cannot be used: then nothing should be analysed by guessing what was meant.
 */
export async function reportConfigProblems(
  session: Session,
  files: readonly FoundFile[],
  context: CliContext,
): Promise<boolean> {
  const said = new Set<string>();
  let isBroken = false;
  const around = await Promise.all([
    session.rootSettings(),
    ...files.map(({ absolute }) => session.settingsFor(absolute)),
  ]);
  for (const { problems } of around) {
    for (const problem of problems) {
      const text = problemText(problem);
      if (said.has(text)) continue;
      said.add(text);
      context.stderr(`${text}\n`);
      if (problem.kind === 'invalid-config') isBroken = true;
    }
  }
  return isBroken;
}

/** `pyproject.toml:3:1: expected a number`; lines and columns from 1. */
export function problemText({ path, message, location }: Problem): string {
  const { line, character } = location?.range.start ?? { line: 0, character: 0 };
  const cell = location?.cell === undefined ? '' : `cell ${location.cell + 1}:`;
  const place = location ? `:${cell}${line + 1}:${character + 1}` : '';
  return `${path === '' ? 'green-ai' : path}${place}: ${message}`;
}
