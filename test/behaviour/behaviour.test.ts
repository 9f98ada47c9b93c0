import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rules } from '../../rules/registry.ts';
import { ExampleAnalyser } from '../rules/support/analyseExample.ts';
import { applyFix } from '../rules/support/applyFix.ts';
import { parseRuleDocument } from '../rules/support/ruleDocument.ts';
import { renderFinding } from '../rules/support/snapshot.ts';
import { type BehaviourProgram, behaviourPrograms, standIns } from './support/behaviourProgram.ts';
import { librariesPython, type ProgramRun, runPrograms } from './support/runPrograms.ts';
import { outputDifference } from './support/sameOutput.ts';

const MOST_FIXES = 20;
const programs = behaviourPrograms();
const python = librariesPython();

describe('behaviour of safe fixes in Python', () => {
  let analyser: ExampleAnalyser;
  /** Every program with the text after its safe fixes and the titles of these. */
  let fixed: readonly {
    readonly program: BehaviourProgram;
    readonly text: string;
    readonly titles: readonly string[];
  }[];
  before(async () => {
    analyser = await ExampleAnalyser.create();
    fixed = programs.map((program) => ({ program, ...fixAll(program) }));
  });

  it('has a program for every rule that makes safe fixes', () => {
    const safe = rules.filter(({ meta }) => meta.languages.includes('python') && meta.fixes.includes('safe'));
    const shown = new Set(programs.map(({ ruleId }) => ruleId));
    assert.deepEqual(
      safe.map(({ meta }) => meta.id).filter((id) => !shown.has(id)),
      [],
      'write a program in test/behaviour/programs, or make the fix a suggestion',
    );
    assert.deepEqual(
      [...shown].filter((id) => !safe.some(({ meta }) => meta.id === id)),
      [],
    );
  });

  it('has a program for every safe fix of the Python examples in the rule documents', () => {
    const shown = new Set(fixed.flatMap(({ program, titles }) => titles.map((title) => `${program.ruleId}: ${title}`)));
    const missing = rules.flatMap(({ meta }) => {
      if (!meta.fixes.includes('safe')) return [];
      const { examples } = parseRuleDocument(readFileSync(`rules/${meta.id}/rule.md`, 'utf8'));
      return examples
        .filter(({ kind, language }) => kind === 'bad' && language === 'python')
        .flatMap(({ language, text, options }) => analyser.findings(meta.id, language, text, options))
        .flatMap(({ fixes }) => fixes.filter(({ safety }) => safety === 'safe'))
        .map(({ title }) => `${meta.id}: ${withoutAlias(title)}`)
        .filter((entry) => !shown.has(entry));
    });
    assert.deepEqual(missing, []);
  });

  it('uses every stand-in', () => {
    assert.deepEqual([...new Set(programs.flatMap((program) => program.standIns))].sort(), [...standIns()].sort());
  });

  for (const [at, { name }] of programs.entries()) {
    it(`${name} gets safe fixes until nothing is reported`, () => {
      const entry = fixed[at];
      assert.ok(entry !== undefined && entry.titles.length > 0, 'nothing is reported');
      const left = analyser.findings(entry.program.ruleId, 'python', entry.text, new Map());
      assert.deepEqual(left.map(renderFinding), [], entry.text);
    });
  }

  describe('before and after', () => {
    let runs: readonly ProgramRun[];
    before(() => {
      if (python === undefined) return;
      runs = runPrograms(
        python,
        fixed.flatMap(({ program, text }) => [program, { ...program, text }]),
      );
    });

    for (const [at, { name }] of programs.entries()) {
      (python === undefined ? it.skip : it)(`${name} prints the same (needs torch, scikit-learn and pandas)`, () => {
        const [before, after] = runs.slice(2 * at);
        assert.equal(before?.error, null, before?.error ?? '');
        assert.equal(after?.error, null, `${after?.error}\n${fixed[at]?.text}`);
        assert.notEqual(before?.output, '');
        assert.equal(outputDifference(before?.output ?? '', after?.output ?? ''), undefined, fixed[at]?.text);
      });
    }
  });

  /** Applies the rule's first safe fix again and again; a finding without one stays. */
  function fixAll({ ruleId, text }: BehaviourProgram): { readonly text: string; readonly titles: readonly string[] } {
    const titles: string[] = [];
    let current = text;
    while (titles.length < MOST_FIXES) {
      const findings = analyser.findings(ruleId, 'python', current, new Map());
      const fix = findings.flatMap(({ fixes }) => fixes).find(({ safety }) => safety === 'safe');
      if (fix === undefined) break;
      current = applyFix(current, fix, false);
      titles.push(withoutAlias(fix.title));
    }
    return { text: current, titles };
  }
});

/** `Put it under th.no_grad()`: how a file imports a library is not another fix. */
function withoutAlias(title: string): string {
  return title.replace(/\b\w+\.(?=\w)/g, '');
}

describe('comparison of outputs', () => {
  const cases: readonly (readonly [string, string, string, boolean])[] = [
    ['equal text', 'a 1 [2.5]\n', 'a 1 [2.5]\n', true],
    ['fractions within the tolerance', '[0.3333333, 1e-07]', '[0.3333338, 0.0000002]', true],
    ['large fractions within the tolerance', '250000.5', '250001.5', true],
    ['fractions beyond it', '0.5', '0.50002', false],
    ['whole numbers', '100000', '100001', false],
    ['another word', 'True 0.5', 'False 0.5', false],
    ['a missing line', '1\n2\n', '1\n', false],
    ['a missing number', '[0.5, 0.5]', '[0.5]', false],
  ];
  for (const [name, before, after, isSame] of cases) {
    it(`takes ${name} for ${isSame ? 'the same' : 'a difference'}`, () => {
      assert.equal(outputDifference(before, after) === undefined, isSame);
    });
  }
});
