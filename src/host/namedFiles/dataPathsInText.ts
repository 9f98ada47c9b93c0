import { composedPaths } from './composedPaths.ts';

/** What opens a model or a data file; other texts name none that matters. */
const OPENS = /InferenceSession|JSON\.parse|readJson|\.json\(\)|require\(|\bimport\b[^;\n]*\.json/i;
/** Quoted paths of models and data, addresses on the own site among them. */
const PATH = /(["'`])((?:\.{0,2}\/)?[\w@.-]+(?:\/[\w@.-]+){0,8}\.(?:onnx|json))\1/g;
/** Files of every project that hold no data. */
const MANIFEST = /(?:^|\/)(?:package|tsconfig[\w.-]*|jsconfig|manifest|config|settings|package-lock)\.json$/;
/** Enough for any program. */
const MOST = 12;

/** Paths of .onnx and .json files, each once: quoted ones in the order of the text, then those that it puts together. */
export function dataPathsInText(text: string): readonly string[] {
  if (!OPENS.test(text)) return [];
  const found = new Set<string>();
  const quoted = [...text.matchAll(PATH)].map(([, , path = '']) => path);
  for (const path of [...quoted, ...composedPaths(text)]) {
    if (MANIFEST.test(path) || (path.includes('..') && !path.startsWith('../'))) continue;
    found.add(path);
    if (found.size === MOST) break;
  }
  return [...found];
}
