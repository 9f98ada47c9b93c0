import type { AnalysisInput, AnalysisResult } from '../core/engine/analysis.ts';

/** Texts that the engine died or hung over: each is left out until it changes, so that the other documents go on. */
export class Quarantine {
  private readonly reasons = new Map<string, { readonly text: string; readonly reason: string }>();

  add(input: AnalysisInput, reason: string): void {
    this.reasons.set(input.path, { text: JSON.stringify(input), reason });
  }

  /** Whether the engine failed over an earlier text of the document. */
  knows(path: string): boolean {
    return this.reasons.has(path);
  }

  /** What stands for the analysis of a text that is left out; `undefined` for any other text. */
  answerFor(input: AnalysisInput): AnalysisResult | undefined {
    const known = this.reasons.get(input.path);
    if (known === undefined || known.text !== JSON.stringify(input)) return undefined;
    const message = `not analysed until its text changes: the engine failed over it (${known.reason})`;
    return {
      findings: [],
      problems: [{ path: input.path, kind: 'engine-failed', message }],
      milliseconds: { parse: 0, model: 0, rules: 0 },
    };
  }

  release(path: string): void {
    this.reasons.delete(path);
  }

  clear(): void {
    this.reasons.clear();
  }
}
