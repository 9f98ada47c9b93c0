import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ruleIds } from './modules.mjs';

const LEVELS = ['recommended', 'strict'];

/** Metadata of every rule with its document, ordered by category and id: `{ ...meta, document }`. */
export async function loadRules(root) {
  const ids = ruleIds(root);
  const folder = mkdtempSync(path.join(tmpdir(), 'green-ai-rules-'));
  try {
    const outfile = path.join(folder, 'rules.mjs');
    await build({
      stdin: {
        contents: `export { rules } from './rules/registry.ts';`,
        resolveDir: root,
        loader: 'ts',
      },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
    });
    const { rules } = await import(pathToFileURL(outfile).href);
    return rules
      .map((rule, index) => withDocument(root, ids[index], rule.meta))
      .sort((a, b) => a.category.localeCompare(b.category) || a.id.localeCompare(b.id));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withDocument(root, folder, meta) {
  if (meta.id !== folder)
    throw new Error(`rules/${folder}/rule.ts: the id is ${meta.id}, the folder's name is ${folder}`);
  if (!LEVELS.includes(meta.tier)) throw new Error(`rules/${folder}/rule.ts: unknown tier ${meta.tier}`);
  const document = readFileSync(path.join(root, 'rules', folder, 'rule.md'), 'utf8');
  if (!document.startsWith('# ')) throw new Error(`rules/${folder}/rule.md: the first line is not a heading`);
  return { ...meta, document };
}
