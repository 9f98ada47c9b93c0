import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { applySuppressions } from '../../../src/core/suppression/applySuppressions.ts';
import { parseDirectives } from '../../../src/core/suppression/parseDirectives.ts';
import { suppressionEdit } from '../../../src/core/suppression/suppressionEdit.ts';
import { LineIndex } from '../../../src/core/text/lineIndex.ts';
import { applied, callOf, type Lower, loadLowering } from '../fixes/lowering.ts';

describe('suppressionEdit', () => {
  let lower: Lower;
  before(async () => {
    lower = await loadLowering();
  });

  function edited(language: Language, text: string, scope: 'line' | 'file', reason?: string): string | undefined {
    const lines = new LineIndex(text);
    const line = lines.lineOf(Math.max(0, text.indexOf('f(')));
    const common = { text, lines, language, line, ruleId: 'rule-a', scope };
    const edit = suppressionEdit(reason === undefined ? common : { ...common, reason });
    return edit && applied(text, [edit]);
  }

  /** The directive must work: the finding on the call of `f` is suppressed, and the text still parses. */
  function assertWorks(language: Language, text: string): void {
    const module = lower(language, text);
    assert.equal(module.hasSyntaxErrors, false, text);
    const lines = new LineIndex(text);
    const finding = { ruleId: 'rule-a', span: callOf(module, 'f') };
    const { directives } = parseDirectives(module, lines);
    const request = { findings: [finding], directives, lines, knownRules: new Set(['rule-a', 'rule-b']) };
    const result = applySuppressions({ ...request, activeRules: new Set(['rule-a']), isFiltered: false });
    assert.ok(result.suppressed.has(finding), text);
  }

  const lineCases: readonly (readonly [string, Language, string, string])[] = [
    [
      'above with the same indentation',
      'python',
      'def g():\n\tf()\n',
      'def g():\n\t# green-ai: ignore[rule-a]\n\tf()\n',
    ],
    ['with CRLF', 'python', 'x = 1\r\nf()\r\n', 'x = 1\r\n# green-ai: ignore[rule-a]\r\nf()\r\n'],
    ['after a byte order mark', 'python', '\uFEFFf()', '\uFEFF# green-ai: ignore[rule-a]\nf()'],
    [
      'into a directive above',
      'python',
      '# green-ai: ignore[rule-b] why\nf()\n',
      '# green-ai: ignore[rule-b, rule-a] why\nf()\n',
    ],
    [
      'into a directive behind',
      'python',
      'f()  # green-ai: ignore[rule-b]\n',
      'f()  # green-ai: ignore[rule-b, rule-a]\n',
    ],
    [
      'in a call of several lines',
      'python',
      'g(\n    1,\n    f(),\n)\n',
      'g(\n    1,\n    # green-ai: ignore[rule-a]\n    f(),\n)\n',
    ],
    ['above a continued line', 'python', 'x = 1 + \\\n  f()\n', '# green-ai: ignore[rule-a]\nx = 1 + \\\n  f()\n'],
    [
      'above a string of several lines',
      'python',
      'x = """\n""" + f()\n',
      '# green-ai: ignore[rule-a]\nx = """\n""" + f()\n',
    ],
    ['in TypeScript', 'typescript', '  f();\n', '  // green-ai: ignore[rule-a]\n  f();\n'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the source under test holds a template literal.
    ['above a template', 'typescript', 'x = `\n${f()}`;\n', '// green-ai: ignore[rule-a]\nx = `\n${f()}`;\n'],
    [
      'among JSX children',
      'tsx',
      'x = <p>\n  <b c={f()} />\n</p>;\n',
      'x = <p>\n  {/* green-ai: ignore[rule-a] */}\n  <b c={f()} />\n</p>;\n',
    ],
    [
      'into a JSX directive',
      'tsx',
      'x = <p>\n  {/* green-ai: ignore[rule-b] */}\n  <b c={f()} />\n</p>;\n',
      'x = <p>\n  {/* green-ai: ignore[rule-b, rule-a] */}\n  <b c={f()} />\n</p>;\n',
    ],
    [
      'among JSX attributes',
      'tsx',
      'x = <b\n  c={f()}\n/>;\n',
      'x = <b\n  // green-ai: ignore[rule-a]\n  c={f()}\n/>;\n',
    ],
  ];
  for (const [name, language, before, after] of lineCases) {
    it(`suppresses a line ${name}`, () => {
      assert.equal(edited(language, before, 'line'), after);
      assertWorks(language, after);
    });
  }

  const fileCases: readonly (readonly [string, Language, string, string])[] = [
    ['at the top', 'python', '"""Doc."""\nf()\n', '# green-ai: ignore-file[rule-a]\n"""Doc."""\nf()\n'],
    [
      'after shebang and encoding',
      'python',
      '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nf()\n',
      '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# green-ai: ignore-file[rule-a]\nf()\n',
    ],
    [
      'into a directive that is there',
      'python',
      'f()\n# green-ai: ignore-file[rule-b]\n',
      'f()\n# green-ai: ignore-file[rule-b, rule-a]\n',
    ],
    [
      'before use client',
      'tsx',
      "'use client';\r\nf();\r\n",
      "// green-ai: ignore-file[rule-a]\r\n'use client';\r\nf();\r\n",
    ],
  ];
  for (const [name, language, before, after] of fileCases) {
    it(`suppresses a file ${name}`, () => {
      assert.equal(edited(language, before, 'file'), after);
      assertWorks(language, after);
    });
  }

  it('keeps the magic of a notebook cell first', () => {
    assert.equal(edited('python', '%%time\nf()', 'file'), '%%time\n# green-ai: ignore-file[rule-a]\nf()');
    assert.equal(edited('python', '%%time\nf()', 'line'), '%%time\n# green-ai: ignore[rule-a]\nf()');
  });

  it('writes the reason, in one line', () => {
    assert.equal(edited('python', 'f()', 'line', 'toy\ndata'), '# green-ai: ignore[rule-a] toy data\nf()');
  });

  it('has nothing to add where the rule is ignored already', () => {
    assert.equal(edited('python', 'f()  # green-ai: ignore[rule-a]\n', 'line'), undefined);
    assert.equal(edited('python', '# green-ai: ignore\nf()\n', 'line'), undefined);
    assert.equal(edited('python', '# green-ai: ignore-file\nf()\n', 'file'), undefined);
  });
});
