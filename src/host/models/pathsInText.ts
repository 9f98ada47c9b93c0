/** A text that loads no model names no model folder. */
const LOADS = /from_pretrained|pipeline|SentenceTransformer|CrossEncoder|\bLLM\(|AutoModel|Diffusion|load_model/;
/** Quoted texts that may be relative paths: with a slash in them, without spaces, no address. */
const PATH = /(["'`])((?:\.{1,2}\/)?[\w.-]+(?:\/[\w.-]+){0,8}\/?)\1/g;
/** A name without a slash is a path only where it is what is loaded. */
const LOADED_NAME = /(?:from_pretrained|pipeline|SentenceTransformer|CrossEncoder|\bLLM)\(\s*$/;
/** Enough for any program; a table of texts is no list of models. */
const MOST = 40;

/** Quoted texts of a program that may name a model's folder, each once, in the order of the text. */
export function pathsInText(text: string): readonly string[] {
  if (!LOADS.test(text)) return [];
  const found = new Set<string>();
  for (const match of text.matchAll(PATH)) {
    const path = match[2] ?? '';
    if (!/\/|^\.{1,2}$/.test(path) && !LOADED_NAME.test(text.slice(Math.max(0, match.index - 40), match.index)))
      continue;
    if (path.includes('..') && !path.startsWith('../')) continue;
    found.add(path);
    if (found.size === MOST) break;
  }
  return [...found];
}
