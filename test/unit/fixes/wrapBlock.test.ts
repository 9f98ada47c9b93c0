import assert from 'node:assert/strict';
import { wrapBlock } from '../../../src/core/fixes/wrapBlock.ts';
import { applied, type Lower, loadLowering } from './lowering.ts';

const HEAD = 'with torch.inference_mode():';

describe('wrapBlock', () => {
  let lower: Lower;
  before(async () => {
    lower = await loadLowering();
  });

  /** `«` and `»` enclose the statements to wrap. */
  function wrapped(marked: string): string | undefined {
    const text = marked.replace(/[«»]/g, '');
    const start = marked.indexOf('«');
    return applied(text, wrapBlock(lower('python', text), { start, end: marked.indexOf('»') - 1 }, HEAD));
  }

  it('indents the statements, comments included, and leaves blank lines alone', () => {
    assert.equal(
      wrapped('def f():\n  «for x in y:\n    # why\n\n    g(x)»\n  h()\n'),
      `def f():\n  ${HEAD}\n    for x in y:\n      # why\n\n      g(x)\n  h()\n`,
    );
  });

  it('keeps tabs and CRLF', () => {
    assert.equal(
      wrapped('def f():\r\n\t«for x in y:\r\n\t\tg(x)»\r\n'),
      `def f():\r\n\t${HEAD}\r\n\t\tfor x in y:\r\n\t\t\tg(x)\r\n`,
    );
  });

  it('takes the step of the block around, not that of another one', () => {
    assert.equal(
      wrapped('def a():\n\tg()\n\ndef f():\n  «for x in y:\n    g(x)»\n'),
      `def a():\n\tg()\n\ndef f():\n  ${HEAD}\n    for x in y:\n      g(x)\n`,
    );
  });

  it('refuses to change a string that spans lines', () => {
    assert.equal(wrapped('«x = """a\nb"""»\n'), undefined);
    assert.equal(wrapped('«x = f("""a""")\ny = 2»\n'), `${HEAD}\n    x = f("""a""")\n    y = 2\n`);
  });

  it('refuses statements that share a line with others', () => {
    assert.equal(wrapped('if a: «f()»\n'), undefined);
    assert.equal(wrapped('«f()»; g()\n'), undefined);
    assert.equal(wrapped('«f()»  # why\n'), `${HEAD}\n    f()  # why\n`);
  });
});
