import type { SourceModule } from '../ir/sourceModule.ts';
import type { KeptModel } from '../semantics/keptModel.ts';
import type { Parsers } from '../syntax/parsers.ts';
import type { AnalysisDocument } from './document.ts';
import { OpenModule } from './openModule.ts';
import { type LibraryNames, wordsOf } from './relevance.ts';

/** A longer text is parsed anew each time: what is kept of it would take too much memory. */
const LONGEST_TEXT = 2_000_000;

export interface OpenDocument {
  readonly module: SourceModule;
  readonly kept: KeptModel;
  /** Libraries that the text names. */
  readonly libraries: ReadonlySet<string>;
}

/** The documents that were analysed last, each kept open for its next edit. */
export class OpenModules {
  /** Least recently used first. */
  private readonly open = new Map<string, OpenModule>();

  /** `most`: documents that are kept open at the same time. */
  constructor(
    private readonly parsers: Parsers,
    private readonly most: number,
    private readonly libraries: LibraryNames,
  ) {}

  /** The document as lowered, and what its last analysis left; `undefined` when it is not kept open or has to be parsed as a whole. Good until the next call for its path. */
  update(document: AnalysisDocument): OpenDocument | undefined {
    if (this.most === 0) return undefined;
    const key = keyOf(document);
    const module = this.open.get(key) ?? new OpenModule(this.parsers, wordsOf(this.libraries, document.language));
    this.open.delete(key);
    const lowered = document.text.length <= LONGEST_TEXT ? module.update(document) : undefined;
    if (!lowered) {
      module.delete();
      return undefined;
    }
    this.open.set(key, module);
    this.evict();
    return { module: lowered, kept: module.kept, libraries: module.libraries.update(document.text) };
  }

  /** Closes a document whose analysis failed half-way: what is left of it must not be built upon. */
  close(document: AnalysisDocument): void {
    this.open.get(keyOf(document))?.delete();
    this.open.delete(keyOf(document));
  }

  private evict(): void {
    for (const [key, module] of this.open) {
      if (this.open.size <= this.most) return;
      this.open.delete(key);
      module.delete();
    }
  }
}

/** The language decides the parser: a file that changes it is another one. */
function keyOf({ language, path }: AnalysisDocument): string {
  return `${language}:${path}`;
}
