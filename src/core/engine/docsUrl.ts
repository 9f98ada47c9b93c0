/** Page of a rule in the public repository; derived from the id, so that it can never be mistyped in a rule. */
export function docsUrl(ruleId: string): string {
  return `https://github.com/green-ai-tools/green-ai/blob/main/rules/${ruleId}/rule.md`;
}
