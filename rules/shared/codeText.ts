import type { Program } from '../../src/core/semantics/program.ts';

/** Source with its comments blanked out: what is commented out does not run. Offsets stay the same. */
export function codeText(program: Program): string {
  return program.once(withoutComments);
}

function withoutComments({ module: { text, comments } }: Program): string {
  const pieces: string[] = [];
  let kept = 0;
  for (const { start, end } of comments) {
    pieces.push(text.slice(kept, start), ' '.repeat(end - start));
    kept = end;
  }
  pieces.push(text.slice(kept));
  return pieces.join('');
}
