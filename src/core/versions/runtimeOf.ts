import { type Fact, known, UNKNOWN } from '../semantics/fact.ts';
import { type Table, tableAt, textOf } from './manifests/readValue.ts';

type JavaScriptRuntime = 'node' | 'browser';

const NODE_PATHS =
  /(?:^|\/)(?:pages\/api|server|backend|functions|netlify\/functions|scripts|bin|lambda)\/|(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]s$|\.server\.[cm]?[jt]sx?$|\+server\.[jt]s$|\.cjs$|\.cts$/;
const BROWSER_PATHS = /(?:^|\/)(?:public|static)\/|\.client\.[cm]?[jt]sx?$|\.(?:vue|svelte)$/;
const SERVERS = 'express fastify koa hono @nestjs/core @hapi/hapi restify polka apollo-server @apollo/server'.split(
  ' ',
);
const BOTH =
  'next nuxt @remix-run/react @sveltejs/kit astro gatsby electron @react-router/dev @tanstack/react-start'.split(' ');
const BUNDLERS = 'vite webpack parcel react-scripts @angular/core @vitejs/plugin-react rollup snowpack'.split(' ');

/**
 * Where the JavaScript of a file runs, as far as its path (relative to the package) and the package's manifest prove it.
 * Frameworks with both sides are decided by path conventions only.
 */
export function runtimeOf(path: string, manifest: Table | undefined): Fact<JavaScriptRuntime> {
  if (NODE_PATHS.test(path)) return known('node');
  if (BROWSER_PATHS.test(path)) return known('browser');
  if (manifest === undefined) return UNKNOWN;
  const names = new Set(
    ['dependencies', 'devDependencies'].flatMap((section) => Object.keys(tableAt(manifest, section))),
  );
  const has = (list: readonly string[]): boolean => list.some((name) => names.has(name));
  if (has(BOTH)) return UNKNOWN;
  const runsNode = startsNode(manifest) || has(SERVERS);
  const bundles = has(BUNDLERS) || names.has('react-dom') || textOf(manifest['browser']) !== undefined;
  if (runsNode === bundles) return UNKNOWN;
  return known(runsNode ? 'node' : 'browser');
}

function startsNode(manifest: Table): boolean {
  if (manifest['bin'] !== undefined || textOf(tableAt(manifest, 'engines')['vscode']) !== undefined) return true;
  const scripts = tableAt(manifest, 'scripts');
  const isServer = /^(?:\w+=\S+ )*(?:node|nodemon|tsx|ts-node|bun|deno)\b/;
  return ['start', 'serve', 'dev'].some((name) => isServer.test(textOf(scripts[name]) ?? ''));
}
