import type { Language } from '../ir/sourceModule.ts';
import type { LinkFacts } from '../workspace/linkFacts.ts';
import type { RegisteredRule } from './rule.ts';

const NO_GLOBALS: ReadonlyMap<string, string> = new Map();

/** What names the libraries that the rules know: an import name, or `tf.` for the variable of a script tag; plain JSON. */
export interface LibraryNames {
  readonly python: readonly string[];
  readonly typescript: readonly string[];
}

/**
 * Tells by a text search whether a file can have findings at all, so that a file without any library the rules know costs no
 * parse. A word match is enough here: it may say yes too often, never no too often.
 */
export class Relevance {
  private readonly python: RegExp | undefined;
  private readonly typescript: RegExp | undefined;

  constructor({ python, typescript }: LibraryNames) {
    this.python = wordSearch(python);
    this.typescript = wordSearch(typescript);
  }

  isRelevant(language: Language, text: string): boolean {
    const search = language === 'python' ? this.python : this.typescript;
    return search?.test(text) === true;
  }

  /** Whether an analysis has anything to look at. */
  concerns(language: Language, text: string, link: LinkFacts | undefined): boolean {
    if (this.isRelevant(language, text)) return true;
    // Suppressions are checked even where nothing can be found any more, and imported modules bring their libraries along.
    return text.includes('green-ai:') || (link !== undefined && link.summaries.length > 0);
  }
}

export function libraryNames(rules: readonly RegisteredRule[], globals: ReadonlyMap<string, string>): LibraryNames {
  return { python: namesFor(rules, 'python', NO_GLOBALS), typescript: namesFor(rules, 'typescript', globals) };
}

/** What names the libraries of a rule in a text: `globals` are modules by the variable that a page's script tag defines. */
export function namesOf({ meta }: RegisteredRule, globals: ReadonlyMap<string, string>): readonly string[] {
  const variables = [...globals].filter(([, module]) => meta.libraries.some((library) => isIn(module, library)));
  return [...meta.libraries, ...(meta.words ?? []), ...variables.map(([variable]) => `${variable}.`)];
}

/** The libraries of a language that a text names, or may name. */
export function wordsOf(names: LibraryNames, language: Language): readonly string[] {
  return language === 'python' ? names.python : names.typescript;
}

function isIn(module: string, library: string): boolean {
  return module === library || module.startsWith(`${library}/`);
}

function namesFor(
  rules: readonly RegisteredRule[],
  language: 'python' | 'typescript',
  globals: ReadonlyMap<string, string>,
): readonly string[] {
  const concerned = rules.filter((rule) => rule.meta.languages.includes(language));
  return [...new Set(concerned.flatMap((rule) => namesOf(rule, globals)))];
}

function wordSearch(words: readonly string[]): RegExp | undefined {
  if (words.length === 0) return undefined;
  const variables = words.filter((word) => word.endsWith('.'));
  const libraries = words.filter((word) => !word.endsWith('.'));
  const searches = [
    ...(libraries.length > 0 ? [`(?<![\\w-])(?:${alternatives(libraries)})(?![\\w-])`] : []),
    ...(variables.length > 0 ? [`(?<![\\w$.-])(?:${alternatives(variables)})(?=[A-Za-z])`] : []),
  ];
  return new RegExp(searches.join('|'));
}

function alternatives(words: readonly string[]): string {
  return words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
}
