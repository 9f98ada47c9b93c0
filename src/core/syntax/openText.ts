import type { Parser } from 'web-tree-sitter';
import type { Comment, Language } from '../ir/sourceModule.ts';
import type { Span } from '../text/span.ts';
import type { NodeTable } from './nodeTable.ts';
import { OpenPart, type PartText } from './openPart.ts';
import type { PieceMaker } from './piece.ts';
import { preparedText } from './preparedText.ts';

/** A document as read piece by piece. */
export interface OpenReading<Made> {
  /** What was made of each top-level node, in source order. */
  readonly pieces: readonly Made[];
  /** Comments that no piece holds because the parser was not shown them. */
  readonly hiddenComments: readonly Comment[];
  readonly syntaxError: Span | undefined;
}

/** A document that stays open for editing: a file, or a notebook with one part for each cell. Holds wasm memory until `delete`. */
export class OpenText<Made> {
  private parts: readonly OpenPart<Made>[] = [];

  constructor(
    private readonly language: Language,
    private readonly parser: Parser,
    private readonly table: NodeTable,
    private readonly maker: PieceMaker<Made>,
  ) {}

  /** Reads the present text; `undefined` when it has to be read as a whole (nothing but errors, or the parser was stopped). */
  update(text: string, spans: readonly Span[], isTooLate: () => boolean): OpenReading<Made> | undefined {
    const texts = spans.map(({ start, end }) => text.slice(start, end));
    this.parts = this.arrange(texts);
    const pieces: Made[] = [];
    const hiddenComments: Comment[] = [];
    let syntaxError: Span | undefined;
    for (const [index, part] of this.parts.entries()) {
      const base = spans[index]?.start ?? 0;
      const prepared = this.prepare(texts[index] ?? '');
      const reading = part.update(text, base, prepared, isTooLate);
      if (reading.kind !== 'pieces') return undefined;
      for (const made of reading.made) pieces.push(made);
      for (const comment of prepared.comments) {
        hiddenComments.push({ ...comment, start: comment.start + base, end: comment.end + base });
      }
      syntaxError ??= reading.syntaxError;
    }
    return { pieces, hiddenComments, syntaxError };
  }

  delete(): void {
    for (const part of this.parts) part.delete();
    this.parts = [];
  }

  private prepare(source: string): PartText & { readonly comments: readonly Comment[] } {
    const { text: parsed, comments } = preparedText(this.language, source);
    return { source, parsed, comments };
  }

  /** Parts for the texts: those at both ends that stayed the same keep theirs, those between keep them in order. */
  private arrange(texts: readonly string[]): readonly OpenPart<Made>[] {
    const old = this.parts;
    const shorter = Math.min(old.length, texts.length);
    let head = 0;
    while (head < shorter && old[head]?.text === texts[head]) head++;
    let tail = 0;
    while (tail < shorter - head && old[old.length - 1 - tail]?.text === texts[texts.length - 1 - tail]) tail++;
    const free = old.slice(head, old.length - tail);
    const between = texts.slice(head, texts.length - tail).map(() => free.shift() ?? this.newPart());
    for (const part of free) part.delete();
    return [...old.slice(0, head), ...between, ...old.slice(old.length - tail)];
  }

  private newPart(): OpenPart<Made> {
    return new OpenPart(this.parser, this.table, this.maker);
  }
}
