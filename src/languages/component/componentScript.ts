import type { Language } from '../../core/ir/sourceModule.ts';
import type { Span } from '../../core/text/span.ts';
import { templateHandlers } from './templateHandlers.ts';

/** The script blocks of a Vue or Svelte component as one text of the component's length. */
export interface ComponentScript {
  /** Everything outside the blocks is blank, so that offsets and lines are those of the file. */
  readonly text: string;
  readonly language: Language;
  /** Contents of the blocks, in source order. */
  readonly blocks: readonly Span[];
  /** Names of functions that the template calls on events. */
  readonly handlers: readonly string[];
}

const OPENING = /<script\b((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
const CLOSING = /<\/script\s*>/gi;

export function isComponent(path: string): boolean {
  return /\.(vue|svelte)$/i.test(path);
}

/**
 * Script of a single-file component: Vue's `<script>` and `<script setup>`, Svelte's module and instance script share one scope here.
 * Blocks that load another file (`src`), or hold something that is no JavaScript, are left out.
 */
export function componentScript(component: string): ComponentScript {
  const blocks: Span[] = [];
  const template: string[] = [];
  let language: Language = 'javascript';
  let from = 0;
  while (from < component.length) {
    OPENING.lastIndex = from;
    const opening = OPENING.exec(component);
    if (!opening) break;
    const start = opening.index + opening[0].length;
    template.push(component.slice(from, opening.index));
    CLOSING.lastIndex = start;
    const closing = CLOSING.exec(component);
    const end = closing?.index ?? component.length;
    from = closing ? end + closing[0].length : component.length;
    const attributes = opening[1] ?? '';
    const own = isInComment(component, opening.index) ? undefined : languageOfBlock(attributes);
    if (own === undefined) continue;
    blocks.push({ start, end });
    if (own !== 'javascript') language = own;
  }
  template.push(component.slice(from));
  return { text: blankOutside(component, blocks), language, blocks, handlers: templateHandlers(template.join('\n')) };
}

function languageOfBlock(attributes: string): Language | undefined {
  if (/\bsrc\s*=/.test(attributes)) return undefined;
  const type = /\btype\s*=\s*["']?([\w/-]+)/.exec(attributes)?.[1] ?? '';
  if (type !== '' && !/javascript|module|typescript/i.test(type)) return undefined;
  const named =
    /\blang\s*=\s*["']?(\w+)/.exec(attributes)?.[1]?.toLowerCase() ?? (/typescript/i.test(type) ? 'ts' : 'js');
  if (named === 'ts' || named === 'typescript') return 'typescript';
  if (named === 'tsx') return 'tsx';
  return /^(js|jsx|javascript)$/.test(named) ? 'javascript' : undefined;
}

/** `<!-- <script>…</script> -->` runs nothing. */
function isInComment(component: string, offset: number): boolean {
  const opened = component.lastIndexOf('<!--', offset);
  return opened >= 0 && component.indexOf('-->', opened) > offset;
}

function blankOutside(component: string, blocks: readonly Span[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of blocks) {
    parts.push(blank(component.slice(from, start)), component.slice(start, end));
    from = end;
  }
  parts.push(blank(component.slice(from)));
  return parts.join('');
}

/** Line ends stay; a surrogate pair becomes two blanks, as offsets count UTF-16 units. */
function blank(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}
