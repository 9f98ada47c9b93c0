import type { Edit } from '../engine/rule.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import {
  indentationAt,
  indentationUnit,
  isFirstOnLine,
  lineBreakOf,
  lineEnd,
  lineStart,
  nextLineStart,
} from '../text/layout.ts';
import { nonCodeRegions, regionAt } from '../text/nonCodeRegions.ts';
import type { Span } from '../text/span.ts';

/**
 * Puts Python statements into a block: `wrapBlock(module, loop, 'with torch.inference_mode():')`. `body` spans whole
 * statements. `undefined` when they share a line with other code, or when indenting would change a multi-line string.
 */
export function wrapBlock(module: SourceModule, body: Span, head: string): readonly Edit[] | undefined {
  const { text } = module;
  if (module.language !== 'python' || !isFirstOnLine(text, body.start) || !endsLine(text, body.end)) return undefined;
  const outer = indentationAt(text, body.start);
  const unit = indentationUnit(text, body.start);
  const first = lineStart(text, body.start);
  // A statement begins in code: what came before it cannot reach in.
  const regions = nonCodeRegions(text.slice(first, body.end), module.language);
  const edits: Edit[] = [];
  for (let start = first; start < body.end; start = nextLineStart(text, start)) {
    if (regionAt(regions, start - first)?.kind === 'string') return undefined;
    const isHead = start === first;
    const isBlank = text.slice(start, lineEnd(text, start)).trim() === '';
    const opening = isHead ? `${outer}${head}${lineBreakOf(text)}` : '';
    // Behind what is there: tabs and spaces keep their order.
    const at = text.startsWith(outer, start) ? start + outer.length : start;
    if (opening !== '') edits.push({ span: { start, end: start }, text: opening });
    if (isHead || !isBlank) edits.push({ span: { start: at, end: at }, text: unit });
  }
  return edits;
}

/** Only a comment may follow the last statement on its line. */
function endsLine(text: string, offset: number): boolean {
  return /^[ \t]*(?:#.*)?$/.test(text.slice(offset, lineEnd(text, offset)));
}
