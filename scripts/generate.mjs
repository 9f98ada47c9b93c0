// Writes everything that follows from the rules' own metadata: the registry, the settings' rule keys, the schemas' rule ids,
// the README's rule table and docs/rules. `node scripts/generate.mjs [--check]`; --check writes nothing and fails on drift.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiFilesModule, registryModule } from './generate/modules.mjs';
import { ruleIndex, rulePages, ruleTable } from './generate/ruleDocs.mjs';
import { loadRules } from './generate/rules.mjs';
import { withRuleIds, withRuleSettings, withTable } from './generate/settings.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const options = process.argv.slice(2);
const unknown = options.filter((option) => option !== '--check');
if (unknown.length > 0) {
  console.error(`generate: unknown option ${unknown.join(' ')} (known: --check)`);
  process.exit(2);
}
const isCheck = options.includes('--check');
const drifted = [];

write('rules/registry.ts', registryModule(root));
write('src/knowledge/apis/apiFiles.ts', apiFilesModule(root));
const rules = await loadRules(root);
rewrite('package.json', (text) => withRuleSettings(text, rules));
rewrite('schemas/config.schema.json', (text) => withRuleIds(text, rules));
rewrite('README.md', (text) => withTable(text, ruleTable(rules)));
write('docs/rules/README.md', ruleIndex(rules));
const pages = rulePages(rules);
for (const [name, text] of pages) write(`docs/rules/${name}`, text);
removeStale('docs/rules', new Set(['README.md', ...pages.keys()]));

if (isCheck && drifted.length > 0) {
  console.error(`generate: out of date, run \`npm run generate\`:\n  ${drifted.join('\n  ')}`);
  process.exit(1);
}
console.log(isCheck ? 'generate: up to date' : `generate: ${rules.length} rules, ${drifted.length} files written`);

function write(name, text) {
  const file = path.join(root, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  drifted.push(name);
  if (isCheck) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Changes a part of a file that people write; a file that does not exist has no such part. */
function rewrite(name, change) {
  const file = path.join(root, name);
  if (existsSync(file)) write(name, change(readFileSync(file, 'utf8')));
}

function removeStale(folder, expected) {
  const present = existsSync(path.join(root, folder)) ? readdirSync(path.join(root, folder)) : [];
  for (const name of present.filter((name) => !expected.has(name))) {
    drifted.push(`${folder}/${name}`);
    if (!isCheck) rmSync(path.join(root, folder, name));
  }
}
