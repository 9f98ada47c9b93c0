import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/ir/sourceModule.ts';
import { type Insertion, ignoreFileEdit, ignoreLineEdit } from '../../../src/editor/suppressionEdit.ts';

function applied(text: string, insertion: Insertion | undefined): string | undefined {
  return insertion && text.slice(0, insertion.offset) + insertion.text + text.slice(insertion.offset);
}

/** `|` marks the place of the finding. */
function ignoreLine(marked: string, language: Language): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  return applied(text, ignoreLineEdit(text, language, offset, 'some-rule'));
}

describe('ignoreLineEdit', () => {
  const cases: readonly (readonly [string, Language, string, string | undefined])[] = [
    [
      'stands above with the same indentation',
      'python',
      'def f():\n\treturn |g()\n',
      'def f():\n\t# green-ai: ignore[some-rule]\n\treturn g()\n',
    ],
    ['keeps CRLF', 'python', 'a\r\n|b\r\n', 'a\r\n# green-ai: ignore[some-rule]\r\nb\r\n'],
    ['uses the slashes of TypeScript', 'typescript', '  |f();', '  // green-ai: ignore[some-rule]\n  f();'],
    [
      'goes inside a statement of several lines',
      'python',
      'f(\n    1,\n    |g(),\n)',
      'f(\n    1,\n    # green-ai: ignore[some-rule]\n    g(),\n)',
    ],
    [
      'goes between decorator and definition',
      'python',
      '@a\n|def f(): ...\n',
      '@a\n# green-ai: ignore[some-rule]\ndef f(): ...\n',
    ],
    [
      'goes to the end of a line continued by a backslash',
      'python',
      'x = a + \\\n    |b()\ny\n',
      'x = a + \\\n    b()  # green-ai: ignore[some-rule]\ny\n',
    ],
    ['is not offered between two backslashes', 'python', 'x = a + \\\n  |b() + \\\n  c', undefined],
    ['is not offered inside a string of several lines', 'python', 'x = f"""\n{|g()}\n"""', undefined],
    ['is not offered inside a template', 'typescript', `x = \`\n\${|g()}\n\``, undefined],
    [
      'is a JSX comment between children',
      'tsx',
      'const a = <p>\n  {|g()}\n</p>;',
      'const a = <p>\n  {/* green-ai: ignore[some-rule] */}\n  {g()}\n</p>;',
    ],
    [
      'is a line comment between attributes',
      'tsx',
      'const a = <p\n  b={|g()}\n/>;',
      'const a = <p\n  // green-ai: ignore[some-rule]\n  b={g()}\n/>;',
    ],
    [
      'extends the comment above',
      'python',
      '# green-ai: ignore[other] because\n|f()\n',
      '# green-ai: ignore[other, some-rule] because\nf()\n',
    ],
    [
      'extends the comment at the end of the line',
      'typescript',
      '|f(); // green-ai: ignore[other]',
      'f(); // green-ai: ignore[other, some-rule]',
    ],
    [
      'does not extend the comment of the line above',
      'python',
      'g()  # green-ai: ignore[other]\n|f()\n',
      'g()  # green-ai: ignore[other]\n# green-ai: ignore[some-rule]\nf()\n',
    ],
    ['takes a one-line string as code', 'python', '|f("""x""")\n', '# green-ai: ignore[some-rule]\nf("""x""")\n'],
    ['survives emoji before the place', 'python', '"😀"; |f()', '# green-ai: ignore[some-rule]\n"😀"; f()'],
  ];
  for (const [title, language, before, after] of cases) {
    it(title, () => assert.equal(ignoreLine(before, language), after));
  }
});

describe('ignoreFileEdit', () => {
  const cases: readonly (readonly [string, Language, string, string])[] = [
    ['starts the file', 'python', 'import a\n', '# green-ai: ignore-file[some-rule]\nimport a\n'],
    [
      'follows the interpreter line and the coding line',
      'python',
      '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nimport a\n',
      '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# green-ai: ignore-file[some-rule]\nimport a\n',
    ],
    ['follows a cell magic', 'python', '%%time\nf()', '%%time\n# green-ai: ignore-file[some-rule]\nf()'],
    ['follows a byte order mark', 'typescript', '\ufefff();', '\ufeff// green-ai: ignore-file[some-rule]\nf();'],
    [
      'extends an existing comment',
      'typescript',
      'a;\n// green-ai: ignore-file[other]\n',
      'a;\n// green-ai: ignore-file[other, some-rule]\n',
    ],
    [
      'starts a line of its own after a lone interpreter line',
      'python',
      '#!x',
      '#!x\n# green-ai: ignore-file[some-rule]\n',
    ],
  ];
  for (const [title, language, before, after] of cases) {
    it(title, () => assert.equal(applied(before, ignoreFileEdit(before, language, 'some-rule')), after));
  }
});
