const TEST_PATH =
  /(^|\/)(tests?|__tests__|__mocks__|testing|bench|benchmarks?|benchmarking|e2e|spec|fixtures?)(\/|$)|(^|\/)(test_[^/]*|[^/]*_test|conftest|bench_[^/]*|[^/]*_benchmark|benchmark[^/]*)\.py$|(\.(test|spec|bench|stories)|_(test|bench)|(^|\/)bench(mark(s|ing)?)?|[._-]benchmark)\.[cm]?[jt]sx?$/i;

/** True for tests and benchmarks by path: code there runs rarely, on toy sizes, or to compare the very thing a rule is about. */
export function isTestOrBenchmark(path: string): boolean {
  return TEST_PATH.test(path);
}
