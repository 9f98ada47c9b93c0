import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { applySuppressions } from '../../../src/core/suppression/applySuppressions.ts';
import { parseDirectives } from '../../../src/core/suppression/parseDirectives.ts';
import { LineIndex } from '../../../src/core/text/lineIndex.ts';
import type { Span } from '../../../src/core/text/span.ts';
import { type Lower, loadLowering } from '../fixes/lowering.ts';

const KNOWN = new Set(['rule-a', 'rule-b', 'rule-c']);

describe('suppressions', () => {
  let lower: Lower;
  before(async () => {
    lower = await loadLowering();
  });

  interface Options {
    readonly cells?: readonly Span[];
    readonly active?: readonly string[];
    readonly isFiltered?: boolean;
  }

  /** `«` and `»` enclose findings of `rule-a`. Says which are suppressed (with the reason) and what is noticed. */
  function outcome(language: Language, marked: string, options: Options = {}) {
    const spans: Span[] = [];
    const text = marked.replace(/[«»]/g, '');
    for (const match of marked.matchAll(/«([^»]*)»/g)) {
      const start = match.index - 2 * spans.length;
      spans.push({ start, end: start + (match[1] ?? '').length });
    }
    const module = lower(language, text);
    const lines = new LineIndex(text);
    const { directives, malformed } = parseDirectives(module, lines, options.cells);
    const findings = spans.map((span) => ({ ruleId: 'rule-a', span }));
    const result = applySuppressions({
      findings,
      directives,
      lines,
      knownRules: KNOWN,
      activeRules: new Set(options.active ?? KNOWN),
      isFiltered: options.isFiltered ?? false,
    });
    return {
      suppressed: findings.map((finding) => result.suppressed.has(finding)),
      reasons: [...result.suppressed.values()].map(({ reason }) => reason),
      notices: [...malformed, ...result.notices].map(({ message, start, end }) => [message, text.slice(start, end)]),
    };
  }

  const covered: readonly (readonly [string, Language, string])[] = [
    ['on the line', 'python', '«f()»  # green-ai: ignore[rule-a]\n'],
    ['on the line above', 'python', '# green-ai: ignore[rule-a]\n«f()»\n'],
    ['for all rules', 'python', '# green-ai: ignore\n«f()»\n'],
    ['among other rules', 'python', '«f()»  # green-ai: ignore[rule-b, rule-a]\n'],
    ['in capitals and without spaces', 'python', '«f()»  #Green-AI:ignore[rule-a]\n'],
    ['behind another comment', 'python', '«f()»  # noqa: E501 # green-ai: ignore[rule-a]\n'],
    ['above other comments and blank lines', 'python', '# green-ai: ignore[rule-a]\n# more\n\n«f()»\n'],
    ['above a statement of several lines', 'python', '# green-ai: ignore[rule-a]\nx = g(\n    1,\n    «f()»,\n)\n'],
    ['behind a statement of several lines', 'python', 'x = g(\n    «f()»,\n)  # green-ai: ignore[rule-a]\n'],
    ['behind the end of the finding', 'python', 'x = «f(\n    1,\n)»  # green-ai: ignore[rule-a]\n'],
    ['above decorators', 'python', '# green-ai: ignore[rule-a]\n@app.get("/")\n@other\n«def f()»:\n    pass\n'],
    ['between decorator and function', 'python', '@app.get("/")\n# green-ai: ignore[rule-a]\n«def f()»:\n    pass\n'],
    ['above the head of a loop', 'python', '# green-ai: ignore[rule-a]\nfor x in g(\n    «f()»\n):\n    pass\n'],
    ['in an argument list', 'python', 'x = g(\n    # green-ai: ignore[rule-a]\n    a=«f()»,\n)\n'],
    ['in the whole file', 'python', 'x = 1\n«f()»\n\n# green-ai: ignore-file[rule-a] generated\n'],
    ['in CRLF text', 'python', 'x = 1\r\n# green-ai: ignore[rule-a]\r\n«f()»\r\n'],
    ['in TypeScript', 'typescript', '// green-ai: ignore[rule-a]\nconst x = await «f()»;\n'],
    ['in a block comment', 'typescript', '/* green-ai: ignore[rule-a] */\n«f()»;\n'],
    ['in a documentation comment', 'typescript', '/**\n * Text.\n * green-ai: ignore[rule-a] why\n */\n«f()»;\n'],
    [
      'among JSX children',
      'tsx',
      'x = (\n  <div>\n    {/* green-ai: ignore[rule-a] */}\n    <A b={«f()»} />\n  </div>\n);\n',
    ],
    ['above a handler', 'typescript', "// green-ai: ignore[rule-a]\napp.post('/', «async (q) => {\n  g();\n}»);\n"],
  ];
  for (const [name, language, text] of covered) {
    it(`suppresses ${name}`, () => {
      assert.deepEqual(outcome(language, text), {
        suppressed: [true],
        reasons: [text.includes('generated') ? 'generated' : text.includes(' why') ? 'why' : undefined],
        notices: text.includes('rule-b') ? [['Unused suppression: rule-b reports nothing here', 'rule-b']] : [],
      });
    });
  }

  const unused = [['Unused suppression: rule-a reports nothing here', 'rule-a']];
  const open: readonly (readonly [string, Language, string])[] = [
    ['the body of a function', 'python', '# green-ai: ignore[rule-a]\ndef f():\n    «g()»\n'],
    ['the body of a loop', 'python', '# green-ai: ignore[rule-a]\nfor x in y:\n    «g()»\n'],
    ['the body of a callback', 'typescript', '// green-ai: ignore[rule-a]\nh(() => {\n  «g()»;\n});\n'],
    ['the statement after the next', 'python', '# green-ai: ignore[rule-a]\nx = 1\n«g()»\n'],
    ['the line below a trailing comment', 'python', 'x = 1  # green-ai: ignore[rule-a]\n«g()»\n'],
  ];
  for (const [name, language, text] of open) {
    it(`does not reach ${name}`, () => {
      assert.deepEqual(outcome(language, text), { suppressed: [false], reasons: [], notices: unused });
    });
  }

  it('ignores a directive in a string and in prose', () => {
    const text = 's = "# green-ai: ignore[rule-a]"; «f()»\n# Write green-ai: ignore[rule-a] to silence it.\n«g()»\n';
    assert.deepEqual(outcome('python', text), { suppressed: [false, false], reasons: [], notices: [] });
  });

  it('does not reach into the next cell of a notebook', () => {
    const text = 'x = 1\n# green-ai: ignore[rule-a]\n«f()»\n';
    const cells = [
      { start: 0, end: 33 },
      { start: 33, end: 37 },
    ];
    assert.deepEqual(outcome('python', text, { cells }), { suppressed: [false], reasons: [], notices: unused });
  });

  it('keeps the reason', () => {
    const reason = (text: string) => outcome('python', text).reasons;
    assert.deepEqual(reason('«f()»  # green-ai: ignore[rule-a] one-shot script  # noqa\n'), ['one-shot script']);
    assert.deepEqual(reason('«f()»  # green-ai: ignore[rule-a]: toy data\n'), ['toy data']);
    assert.deepEqual(reason('«f()»  # green-ai: ignore -- toy data\n'), ['toy data']);
  });

  it('prefers the line to the file, so that the other is reported as unused', () => {
    const text = '# green-ai: ignore-file[rule-a]\n«f()»  # green-ai: ignore[rule-a]\n';
    assert.deepEqual(outcome('python', text), { suppressed: [true], reasons: [undefined], notices: unused });
  });

  it('names rules that do not exist, with the nearest that does', () => {
    assert.deepEqual(outcome('python', '«f()»  # green-ai: ignore[rule-aa, what-is-this]\n').notices, [
      ['Unknown rule rule-aa in suppression; did you mean rule-a?', 'rule-aa'],
      ['Unknown rule what-is-this in suppression', 'what-is-this'],
    ]);
  });

  it('names directives that are none', () => {
    const notices = (text: string) => outcome('python', text).notices;
    assert.deepEqual(notices('f()  # green-ai: ignore[rule-a\n'), [
      ['green-ai: the list of rules is not closed with "]"', 'green-ai: ignore[rule-a'],
    ]);
    assert.deepEqual(notices('f()  # green-ai: ignore[ ]\n'), [
      ['green-ai: the list of rules is empty', 'green-ai: ignore[ ]'],
    ]);
    assert.deepEqual(notices('f()  # green-ai: disable\n'), [
      ['green-ai: expected ignore or ignore-file, found "disable"', 'green-ai: disable'],
    ]);
  });

  it('does not call a suppression unused when its rule did not run', () => {
    const text = 'f()  # green-ai: ignore[rule-a]\ng()  # green-ai: ignore\n';
    assert.deepEqual(outcome('python', text, { active: ['rule-b'], isFiltered: true }).notices, []);
    assert.deepEqual(outcome('python', text).notices, [
      ...unused,
      ['Unused suppression: no rule reports anything here', 'green-ai: ignore'],
    ]);
  });
});
