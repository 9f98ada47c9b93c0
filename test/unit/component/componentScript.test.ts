import assert from 'node:assert/strict';
import { rules } from '../../../rules/registry.ts';
import { Analyzer } from '../../../src/core/engine/analyzer.ts';
import type { Finding } from '../../../src/core/engine/finding.ts';
import { UNKNOWN } from '../../../src/core/semantics/fact.ts';
import { parsesAsTypeScript } from '../../../src/host/fixCheck/typescriptCheck.ts';
import { defaultProfile } from '../../../src/knowledge/hardware/builtinProfiles.ts';
import { componentScript } from '../../../src/languages/component/componentScript.ts';
import { fileInput } from '../../../src/languages/fileInput.ts';
import { loadParsers } from '../syntax/loadParsers.ts';

const TEMPLATE = '<template>\n  <p v-if="a > 1">é 😀 {{ text }}</p>\n</template>\n';

describe('single-file components', () => {
  const code = (component: string): readonly string[] => {
    const { text, blocks } = componentScript(component);
    assert.equal(text.length, component.length);
    assert.deepEqual(
      [...text.matchAll(/\n/g)].map(({ index }) => index),
      [...component.matchAll(/\n/g)].map(({ index }) => index),
    );
    for (const { start, end } of blocks) assert.equal(text.slice(start, end), component.slice(start, end));
    return blocks.map(({ start, end }) => text.slice(start, end).trim());
  };

  const blocks: readonly (readonly [string, string, readonly string[]])[] = [
    ['Vue', `${TEMPLATE}<script>\nconst a = 1\n</script>\n<style>p { color: red }</style>`, ['const a = 1']],
    ['two blocks', '<script>let a</script>\n<script setup>let b</script>', ['let a', 'let b']],
    [
      'Svelte',
      '<script context="module">let a</script>\n<script>let b</script>\n<p on:click={f}>x</p>',
      ['let a', 'let b'],
    ],
    ['attributes with brackets', '<script setup generic="T extends A<B>">let a</script>', ['let a']],
    ['a commented block', '<!-- <script>let a</script> -->\n<script>let b</script>', ['let b']],
    ['another file', '<script src="./a.js"></script>', []],
    ['data', '<script type="application/json">{"a": 1}</script>', []],
    ['no script', TEMPLATE, []],
    ['not closed yet', '<script>\nlet a', ['let a']],
    ['CRLF', '<p>x</p>\r\n<script>\r\nlet a\r\n</script>\r\n', ['let a']],
  ];
  for (const [title, component, expected] of blocks)
    it(`script of ${title}`, () => assert.deepEqual(code(component), expected));

  const languages: readonly (readonly [string, string])[] = [
    ['<script>x</script>', 'javascript'],
    ['<script lang="ts">x</script>', 'typescript'],
    ["<script setup lang='ts'>x</script>", 'typescript'],
    ['<script lang="tsx">x</script>', 'tsx'],
    ['<script type="text/typescript">x</script>', 'typescript'],
    ['<p>x</p>', 'javascript'],
  ];
  for (const [component, language] of languages)
    it(`language of ${component}`, () => assert.equal(fileInput('a/B.vue', component)?.language, language));

  describe('in the engine', () => {
    let analyzer: Analyzer;
    before(async () => {
      analyzer = new Analyzer({ parsers: await loadParsers('typescript', 'tsx', 'javascript'), rules });
    });
    const findings = (path: string, text: string, rule = 'transformersjs-explicit-fp32'): readonly Finding[] => {
      const input = fileInput(path, text);
      assert.ok(input);
      const result = analyzer.analyze(input, {
        tier: 'strict',
        onlyRules: [rule],
        rules: {},
        smallestSavingKwh: 0,
        profile: defaultProfile(),
        environment: { versions: { complete: false, ranges: {}, undecided: [] }, runtime: UNKNOWN },
      });
      assert.deepEqual(result.problems, []);
      return result.findings;
    };
    const load = "const pipe = await pipeline('sentiment-analysis', 'Xenova/bert', { dtype: 'fp32' });";

    for (const [path, attributes] of [
      ['App.vue', ' setup lang="ts"'],
      ['App.svelte', ''],
    ] as const) {
      it(`${path}: findings stand at the places of the file`, () => {
        const text = `${TEMPLATE}<script${attributes}>\nimport { pipeline } from '@huggingface/transformers';\n${load}\n</script>\n`;
        const [finding, ...others] = findings(path, text);
        assert.ok(finding);
        assert.deepEqual([finding.location.range.start.line, others], [5, []]);
        for (const fix of finding.fixes) for (const { range } of fix.edits) assert.equal(range.start.line, 5);
      });
    }

    for (const [path, button] of [
      ['App.vue', '<button @click="run">'],
      ['App.vue', '<form v-on:submit.prevent="run(text)">'],
      ['App.svelte', '<button on:click={run}>'],
      ['App.svelte', '<button onclick={() => run(text)}>'],
    ] as const) {
      it(`${path}: ${button} calls the function on an event`, () => {
        const script = `<script>\nimport { pipeline } from '@huggingface/transformers';\nasync function run(text) {\n${load}\nreturn pipe(text);\n}\n</script>\n`;
        const [finding, ...others] = findings(path, `${script}${button}`, 'model-load-per-call');
        assert.ok(
          finding?.related.some(({ message }) => message.includes(path.endsWith('vue') ? '(vue)' : '(svelte)')),
        );
        assert.deepEqual(others, []);
        assert.deepEqual(findings(path, `${script}<button title="run">`, 'model-load-per-call'), []);
      });
    }
  });

  it('are checked as TypeScript without their template', () => {
    assert.equal(parsesAsTypeScript(`${TEMPLATE}<script lang="ts">\nconst a: number = 1\n</script>`, 'A.vue'), true);
    assert.notEqual(parsesAsTypeScript(`${TEMPLATE}<script lang="ts">\nconst a: = 1\n</script>`, 'A.vue'), true);
  });
});
