import assert from 'node:assert/strict';
import { blankMagics } from '../../../src/languages/notebook/magics.ts';

/** Cell and what is left of it, by what the magic does. */
const examples: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'line magics become comments': [
    ['%matplotlib inline\na = 1', '#matplotlib inline\na = 1'],
    ['  %cd x', '  #cd x'],
    ['!pip install a b\nc', '#pip install a b\nc'],
    ['!pip install a \\\n  b\nc', '#pip install a \\\n  #\nc'],
    ['if a:\n    !ls\n    b()', 'if a:\n    #ls\n    b()'],
    ['?torch', '#torch'],
    ['torch.nn?\r\na', '#orch.nn?\r\na'],
    ['np.*load*??', '#p.*load*??'],
    ['pip install a\nb', '#ip install a\nb'],
    ['ls ../input\ncat a.csv | head', '#s ../input\n#at a.csv | head'],
  ],
  'timed statements stay': [
    ['%time f(a)', '0;    f(a)'],
    ['%timeit f(a)', '0;      f(a)'],
    ['  %timeit -n 10 -r3 f(a)', '  0;                f(a)'],
    ['%time for a in b: c', '#time for a in b: c'],
    ['%time', '#time'],
  ],
  'values of commands are unknown names': [
    ['x = !ls\ny', 'x = _#s\ny'],
    ['x, y = %run a', 'x, y = _#un a'],
    ['x = !', 'x = _'],
  ],
  'cell magics': [
    ['%%time\na = f()', '#%time\na = f()'],
    ['\n\n%%capture out\n!ls\na', '\n\n#%capture out\n#ls\na'],
    ['%%timeit -n 1\nf("""\n!x""")', '#%timeit -n 1\nf("""\n!x""")'],
    ['%%bash\nls (\n\n  echo "', '#%bash\n#s (\n\n  #cho "'],
    ['%%writefile a.py\r\nimport b\r\n', '#%writefile a.py\r\n#mport b\r\n'],
    ['%%html\n<b>\n', '#%html\n#b>\n'],
    ['%%\na', '#%\n#'],
  ],
  'Python that only looks like a magic stays': [
    ['x = (a\n  % b)', 'x = (a\n  % b)'],
    ['x = a \\\n  % b', 'x = a \\\n  % b'],
    ['s = """\n!ls\n%cd\n"""', 's = """\n!ls\n%cd\n"""'],
    ["s = '''\n%time\n\\'''\n!a\n'''\n!b", "s = '''\n%time\n\\'''\n!a\n'''\n#b"],
    ['s = "(" # [\n!a', 's = "(" # [\n#a'],
    ['a != b\na % b\nf"{a!r}"\n# why?', 'a != b\na % b\nf"{a!r}"\n# why?'],
    ['x = "a%b" % c', 'x = "a%b" % c'],
    ['ls = 1\ncat (a)\ncd in b\nls', 'ls = 1\ncat (a)\ncd in b\nls'],
    ['f(\n  rm -x)', 'f(\n  rm -x)'],
    ['d = {\n  "a": 1,\n}\n!b', 'd = {\n  "a": 1,\n}\n#b'],
    ['', ''],
  ],
};

describe('blankMagics', () => {
  for (const [group, cases] of Object.entries(examples)) {
    describe(group, () => {
      for (const [cell, expected] of cases) {
        it(JSON.stringify(cell), () => {
          assert.equal(blankMagics(cell), expected);
          assert.equal(expected.length, cell.length);
        });
      }
    });
  }

  it('keeps the length of any text', () => {
    const pieces = [
      '%',
      '!',
      '?',
      '%%',
      'time ',
      'a',
      '=',
      '"',
      "'''",
      '(',
      ')',
      '\\',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '#',
      '😀',
    ];
    for (let seed = 1; seed < 3_000; seed++) {
      let state = seed;
      let text = '';
      for (let length = seed % 24; length >= 0; length--) {
        state = (state * 48_271) % 2_147_483_647;
        text += pieces[state % pieces.length];
      }
      assert.equal(blankMagics(text).length, text.length, JSON.stringify(text));
    }
  });
});
