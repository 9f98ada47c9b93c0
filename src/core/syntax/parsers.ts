import { Language as Grammar, Parser } from 'web-tree-sitter';
import type { Comment, Language } from '../ir/sourceModule.ts';
import type { Span } from '../text/span.ts';
import { type CopyContext, copyTree } from './copyTree.ts';
import { firstError } from './firstError.ts';
import { type NodeTable, nodeTable } from './nodeTable.ts';
import { type OpenReading, OpenText } from './openText.ts';
import type { PieceMaker } from './piece.ts';
import { preparedText } from './preparedText.ts';
import type { ParseFailure, ParseResult, SyntaxNode } from './syntaxTree.ts';

/** The wasm files as bytes, so that the same call works in a worker, on the command line and in a browser. */
export interface ParserBinaries {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
  readonly typescript: Uint8Array;
  readonly tsx: Uint8Array;
}

/** For one document, however many parts it has: damaged text can send the parser's error recovery through very many alternatives. */
const MOST_MILLISECONDS = 8000;

type GrammarName = 'python' | 'typescript' | 'tsx';

interface LoadedGrammar {
  readonly parser: Parser;
  readonly table: NodeTable;
}

/** Type arguments and JSX contradict each other: only files that cannot hold JSX use the TypeScript grammar. */
const grammarOf: Readonly<Record<Language, GrammarName>> = {
  python: 'python',
  typescript: 'typescript',
  tsx: 'tsx',
  javascript: 'tsx',
};

/**
 * The parsers of one realm. web-tree-sitter keeps one wasm memory per realm, so after an abort (`isBroken`)
 * a new object does not help: the worker or process has to be started anew.
 */
export class Parsers {
  private readonly grammars = new Map<GrammarName, LoadedGrammar>();
  private readonly loading = new Map<GrammarName, Promise<void>>();
  private brokenBy: string | undefined;

  private constructor(private readonly binaries: ParserBinaries) {}

  /** Starts the wasm runtime; grammars are loaded by `prepare`. Rejects when the runtime is not a wasm module that fits. */
  static async create(binaries: ParserBinaries): Promise<Parsers> {
    await Parser.init({ wasmBinary: binaries.runtime });
    return new Parsers(binaries);
  }

  get isBroken(): boolean {
    return this.brokenBy !== undefined;
  }

  /** Loads the grammar of a language once; `parse` is synchronous from then on. */
  prepare(language: Language): Promise<void> {
    const name = grammarOf[language];
    const known = this.loading.get(name);
    if (known !== undefined) return known;
    const loading = this.load(name).catch((error: unknown) => {
      // A failure may pass: the next call tries again.
      if (this.loading.get(name) === loading) this.loading.delete(name);
      throw error;
    });
    this.loading.set(name, loading);
    return loading;
  }

  /**
   * Never throws on any text: what could not be parsed is told by a `ParseFailure`. With `parts`, each of them is parsed
   * on its own, so that an error in one (a notebook cell) cannot swallow the next; offsets still count in `text`.
   */
  parse(language: Language, text: string, parts?: readonly Span[]): ParseResult {
    if (this.brokenBy !== undefined) return failure(`the parser stopped earlier: ${this.brokenBy}`, true);
    const grammar = this.grammars.get(grammarOf[language]);
    if (grammar === undefined) return failure(`the grammar for ${language} is not loaded`, false);
    try {
      return parseWith(grammar, language, text, parts ?? [{ start: 0, end: text.length }]);
    } catch (error) {
      this.brokenBy = error instanceof Error ? error.message : String(error);
      return failure(this.brokenBy, true);
    }
  }

  /** A text that stays open for editing; `undefined` where nothing can be parsed. */
  open<Made>(language: Language, maker: PieceMaker<Made>): OpenText<Made> | undefined {
    const grammar = this.brokenBy === undefined ? this.grammars.get(grammarOf[language]) : undefined;
    return grammar && new OpenText(language, grammar.parser, grammar.table, maker);
  }

  /** The present reading of an open text; `undefined` when it has to be parsed as a whole. */
  update<Made>(open: OpenText<Made>, text: string, parts?: readonly Span[]): OpenReading<Made> | undefined {
    if (this.brokenBy !== undefined) return undefined;
    const deadline = performance.now() + MOST_MILLISECONDS;
    try {
      return open.update(text, parts ?? [{ start: 0, end: text.length }], () => performance.now() > deadline);
    } catch (error) {
      this.brokenBy = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }

  /** Frees what an open text holds. */
  close(open: OpenText<unknown>): void {
    // Memory that can no longer be trusted goes with its worker.
    if (!this.isBroken) open.delete();
  }

  /** Frees the parsers' wasm memory. */
  dispose(): void {
    if (!this.isBroken) for (const { parser } of this.grammars.values()) parser.delete();
    this.grammars.clear();
    this.loading.clear();
  }

  private async load(name: GrammarName): Promise<void> {
    const grammar = await Grammar.load(this.binaries[name]);
    const parser = new Parser();
    parser.setLanguage(grammar);
    this.grammars.set(name, { parser, table: nodeTable(grammar) });
  }
}

function parseWith(grammar: LoadedGrammar, language: Language, text: string, parts: readonly Span[]): ParseResult {
  const comments: Comment[] = [];
  const roots: SyntaxNode[] = [];
  let syntaxError: Span | undefined;
  const deadline = performance.now() + MOST_MILLISECONDS;
  for (const { start, end } of parts) {
    const part = text.slice(start, end);
    const prepared = preparedText(language, part);
    const tree = grammar.parser.parse(prepared.text, null, { progressCallback: () => performance.now() > deadline });
    if (tree === null) {
      grammar.parser.reset();
      return failure(`parsing took longer than ${MOST_MILLISECONDS / 1000} s`, false);
    }
    try {
      for (const comment of prepared.comments) {
        comments.push({ ...comment, start: comment.start + start, end: comment.end + start });
      }
      const context: CopyContext = { text, base: start, table: grammar.table, comments };
      roots.push(copyTree(tree, context));
      syntaxError ??= firstError(tree, start);
    } finally {
      tree.delete();
    }
  }
  comments.sort((a, b) => a.start - b.start);
  return {
    language,
    text,
    root: joinRoots(roots, text),
    comments,
    hasErrors: syntaxError !== undefined,
    ...(syntaxError && { syntaxError }),
  };
}

function joinRoots(roots: readonly SyntaxNode[], text: string): SyntaxNode {
  const [only, second] = roots;
  if (only !== undefined && second === undefined) return only;
  const whole = roots.filter((root) => root.type !== 'ERROR');
  return {
    type: whole[0]?.type ?? 'ERROR',
    start: 0,
    end: text.length,
    field: undefined,
    isMissing: false,
    children: whole.flatMap((root) => root.children),
    tokens: whole.flatMap((root) => root.tokens),
    errors: roots.flatMap((root) => (root.type === 'ERROR' ? [root] : root.errors)),
  };
}

function failure(reason: string, isFatal: boolean): ParseFailure {
  return { kind: 'parse-failure', reason, isFatal };
}
