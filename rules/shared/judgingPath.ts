const JUDGING = /(^|\/)(evals?|evaluations?|judges?|graders?|benchmarks?|scorers?)(\/|[.-])/i;

/** A path that says that its code measures or compares models: the large model is the point there. */
export function isJudgingPath(path: string): boolean {
  return JUDGING.test(path);
}
