import { pythonStatements } from '../../languages/python/lowerPython.ts';
import { typeScriptStatements } from '../../languages/typescript/lowerTypeScript.ts';
import { moveSpans, spansIn } from '../ir/moveSpans.ts';
import type { Comment, SourceModule } from '../ir/sourceModule.ts';
import type { Statement } from '../ir/statement.ts';
import { KeptModel } from '../semantics/keptModel.ts';
import type { OpenText } from '../syntax/openText.ts';
import type { Parsers } from '../syntax/parsers.ts';
import type { SyntaxNode } from '../syntax/syntaxTree.ts';
import type { Span } from '../text/span.ts';
import type { AnalysisDocument } from './document.ts';
import { PresentWords } from './presentWords.ts';

/** One top-level declaration as lowered: what it consists of, and every place in it. */
interface Unit {
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly spans: readonly Span[];
}

/**
 * A document that is being edited, lowered declaration by declaration: after an edit only those that it touches are lowered again,
 * the others move along. The module that `update` gives is good until the next `update`.
 */
export class OpenModule {
  readonly kept = new KeptModel();
  /** Libraries that rules know, as far as the text names them. */
  readonly libraries: PresentWords;
  private source: OpenText<Unit> | undefined;
  /** Lowers with what holds for the whole text, once for each text. */
  private lower: (root: SyntaxNode) => readonly Statement[] = () => [];

  constructor(
    private readonly parsers: Parsers,
    words: readonly string[],
  ) {
    this.libraries = new PresentWords(words);
  }

  /** `undefined` when the document has to be parsed as a whole. */
  update({ language, text, parts, handlers }: AnalysisDocument): SourceModule | undefined {
    this.source ??= this.parsers.open(language, {
      make: (root, comments) => unitOf(this.lower(root), comments),
      move: ({ spans }, by) => moveSpans(spans, by),
    });
    this.lower = language === 'python' ? pythonStatements(text) : typeScriptStatements(text);
    const reading = this.source && this.parsers.update(this.source, text, parts);
    if (!reading) {
      this.delete();
      return undefined;
    }
    const { pieces, hiddenComments, syntaxError } = reading;
    const comments = pieces.flatMap((unit) => unit.comments);
    return {
      language,
      text,
      body: pieces.flatMap((unit) => unit.statements),
      comments: hiddenComments.length > 0 ? inOrder([...hiddenComments, ...comments]) : comments,
      hasSyntaxErrors: syntaxError !== undefined,
      ...(syntaxError && { syntaxError }),
      ...(handlers && { handlers }),
    };
  }

  delete(): void {
    if (this.source) this.parsers.close(this.source);
    this.source = undefined;
  }
}

function unitOf(statements: readonly Statement[], comments: readonly Comment[]): Unit {
  return { statements, comments, spans: spansIn([...statements, ...comments]) };
}

function inOrder(comments: readonly Comment[]): readonly Comment[] {
  return comments.toSorted((a, b) => a.start - b.start);
}
