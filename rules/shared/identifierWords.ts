/** Words of an identifier in lower case: `loadModel_v2` → `load`, `model`, `v2`. */
export function identifierWords(name: string): readonly string[] {
  return name
    .split(/[_\W]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** True when a word of the identifier, in singular or plural, is in the list. */
export function hasWord(name: string, words: ReadonlySet<string>): boolean {
  return identifierWords(name).some((word) => words.has(word) || (word.endsWith('s') && words.has(word.slice(0, -1))));
}
