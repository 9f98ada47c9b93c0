/** What opens a model or a data file; other texts name none that matters. */
const OPENS = /InferenceSession|JSON\.parse|\.json\(\)|require\(|\bimport\b[^;\n]*\.json/;
/** Quoted paths of models and data, addresses on the own site among them. */
const PATH = /(["'`])((?:\.{0,2}\/)?[\w@.-]+(?:\/[\w@.-]+){0,8}\.(?:onnx|json))\1/g;
/** Files of every project that hold no data. */
const MANIFEST = /(?:^|\/)(?:package|tsconfig[\w.-]*|jsconfig|manifest|config|settings|package-lock)\.json$/;
/** Enough for any program. */
const MOST = 12;

/** Quoted paths of .onnx and .json files, each once, in the order of the text. */
export function dataPathsInText(text: string): readonly string[] {
  if (!OPENS.test(text)) return [];
  const found = new Set<string>();
  for (const [, , path = ''] of text.matchAll(PATH)) {
    if (MANIFEST.test(path) || (path.includes('..') && !path.startsWith('../'))) continue;
    found.add(path);
    if (found.size === MOST) break;
  }
  return [...found];
}
