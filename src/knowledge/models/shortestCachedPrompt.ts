import data from './promptCache.json';

const rows = [...data.entries].sort((a, b) => b.prefix.length - a.prefix.length);

/** Least tokens of a prompt that the model caches where the request marks it; `undefined` for models that are not listed. */
export function shortestCachedPrompt(model: string): number | undefined {
  const name = model
    .trim()
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/^(?:us|eu|apac|global)\./, '')
    .replace(/^anthropic\./, '');
  return rows.find(({ prefix }) => name.startsWith(prefix))?.tokens;
}
