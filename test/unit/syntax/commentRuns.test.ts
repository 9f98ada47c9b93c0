import assert from 'node:assert/strict';
import { withoutCommentRuns } from '../../../src/core/syntax/commentRuns.ts';
import type { Parsers } from '../../../src/core/syntax/parsers.ts';
import { loadParsers, parseOrFail } from './loadParsers.ts';

describe('long runs of comment lines', () => {
  let parsers: Parsers;
  before(async () => {
    parsers = await loadParsers('python');
  });
  after(() => parsers.dispose());

  const run = '# print(1)\n'.repeat(40);

  it('are blanked before parsing and given back as comments', () => {
    const text = `x = 1\n${run}y = 2  # kept\n`;
    const { text: blanked, comments } = withoutCommentRuns(text);
    assert.equal(blanked.length, text.length);
    assert.equal(blanked.split('\n').length, text.split('\n').length);
    assert.equal(comments.length, 40);
    assert.match(blanked, /y = 2 {2}# kept/);
  });

  it('are left alone inside strings and when short', () => {
    const inString = `x = """\n${run}"""\n`;
    assert.equal(withoutCommentRuns(inString).text, inString);
    assert.equal(withoutCommentRuns('# a\n# b\nx = 1\n').comments.length, 0);
  });

  it('keep every comment of the tree, in order and with their offsets', () => {
    const text = `# first\nif x:\n    ${run.replaceAll('\n', '\n    ')}y = 2  # last\n`;
    const tree = parseOrFail(parsers, 'python', text);
    assert.equal(tree.comments.length, 42);
    for (const comment of tree.comments) assert.equal(text.slice(comment.start, comment.end), comment.text);
    assert.deepEqual(
      tree.comments.map(({ start }) => start),
      tree.comments.map(({ start }) => start).toSorted((a, b) => a - b),
    );
  });

  it('no longer cost time that grows with their square', () => {
    const tree = parseOrFail(parsers, 'python', `x = 1\n${'# commented out\n'.repeat(50_000)}y = 2\n`);
    assert.equal(tree.comments.length, 50_000);
  });
});
