import assert from 'node:assert/strict';
import type { LinkFacts } from '../../../src/core/workspace/linkFacts.ts';
import type { ModuleSummary } from '../../../src/core/workspace/moduleSummary.ts';
import { isSameLink } from '../../../src/core/workspace/sameLinks.ts';

function summary(path: string): ModuleSummary {
  return { path, language: 'python', exports: {}, handsOn: [], functions: [], classes: [], calls: [], imports: [] };
}

describe('what other files say', () => {
  const [a, b] = [summary('a.py'), summary('b.py')];
  const imports = { a: 'a.py' };
  const link: LinkFacts = { summaries: [a, b], resolved: { 'c.py': imports }, reach: {} };

  it('is the same while its parts are', () => {
    assert.ok(isSameLink(undefined, undefined));
    assert.ok(
      isSameLink(link, {
        summaries: [a, b],
        resolved: { 'c.py': imports },
        reach: { f: { gradients: [], loops: [], parameters: {} } },
      }),
    );
  });

  it('is another where a part came, went or was made anew', () => {
    assert.ok(!isSameLink(link, undefined));
    assert.ok(!isSameLink(undefined, link));
    assert.ok(!isSameLink(link, { ...link, summaries: [a] }));
    assert.ok(!isSameLink(link, { ...link, summaries: [b, a] }));
    assert.ok(!isSameLink(link, { ...link, summaries: [a, summary('b.py')] }));
    assert.ok(!isSameLink(link, { ...link, resolved: {} }));
    assert.ok(!isSameLink(link, { ...link, resolved: { 'd.py': imports } }));
    assert.ok(!isSameLink(link, { ...link, resolved: { 'c.py': { ...imports } } }));
  });
});
