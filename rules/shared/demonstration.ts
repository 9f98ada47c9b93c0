const DEMONSTRATION = /(^|\/)(examples?|cookbook|snippets?|demos?|tutorials?|samples?|environment_tests)(\/|-)/i;

/** Code that shows how a library is used, by path: it runs once, for a reader. */
export function isDemonstration(path: string): boolean {
  return DEMONSTRATION.test(path);
}
