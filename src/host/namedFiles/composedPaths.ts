/** `const DIR = './models'` */
const CONSTANT = /\b(?:const|let|var)\s+(\w+)\s*(?::\s*string\s*)?=\s*(["'`])([\w./@-]*)\2/g;
/** `path.join(process.cwd(), 'data', 'rows.json')`, with the name of the constant that holds it. */
const JOINED =
  /(?:\b(?:const|let|var)\s+(\w+)\s*=\s*)?\b(?:path\.)?(?:join|resolve)\(((?:[^()]|\([^()]*(?:\([^()]*\))?[^()]*\)){0,300})\)/g;
/** `${DIR}/model.onnx` */
const TEMPLATE = /`((?:[\w./@-]|\$\{[\w.()]+\})*\.(?:onnx|json))`/g;
/** `DIR + '/model.onnx'` */
const SUM = /\b(\w+)\s*\+\s*(["'`])([\w./@-]+\.(?:onnx|json))\2/g;
const DATA = /\.(?:onnx|json)$/;

/**
 * Paths of models and data that a text puts together from quoted parts, in the order of the text. A part that is not quoted nor a
 * constant is left out, as if it were the folder of the file or of the process: whether it is, the program model tells.
 */
export function composedPaths(text: string): readonly string[] {
  const constants = new Map<string, string>();
  for (const [, name = '', , value = ''] of text.matchAll(CONSTANT)) constants.set(name, value);
  const found: string[] = [];
  for (const [, name, args = ''] of text.matchAll(JOINED)) {
    const joined = args
      .split(',')
      .map((part) => partOf(part.trim(), constants))
      .filter((part) => part !== '')
      .join('/');
    if (name !== undefined && joined !== '') constants.set(name, joined);
    found.push(joined);
  }
  for (const [, template = ''] of text.matchAll(TEMPLATE)) {
    if (!template.includes('${')) continue;
    found.push(template.replace(/\$\{([\w.()]+)\}/g, (_hole, name: string) => constants.get(name) ?? ''));
  }
  for (const [, name = '', , rest = ''] of text.matchAll(SUM)) found.push(`${constants.get(name) ?? ''}${rest}`);
  return found.map((path) => path.replace(/^(?:\.?\/)+/, '')).filter((path) => DATA.test(path));
}

function partOf(part: string, constants: ReadonlyMap<string, string>): string {
  return /^(["'`])([\w./@-]*)\1$/.exec(part)?.[2] ?? constants.get(part) ?? '';
}
