import assert from 'node:assert/strict';
import { parseRuleDocument } from '../rules/support/ruleDocument.ts';

const DOCUMENT = `# A title

## What

\`\`\`python
untested = True
\`\`\`

## Examples

### Bad

\`\`\`python bad requires=torch==2.1;transformers==4.44.0 line=1
x = 1
\`\`\`

\`\`\`python fixed
x = 2
\`\`\`

### Good

\`\`\`ts good
const y = 2;
\`\`\`
`;

describe('rule documents as tests', () => {
  it('gives the examples with their options, and a fix to the block before it', () => {
    const { title, headings, examples, problems } = parseRuleDocument(DOCUMENT);
    assert.equal(title, 'A title');
    assert.deepEqual(headings, ['What', 'Examples']);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      examples.map(({ kind, language, text, fixed, line }) => ({ kind, language, text, fixed, line })),
      [
        { kind: 'bad', language: 'python', text: 'x = 1\n', fixed: 'x = 2\n', line: 13 },
        { kind: 'good', language: 'ts', text: 'const y = 2;\n', fixed: undefined, line: 23 },
      ],
    );
    assert.equal(examples[0]?.options.get('requires'), 'torch==2.1;transformers==4.44.0');
  });

  it('names what it does not understand by line', () => {
    const text = '# t\n### Good\n```python bad colour=red\nx\n```\n```ruby good\n```\n```python good\n';
    assert.deepEqual(parseRuleDocument(text).problems, [
      'line 8: the code block has no end',
      'line 3: a bad block under ### Good',
      'line 3: unknown key colour',
      'line 6: unknown block `ruby good`',
    ]);
  });
});
