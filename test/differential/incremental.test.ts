import assert from 'node:assert/strict';
import type { AnalysisInput } from '../../src/core/engine/analysis.ts';
import { loadParsers } from '../support/programOf.ts';
import { Comparison } from './incremental/comparison.ts';
import { Random } from './incremental/random.ts';
import { randomEdit } from './incremental/randomEdits.ts';
import { type RealFile, realFiles, ruleExamples } from './incremental/realFiles.ts';

/** Folder of other repositories whose files are edited instead, number of edits, and the seed of a run to repeat. */
const folder = process.env['GREEN_AI_DIFF_DIR'];
const edits = Number(process.env['GREEN_AI_DIFF_EDITS'] ?? 1_000);
const seed = Number(process.env['GREEN_AI_DIFF_SEED'] ?? 20_260_101);
const EDITS_PER_FILE = 20;

describe('Incremental analysis against a fresh one', () => {
  const files = realFiles(folder);
  const snippets = { python: ruleExamples('python'), typescript: ruleExamples('typescript') };

  /** Edits one file again and again; tells what first came out different. */
  function session(comparison: Comparison, file: RealFile, session: number, asNotebook: boolean): string | undefined {
    const random = new Random(seed + session);
    const family = file.language === 'python' ? 'python' : 'typescript';
    const comment = family === 'python' ? '#' : '//';
    const history: string[] = [];
    // Without a library that rules know there would be nothing to find.
    let text = `${random.pick(snippets[family])}\n${file.text}`;
    for (let edit = 0; edit <= EDITS_PER_FILE; edit++) {
      const difference = comparison.difference(
        asNotebook ? notebook(file.path, text) : { kind: 'file', ...file, text },
      );
      if (difference !== undefined) return `${file.path}, seed ${seed + session}, edit ${edit}: ${difference}`;
      history.push(text);
      text = randomEdit(text, random, { snippets: snippets[family], history, comment });
    }
    return undefined;
  }

  it(`gives the same code and findings after ${edits} random edits of real files`, async function () {
    this.timeout(0);
    const comparison = new Comparison(await loadParsers());
    const order = new Random(seed);
    const differences: string[] = [];
    for (let index = 0; index * EDITS_PER_FILE < edits && differences.length < 5; index++) {
      const file = order.pick(files);
      const asNotebook = file.language === 'python' && index % 4 === 0;
      const difference = session(comparison, file, index, asNotebook);
      if (difference !== undefined) differences.push(difference);
    }
    assert.deepEqual(differences, []);
    assert.ok(comparison.lowered > edits / 2, `only ${comparison.lowered} texts were lowered piece by piece`);
    assert.ok(comparison.findings > edits / 4, `only ${comparison.findings} findings were compared`);
  });
});

/** The text cut into cells at blank lines; a cell that is only a comment stands for text. */
function notebook(path: string, text: string): AnalysisInput {
  const cells = text.split(/\n\n(?=\S)/).map((cell) => ({
    language: /^#[^\n]*$/.test(cell) ? ('other' as const) : ('python' as const),
    text: cell,
  }));
  return { kind: 'notebook', path, cells };
}
