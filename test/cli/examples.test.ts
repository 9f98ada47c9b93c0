import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../rules/registry.ts';
import type { Finding } from '../../src/core/engine/finding.ts';
import { type Project, project, removeProjects } from './support/project.ts';

/** What examples/README.md announces, file by file. */
const ANNOUNCED: Readonly<Record<string, readonly string[]>> = {
  'train.py': ['file-read-in-loop', 'inference-records-gradients'],
  'infer.py': [
    'embedding-one-by-one',
    'full-precision-model-load',
    'model-load-per-call',
    'oversized-checkpoint',
    'unquantised-llm',
  ],
  'study.ipynb': ['file-read-in-loop', 'inference-records-gradients', 'sklearn-svc-probability'],
  'service/app.py': ['model-load-per-call'],
  'search.ts': [
    'embedding-one-by-one',
    'model-load-per-call',
    'transformersjs-default-fp32',
    'transformersjs-explicit-fp32',
  ],
  'index-notes.ts': ['embedding-one-by-one'],
};

describe('the examples', () => {
  after(() => removeProjects());

  it('show every waste that their README announces', async () => {
    const folder: Project = project(exampleFiles());
    const { stdout } = await folder.run(['check', '.', '--format', 'json'], { rules });
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
    for (const [file, announced] of Object.entries(ANNOUNCED)) {
      const found = new Set(findings.filter(({ location }) => location.path === file).map(({ ruleId }) => ruleId));
      for (const rule of announced) assert.ok(found.has(rule), `${file}: no ${rule} among ${[...found].join(', ')}`);
    }
  });
});

function exampleFiles(): Record<string, string> {
  const root = path.resolve('examples');
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(root, file).split(path.sep).join('/'), readFileSync(file, 'utf8')];
    }),
  );
}
