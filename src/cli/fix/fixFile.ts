import type { AnalysisInput } from '../../core/engine/analysis.ts';
import type { Finding } from '../../core/engine/finding.ts';
import { mergeFixes } from '../../core/fixes/mergeFixes.ts';
import { inputOf } from '../analysis/readInput.ts';
import type { FileOutcome, Session } from '../analysis/session.ts';
import { applyTextEdits } from './applyTextEdits.ts';
import { stillParses } from './stillParses.ts';

/** A fix can make room for another one; ten rounds are more than any file needs. */
const MOST_ROUNDS = 10;

interface FixedFile {
  /** Text after all fixes; the original when nothing was fixed. */
  readonly text: string;
  readonly fixed: readonly Finding[];
  /** What is found in the text afterwards, suppressed findings aside. */
  readonly remaining: readonly Finding[];
  /** Fixes and files that were left alone, with the reason. */
  readonly notes: readonly string[];
}

/** Applies safe fixes until none is left. Every step must parse; a fix that does not is left out and named. */
export async function fixFile(session: Session, { file, source, input, result }: FileOutcome): Promise<FixedFile> {
  if (!source || !input || !result) return { text: source?.text ?? '', fixed: [], remaining: [], notes: [] };
  const notes: string[] = [];
  const fixed: Finding[] = [];
  const refused = new Set<string>();
  let state = { text: source.text, input, findings: result.findings };
  const before = fixable(state.findings, refused).length === 0 ? true : await stillParses(input, session.parsers);
  if (before !== true) notes.push(`not fixed, since it does not parse (${before})`);
  for (let round = 0; before === true && round < MOST_ROUNDS; round++) {
    const step = await nextStep(state.text, state.input, fixable(state.findings, refused));
    if (!step) break;
    fixed.push(...step.fixed);
    const { findings } = await session.analyzeInput(step.input, file.absolute);
    state = { text: step.text, input: step.input, findings };
    if (round === MOST_ROUNDS - 1) notes.push(`fixes were still on offer after ${MOST_ROUNDS} rounds`);
  }
  return { text: state.text, fixed, remaining: state.findings.filter(({ suppression }) => !suppression), notes };

  /** All fixes together where the outcome parses, else one by one. */
  async function nextStep(
    text: string,
    from: AnalysisInput,
    candidates: readonly Finding[],
  ): Promise<Step | undefined> {
    const together = await attempt(text, from, candidates);
    if (typeof together !== 'string') return together;
    for (const finding of candidates) {
      const alone = await attempt(text, from, [finding]);
      if (typeof alone !== 'string') return alone;
      refused.add(finding.fingerprint);
      const { line } = finding.location.range.start;
      notes.push(`the fix of ${finding.ruleId} in line ${line + 1} was left out: ${alone}`);
    }
    return undefined;
  }

  /** The text with the fixes, `undefined` when there is none to make, or why it cannot be used. */
  async function attempt(
    text: string,
    from: AnalysisInput,
    findings: readonly Finding[],
  ): Promise<Step | undefined | string> {
    const merged = mergeFixes(findings);
    if (merged.fixed.length === 0) return undefined;
    const edited = applyTextEdits(text, from, merged.edits);
    if (edited === undefined) return 'its edits overlap';
    if (edited === text) return 'it changes nothing';
    const read = inputOf({ text: edited, encoding: 'utf-8', hasBom: false }, from.path);
    if ('message' in read) return read.message;
    const parses = await stillParses(read.input, session.parsers, from);
    return parses === true
      ? { text: edited, input: read.input, fixed: merged.fixed }
      : `the result does not parse (${parses})`;
  }
}

interface Step {
  readonly text: string;
  readonly input: AnalysisInput;
  readonly fixed: readonly Finding[];
}

function fixable(findings: readonly Finding[], refused: ReadonlySet<string>): readonly Finding[] {
  return findings.filter(
    ({ suppression, fixes, fingerprint }) =>
      !suppression && !refused.has(fingerprint) && fixes.some(({ safety }) => safety === 'safe'),
  );
}
