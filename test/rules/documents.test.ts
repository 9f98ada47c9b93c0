import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rules } from '../../rules/registry.ts';
import { DEFAULT_SMALLEST_SAVING_KWH } from '../../src/core/config/config.ts';
import type { RuleMeta } from '../../src/core/engine/rule.ts';
import { itWithPython, pythonSyntaxErrors } from '../support/pythonSyntax.ts';
import { ExampleAnalyser } from './support/analyseExample.ts';
import { applyFix } from './support/applyFix.ts';
import { type Example, parseRuleDocument } from './support/ruleDocument.ts';
import { assertSnapshot, renderFinding } from './support/snapshot.ts';

const HEADINGS = ['What', 'Why', 'Examples', 'Fix safety', 'When not to use', 'Hardware'];

describe('rule documents', () => {
  let analyser: ExampleAnalyser;
  /** Every text that a fix of a Python example gives, with the example's place. */
  const fixedPython: { readonly place: string; readonly text: string }[] = [];
  before(async () => {
    analyser = await ExampleAnalyser.create();
  });

  for (const { meta } of rules) {
    const document = parseRuleDocument(readFileSync(`rules/${meta.id}/rule.md`, 'utf8'));

    describe(meta.id, () => {
      it('has a document of the fixed form', () => {
        assert.deepEqual(document.problems, []);
        assert.equal(document.title, meta.title);
        assert.deepEqual(document.headings, HEADINGS);
        for (const kind of ['bad', 'good'] as const) {
          assert.ok(
            document.examples.filter((example) => example.kind === kind).length >= 2,
            `fewer than two ${kind} examples`,
          );
        }
      });

      for (const example of document.examples) checkExample(meta, example);

      it('reports under the default threshold of savings what its examples do not call small', () => {
        const bad = document.examples.filter(({ kind }) => kind === 'bad');
        const dropped = bad.filter((example) => {
          const { language, text, options } = example;
          const shown = analyser.findings(meta.id, language, text, options, DEFAULT_SMALLEST_SAVING_KWH);
          return shown.length < find(meta, example, text).length;
        });
        assert.deepEqual(
          dropped.map(({ line }) => line),
          bad.filter(({ options }) => options.has('small')).map(({ line }) => line),
        );
      });

      it('says what the snapshot says', () => {
        const rendered = document.examples
          .filter(({ kind }) => kind === 'bad')
          .map((example, at) => `example ${at + 1}\n${find(meta, example, example.text).map(renderFinding).join('')}`);
        assertSnapshot(meta.id, rendered.join('\n'));
      });
    });
  }

  describe('fixed Python', () => {
    itWithPython('is read by CPython', () => {
      assert.ok(fixedPython.length > 20);
      const errors = pythonSyntaxErrors(fixedPython.map(({ text }) => text));
      assert.deepEqual(
        fixedPython.flatMap(({ place, text }, index) => (errors[index] ? [`${place}: ${errors[index]}\n${text}`] : [])),
        [],
      );
    });
  });

  function find(meta: RuleMeta, example: Example, text: string) {
    return analyser.findings(meta.id, example.language, text, example.options);
  }

  function checkExample(meta: RuleMeta, example: Example): void {
    const place = `rules/${meta.id}/rule.md:${example.line}`;
    const expected = example.kind === 'good' ? 0 : Number(example.options.get('reports') ?? 1);

    it(`reports ${expected} at ${place}`, () => {
      const findings = find(meta, example, example.text);
      assert.equal(findings.length, expected, findings.map(renderFinding).join(''));
      const [first] = findings;
      const line = example.options.get('line');
      if (first && line) assert.equal(first.location.range.start.line + 1, Number(line));
      const severity = example.options.get('severity');
      if (first && severity) assert.equal(first.severity, severity);
    });

    if (example.fixed !== undefined) {
      it(`fixes ${place}`, () => {
        const [first] = find(meta, example, example.text);
        const [fix] = first?.fixes ?? [];
        assert.ok(fix, 'no fix is offered');
        assert.equal(applyFix(example.text, fix, example.options.has('cells')), example.fixed);
      });
    }

    if (example.kind === 'bad') {
      it(`offers only fixes that hold at ${place}`, () => {
        const before = find(meta, example, example.text);
        for (const fix of before.flatMap((finding) => finding.fixes)) {
          assert.ok(meta.fixes.includes(fix.safety), `the rule's metadata does not name ${fix.safety} fixes`);
          assert.equal(fix.reason === undefined, fix.safety === 'safe', `${fix.title}: only a suggestion has a reason`);
          const text = applyFix(example.text, fix, example.options.has('cells'));
          if (example.language === 'python') fixedPython.push({ place, text });
          const wasBroken = analyser.hasSyntaxErrors(example.language, example.text);
          assert.equal(analyser.hasSyntaxErrors(example.language, text), wasBroken, text);
          const after = find(meta, example, text);
          assert.ok(after.length < before.length, `${fix.title} leaves its finding:\n${text}`);
        }
      });
    }
  }
});
