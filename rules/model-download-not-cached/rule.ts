import { defineRule } from '../../src/core/engine/rule.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import type { Span } from '../../src/core/text/span.ts';
import { cacheSwitches } from './cacheSwitches.ts';
import { uncachedFetches } from './uncachedFetches.ts';

export default defineRule<Span>({
  meta: {
    id: 'model-download-not-cached',
    title: 'Model downloaded again at every start',
    category: 'redundant-data-loading',
    languages: ['typescript'],
    tier: 'strict',
    fixes: [],
    catalogue: ['tjs-cache-disabled', 'model-fetch-no-store'],
    libraries: [
      '@huggingface/transformers',
      '@xenova/transformers',
      'onnxruntime-web',
      '@tensorflow/tfjs',
      '@mediapipe',
    ],
    since: '0.1.0',
  },

  *detect(program) {
    if (program.isTestOrBenchmark || OWN_CACHE.test(program.module.text) || hasNoCache(program)) return;
    for (const span of [...cacheSwitches(program), ...uncachedFetches(program)]) {
      yield {
        span,
        severity: 'hint',
        message: {
          what: `\`${program.text(span)}\` keeps the model out of the cache.`,
          why: 'Every page load or start sends the whole model over the network again: 20 MB to more than 1 GB.',
          advice:
            "Leave it out: the cache is on by default. On serverless platforms set `env.cacheDir` to a folder that can be written ('/tmp/models').",
          condition: 'The saving is traffic; it depends on how often the program starts.',
        },
        related: [],
        state: span,
      };
    }
  },
});

const OWN_CACHE = /useCustomCache|customCache|indexeddb:\/\/|caches\.open|navigator\.storage/;
/** Runtimes without the Cache interface or a file system. */
function hasNoCache({ path, module: { text } }: Program): boolean {
  if (NO_CACHE.test(path) || NO_CACHE_CODE.test(text)) return true;
  return WORKER.test(path) && !WEB_WORKER.test(text);
}

const NO_CACHE = /(^|\/)(supabase|edge-functions)(\/|\.)|service-?worker|background\.[jt]s$|content_?script/i;
/** A worker of a platform, or of a page: the latter talks to the page and has its caches. */
const WORKER = /(^|\/)workers?(\/|\.)/i;
const WEB_WORKER = /\bpostMessage\(|\bonmessage\b|addEventListener\(\s*['"]message['"]/;
const NO_CACHE_CODE =
  /\bDeno\.|edge\.netlify|@netlify\/edge|from ['"]https:\/\/(esm\.sh|deno\.land)|hardwareConcurrency|runtime\s*=\s*['"](edge|experimental-edge)['"]|chrome\.(runtime|extension)|browser\.runtime/;
