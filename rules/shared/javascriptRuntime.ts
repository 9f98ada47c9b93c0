import { walk } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';

export type Runtime = 'node' | 'browser' | 'unknown';

const NODE_PATH =
  /(^|\/)(app\/.*route\.[mc]?[jt]sx?$|pages\/api\/|\+(server|page\.server|layout\.server|hooks\.server)\.[jt]s$|hooks\.server\.[jt]s$|server\/|server\.[mc]?[jt]s$|netlify\/functions\/|lambda\/|functions\/src\/|bin\/|[^/]+\.server\.[jt]sx?$)/;
const NODE_MODULE =
  /^(node:.+|fs|fs\/promises|path|os|http|https|url|child_process|worker_threads|readline|readline\/promises|express|fastify|koa|hapi|@hapi\/.+|@nestjs\/.+|@hono\/node-server|next\/server|dotenv|dotenv\/config|multer|cors|commander|yargs|pg|better-sqlite3|mongoose|ioredis|redis|sharp|discord\.js|electron)$/;
const NODE_GLOBAL = new Set(['__dirname', '__filename', 'Buffer']);
/** Bundlers replace `process.env.X`, so that alone is weak; the rest of `process` exists only in Node. */
const NODE_PROCESS = new Set([
  'argv',
  'exit',
  'cwd',
  'stdin',
  'stdout',
  'stderr',
  'on',
  'hrtime',
  'memoryUsage',
  'pid',
  'platform',
]);
const WEB_PATH =
  /(^|\/)(public|static)\/|\.worker\.[jt]sx?$|(^|\/)(web-?)?worker\.[jt]sx?$|\.(client|browser)\.[jt]sx?$|\.svelte$|\.vue$/i;
const WEB_MODULE = /^(react|react-dom(\/client)?|vue|svelte|solid-js|preact|@angular\/core|comlink)$/;
const WEB_GLOBAL = new Set([
  'document',
  'window',
  'navigator',
  'self',
  'localStorage',
  'postMessage',
  'HTMLElement',
  'importScripts',
]);
/** Runs JavaScript outside Node although it is a server: weights and kernels differ there. */
const EDGE = /runtime\s*=\s*['"](edge|experimental-edge)['"]|(^|\/)(supabase\/functions|edge-functions)\//;

/**
 * Where a JavaScript file runs. The file's own evidence (path, imports, globals, directives) decides before that of the
 * manifests, because one package often holds both sides; evidence for both gives `unknown`.
 */
export function javascriptRuntime(program: Program): Runtime {
  return program.once(findRuntime);
}

function findRuntime({ module, path, environment }: Program): Runtime {
  if (EDGE.test(path) || EDGE.test(module.text)) return 'unknown';
  const evidence = { node: NODE_PATH.test(path), web: WEB_PATH.test(path), readsEnvironment: false, importsUrl: false };
  if (module.text.startsWith('#!')) evidence.node = true;
  for (const { node } of walk(module.body)) {
    if (node.kind === 'import') {
      note(node.module, evidence);
      if (/^https?:\/\//.test(node.module)) evidence.importsUrl = true;
    } else if (node.kind === 'call') noteRequire(node.callee, node.args[0]?.value, evidence);
    else if (node.kind === 'attribute') {
      if (node.object.kind !== 'name' || node.object.name !== 'process') continue;
      if (NODE_PROCESS.has(node.name)) evidence.node = true;
      else evidence.readsEnvironment = true;
    } else if (node.kind === 'name') {
      if (NODE_GLOBAL.has(node.name)) evidence.node = true;
      if (WEB_GLOBAL.has(node.name)) evidence.web = true;
    } else if (node.kind === 'expression' && node.expression.kind === 'literal') {
      if (node.expression.value === 'use client') evidence.web = true;
      if (node.expression.value === 'use server') evidence.node = true;
    }
  }
  if (evidence.node && evidence.web) return 'unknown';
  if (evidence.node) return 'node';
  if (evidence.web) return 'browser';
  const declared = environment.runtime;
  if (declared.kind === 'known') return declared.value;
  // Deno and browsers import from addresses; only browsers are common.
  if (evidence.importsUrl) return 'browser';
  return evidence.readsEnvironment ? 'node' : 'unknown';
}

function note(source: string, evidence: { node: boolean; web: boolean }): void {
  if (NODE_MODULE.test(source)) evidence.node = true;
  if (WEB_MODULE.test(source)) evidence.web = true;
}

function noteRequire(
  callee: { readonly kind: string; readonly name?: unknown },
  source: { readonly kind: string; readonly value?: unknown } | undefined,
  evidence: { node: boolean; web: boolean },
): void {
  if (callee.kind !== 'name' || callee.name !== 'require') return;
  // CommonJS alone proves little (bundlers take it too); what is required decides.
  if (source?.kind === 'literal' && typeof source.value === 'string') note(source.value, evidence);
}
