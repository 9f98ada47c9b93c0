import type { Language } from '../ir/sourceModule.ts';
import type { LinkFacts } from '../workspace/linkFacts.ts';
import type { RegisteredRule } from './rule.ts';

/** Libraries that the rules know, by import name; plain JSON. */
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

export function libraryNames(rules: readonly RegisteredRule[]): LibraryNames {
  return { python: librariesOf(rules, 'python'), typescript: librariesOf(rules, 'typescript') };
}

/** The libraries of a language that a text names, or may name. */
export function wordsOf(names: LibraryNames, language: Language): readonly string[] {
  return language === 'python' ? names.python : names.typescript;
}

function librariesOf(rules: readonly RegisteredRule[], language: 'python' | 'typescript'): readonly string[] {
  return [
    ...new Set(rules.filter((rule) => rule.meta.languages.includes(language)).flatMap((rule) => rule.meta.libraries)),
  ];
}

function wordSearch(words: readonly string[]): RegExp | undefined {
  if (words.length === 0) return undefined;
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![\\w-])(?:${escaped.join('|')})(?![\\w-])`);
}
