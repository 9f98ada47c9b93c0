import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface Packaging {
  packagedRuleDoc(document: string, url: string): string;
}

const EXAMPLES = `# Title

## What

It is.

## Examples

### Bad

\`\`\`python bad line=1
a = 1
\`\`\`

\`\`\`python fixed
a = 2
\`\`\`

Another spelling.

\`\`\`python bad
b = 1
\`\`\`

\`\`\`python fixed
b = 2
\`\`\`

\`\`\`ts bad
c();
\`\`\`

### Good

\`\`\`python good
d = 1
\`\`\`

\`\`\`python good
e = 1
\`\`\`

## Fix safety

Safe.
`;

describe("rules' documents in the package", () => {
  let packaging: Packaging;

  before(async () => {
    packaging = await import(pathToFileURL(path.resolve('scripts/build/packagedRuleDoc.mjs')).href);
  });

  it('keep the first examples of each language with their fixes and name the page with the others', () => {
    const text = packaging.packagedRuleDoc(EXAMPLES, 'https://x/rule.md');
    assert.match(text, /^```python\na = 1\n```\n\n```python\na = 2\n```$/m);
    assert.match(
      text,
      /^```ts\nc\(\);\n```\n\n### Good\n\n```python\nd = 1\n```\n\n\[More examples\]\(https:\/\/x\/rule\.md\)\n\n## Fix safety/m,
    );
    assert.doesNotMatch(text, /Another spelling|b = |e = /);
  });

  it('are whole where there is no more than that', () => {
    const [start = '', rest = ''] = EXAMPLES.split(/^Another spelling[\s\S]*?(?=^### Good)/m);
    const short = start + rest.replace(/\n```python good\ne = 1\n```\n/, '');
    const text = packaging.packagedRuleDoc(short, 'https://x/rule.md');
    assert.equal(text, short.replace(/^```python .*$/gm, '```python'));
  });

  it('keep every section of every rule', () => {
    for (const id of readdirSync('rules')) {
      const file = path.join('rules', id, 'rule.md');
      if (!existsSync(file)) continue;
      const document = readFileSync(file, 'utf8');
      const text = packaging.packagedRuleDoc(document, 'https://x/rule.md');
      const headings = (of: string): readonly string[] => of.match(/^## .*$/gm) ?? [];
      const fences = (of: string): number => (of.match(/^```/gm) ?? []).length;
      assert.deepEqual(headings(text), headings(document), id);
      assert.ok(fences(text) >= 4 && fences(text) % 2 === 0 && fences(text) <= fences(document), id);
      assert.doesNotMatch(text, /^```\w+ (?:bad|good|fixed)/m, id);
    }
  });
});
