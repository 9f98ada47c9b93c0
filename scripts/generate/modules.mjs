import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const HEADER = '// Written by scripts/generate.mjs.\n\n';

/** Folders of `rules/` that hold a rule, in order of their ids. */
export function ruleIds(root) {
  return readdirSync(path.join(root, 'rules'))
    .filter((name) => existsSync(path.join(root, 'rules', name, 'rule.ts')))
    .sort();
}

/** Text of rules/registry.ts. */
export function registryModule(root) {
  const ids = ruleIds(root);
  const imports = ids.map((id) => `import ${camelCase(id)} from './${id}/rule.ts';\n`).join('');
  const list = ids.map((id) => `\n  ${camelCase(id)},`).join('');
  return `${HEADER}import type { RegisteredRule } from '../src/core/engine/rule.ts';
${imports}
/** Every rule, in order of id. */
export const rules: readonly RegisteredRule[] = [${list}${list && '\n'}];
`;
}

/** Text of src/knowledge/apis/apiFiles.ts. */
export function apiFilesModule(root) {
  const folder = path.join(root, 'src', 'knowledge', 'apis');
  const files = ['python', 'typescript'].flatMap((language) =>
    readdirSync(path.join(folder, language))
      .filter((name) => name.endsWith('.json'))
      .sort(byBaseName)
      .map((name) => ({ language, name, local: camelCase(`${language}-${name.slice(0, -5)}`) })),
  );
  const imports = files.map(({ language, name, local }) => `import ${local} from './${language}/${name}';\n`).join('');
  const list = (of) =>
    files
      .filter(({ language }) => language === of)
      .map(({ local }) => `  ${local},\n`)
      .join('');
  return `${HEADER}import { type ApiFile, isApiFile } from './apiFile.ts';
${imports}
const python: readonly unknown[] = [
${list('python')}];

const typescript: readonly unknown[] = [
${list('typescript')}];

/** The API data of every library, by language: both know an \`openai.OpenAI\`. */
export const apiFiles: { readonly python: readonly ApiFile[]; readonly typescript: readonly ApiFile[] } = {
  python: python.filter(isApiFile),
  typescript: typescript.filter(isApiFile),
};
`;
}

/** The order that the linter gives to imports: `tfjs.json` before `tfjs-models.json`. */
function byBaseName(a, b) {
  const [left, right] = [a.slice(0, -5), b.slice(0, -5)];
  return left.localeCompare(right, 'en');
}

function camelCase(name) {
  return name.replace(/[^A-Za-z0-9]+(.)?/g, (_, next = '') => next.toUpperCase());
}
