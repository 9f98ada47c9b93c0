import type { Expression } from '../../src/core/ir/expression.ts';
import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { codeText } from '../shared/codeText.ts';

const PACED =
  /currentTime|requestVideoFrameCallback|setTimeout|throttle|debounce|document\.hidden|visibilitychange|lastTime|lastVideo|elapsed|\bfps\b|frameCount|frame\s*%|%\s*\d+\s*===?\s*0|isProcessing|isDetecting|\bbusy\b/i;
/** Text for people, unlike the name of an event: four words and more. */
const PROSE = /\S\s+\S+\s+\S+\s+\S/;

/**
 * True where the file looks at the time of the video, waits, counts frames, or stops when nobody watches. What comments and
 * sentences for people say ("runs at 30 FPS") paces nothing.
 */
export function isPaced(program: Program): boolean {
  return program.once(findPacing);
}

function findPacing(program: Program): boolean {
  if (!PACED.test(codeText(program))) return false;
  let code = codeText(program);
  for (const { kind, node } of walk(program.module.body)) {
    if (kind !== 'expression' || !isProse(node)) continue;
    code = code.slice(0, node.start) + ' '.repeat(node.end - node.start) + code.slice(node.end);
  }
  return PACED.test(code);
}

function isProse(node: Expression): boolean {
  if (node.kind === 'literal') return typeof node.value === 'string' && PROSE.test(node.value);
  if (node.kind !== 'template' || !node.parts.every((part) => typeof part === 'string')) return false;
  return PROSE.test(node.parts.join(''));
}
