import type { PathAliases } from '../../core/workspace/javascriptModules.ts';

/** Configuration files that name aliases or stand for those of a framework; where several stand together the first counts most. */
export const BUNDLER_CONFIGS: readonly string[] = [
  'svelte.config',
  'nuxt.config',
  'vite.config',
  'webpack.config',
].flatMap((name) => ['js', 'ts', 'mjs', 'mts', 'cjs'].map((extension) => `${name}.${extension}`));

/** `'@': path.resolve(__dirname, './src')`, `'@': fileURLToPath(new URL('./src', import.meta.url))`, `'@': '/src'`, and `find`/`replacement`. */
const KEY = /(?:find\s*:\s*)?['"]?([@~$#]?[\w@~$#/.-]*)['"]?\s*(?::|,\s*replacement\s*:)\s*/.source;
const TARGET =
  /(?:(?:path\.)?(?:resolve|join)\(\s*(?:__dirname|import\.meta\.dirname|process\.cwd\(\))\s*,\s*['"]([^'"]+)['"]|fileURLToPath\(\s*new URL\(\s*['"]([^'"]+)['"]|['"](\.{0,2}\/[\w./-]+)['"])/
    .source;
const ENTRY = new RegExp(KEY + TARGET, 'g');

/**
 * Aliases of Vite, webpack, SvelteKit and Nuxt, as far as the configuration's text names them: it is read, never run. `folder` is the
 * folder of the configuration.
 */
export function bundlerAliases(name: string, folder: string, text: string): PathAliases | undefined {
  const paths: Record<string, readonly string[]> = {};
  const add = (alias: string, ...targets: readonly string[]): void => {
    paths[alias] ??= targets;
    paths[`${alias}/*`] ??= targets.map((target) => (target === '' ? '*' : `${target}/*`));
  };
  const start = text.search(/\balias\b\s*[:=]/);
  if (start >= 0) {
    for (const [, alias = '', ...targets] of text.slice(start).matchAll(ENTRY)) {
      const target = targets.find((candidate) => candidate !== undefined);
      if (alias !== '' && target !== undefined) add(alias, target.replace(/^\.?\/|\/$/g, ''));
    }
  }
  if (name.startsWith('svelte.')) add('$lib', 'src/lib');
  if (name.startsWith('nuxt.')) for (const alias of ['~', '@', '~~', '@@']) add(alias, 'app', 'src', '');
  return Object.keys(paths).length === 0 ? undefined : { base: folder, paths };
}
