import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Callee as the author wrote it, on one line and not longer than a message can bear: `AutoModel.from_pretrained`. */
export function calleeText(call: Call, program: Program): string {
  const text = program.text(call.node.callee).replace(/\s+/g, ' ');
  return text.length <= 60 ? text : `…${text.slice(-59)}`;
}
