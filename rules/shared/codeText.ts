import type { Program } from '../../src/core/semantics/program.ts';

/** Source with its comments blanked out: what is commented out does not run. Offsets stay the same. */
export function codeText(program: Program): string {
  return program.once(withoutComments);
}

function withoutComments({ module: { text, comments } }: Program): string {
  const pieces: string[] = [];
  let from = 0;
  // Long runs of comments are read apart from the others.
  for (const { start, end } of [...comments].sort((a, b) => a.start - b.start)) {
    if (start < from) continue;
    pieces.push(text.slice(from, start), ' '.repeat(end - start));
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}
