/** Order of two versions of PEP 440 or SemVer: negative when `a` is older. Local and build labels do not count. */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  for (let index = 0; index < Math.max(left.release.length, right.release.length); index++) {
    const difference = (left.release[index] ?? 0) - (right.release[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.stage - right.stage || left.number - right.number;
}

interface ParsedVersion {
  readonly release: readonly number[];
  /** Development −4, alpha −3, beta −2, candidate −1, final 0, post 1. */
  readonly stage: number;
  readonly number: number;
}

const STAGES: Readonly<Record<string, number>> = {
  dev: -4,
  nightly: -4,
  canary: -4,
  a: -3,
  alpha: -3,
  b: -2,
  beta: -2,
  c: -1,
  rc: -1,
  pre: -1,
  preview: -1,
  next: -1,
  post: 1,
};

function parse(version: string): ParsedVersion {
  const text = version.trim().toLowerCase().replace(/^v/, '').replace(/^\d+!/, '').replace(/\+.*$/, '');
  const release = /^\d+(?:\.\d+)*/.exec(text)?.[0] ?? '0';
  const rest = text.slice(release.length);
  const [, word = '', number = '0'] = /^[-_.]?([a-z]+)[-_.]?(\d+)?/.exec(rest) ?? [];
  const unknownStage = rest === '' || /^\.\d/.test(rest) ? 0 : -1;
  return {
    release: release.split('.').map(Number),
    stage: word === '' ? unknownStage : (STAGES[word] ?? -1),
    number: Number(number),
  };
}
