import type { Program } from '../../src/core/semantics/program.ts';

/** Source with its comments blanked out: what is commented out does not run. Offsets stay the same. */
export function codeText({ module }: Program): string {
  let text = module.text;
  for (const { start, end } of module.comments) text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  return text;
}
