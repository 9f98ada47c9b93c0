import type { SourceModule } from '../ir/sourceModule.ts';
import { indentationAt } from '../text/layout.ts';
import type { Span } from '../text/span.ts';

/** Source of a span whose continuation lines move with its first line to `indentation`; `undefined` where a multi-line string would change. */
export function reindent(module: SourceModule, span: Span, indentation: string): string | undefined {
  const source = module.text.slice(span.start, span.end);
  if (!/[\r\n]/.test(source)) return source;
  if (/'''|"""|`|\\\r?\n/.test(source)) return undefined;
  const old = indentationAt(module.text, span.start);
  return source.replace(/(\r\n|\n|\r)([ \t]*)/g, (_, lineBreak: string, space: string) => {
    return lineBreak + (space.startsWith(old) ? indentation + space.slice(old.length) : space);
  });
}
