import { compareVersions } from './compareVersions.ts';

type Environment = Readonly<Record<string, string>>;

const PLATFORMS: readonly Environment[] = [
  { sys_platform: 'linux', platform_system: 'Linux', os_name: 'posix', platform_machine: 'x86_64' },
  { sys_platform: 'linux', platform_system: 'Linux', os_name: 'posix', platform_machine: 'aarch64' },
  { sys_platform: 'darwin', platform_system: 'Darwin', os_name: 'posix', platform_machine: 'arm64' },
  { sys_platform: 'darwin', platform_system: 'Darwin', os_name: 'posix', platform_machine: 'x86_64' },
  { sys_platform: 'win32', platform_system: 'Windows', os_name: 'nt', platform_machine: 'AMD64' },
];
/** Python versions that get fixes (Python developer's guide, 2026). */
const PYTHONS = ['3.10', '3.11', '3.12', '3.13', '3.14'];
const ENVIRONMENTS: readonly Environment[] = PLATFORMS.flatMap((platform) =>
  PYTHONS.map((version) => ({
    ...platform,
    python_version: version,
    python_full_version: `${version}.9`,
    implementation_version: `${version}.9`,
    platform_python_implementation: 'CPython',
    implementation_name: 'cpython',
  })),
);

const TOKEN = /\s*(?:([()])|(<=|>=|===|==|~=|!=|<|>)|(?:"([^"]*)"|'([^']*)')|([A-Za-z_][\w.]*))/y;

/**
 * Whether in every usual environment at least one of the markers (PEP 508) holds: on Linux, macOS and Windows with the Python
 * versions of today. A part that is not understood holds nowhere; an extra counts as asked for.
 */
export function coverAll(markers: readonly string[]): boolean {
  const conditions = markers.map(conditionOf);
  return ENVIRONMENTS.every((environment) => conditions.some((holds) => holds(environment)));
}

type Condition = (environment: Environment) => boolean;

interface Token {
  readonly kind: 'sign' | 'operator' | 'text' | 'word';
  readonly value: string;
}

const NOWHERE: Condition = () => false;

function conditionOf(marker: string): Condition {
  const tokens = tokensOf(marker);
  if (tokens === undefined) return NOWHERE;
  const cursor = { tokens, next: 0 };
  const condition = disjunction(cursor);
  return cursor.next === tokens.length ? condition : NOWHERE;
}

interface Cursor {
  readonly tokens: readonly Token[];
  next: number;
}

function disjunction(cursor: Cursor): Condition {
  let left = conjunction(cursor);
  while (takeWord(cursor, 'or')) left = either(left, conjunction(cursor));
  return left;
}

function conjunction(cursor: Cursor): Condition {
  let left = clause(cursor);
  while (takeWord(cursor, 'and')) left = both(left, clause(cursor));
  return left;
}

function clause(cursor: Cursor): Condition {
  const left = cursor.tokens[cursor.next++];
  if (left?.value === '(' && left.kind === 'sign') {
    const inner = disjunction(cursor);
    const end = cursor.tokens[cursor.next++];
    return end?.value === ')' ? inner : NOWHERE;
  }
  const isNegated = takeWord(cursor, 'not');
  const operator = cursor.tokens[cursor.next++];
  const right = cursor.tokens[cursor.next++];
  if (!left || !operator || !right) return NOWHERE;
  if (left.value === 'extra' || right.value === 'extra') return () => true;
  const isVersion = [left, right].some(({ kind, value }) => kind === 'word' && /version$/.test(value));
  return (environment) => {
    const [a, b] = [left, right].map(({ kind, value }) => (kind === 'text' ? value : environment[value]));
    if (a === undefined || b === undefined) return false;
    return compares(a, isNegated ? 'not in' : operator.value, b, isVersion);
  };
}

function compares(a: string, operator: string, b: string, isVersion: boolean): boolean {
  if (operator === 'in') return b.includes(a);
  if (operator === 'not in') return !b.includes(a);
  if (b.endsWith('.*') && (operator === '==' || operator === '!='))
    return `${a}.`.startsWith(b.slice(0, -1)) === (operator === '==');
  const order = isVersion ? compareVersions(a, b) : a < b ? -1 : a > b ? 1 : 0;
  switch (operator) {
    case '==':
    case '===':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '~=':
      return order >= 0 && `${a}.`.startsWith(`${b.replace(/\.[^.]*$/, '')}.`);
    default:
      return false;
  }
}

function takeWord(cursor: Cursor, word: string): boolean {
  const token = cursor.tokens[cursor.next];
  if (token?.kind !== 'word' || token.value !== word) return false;
  cursor.next++;
  return true;
}

function either(a: Condition, b: Condition): Condition {
  return (environment) => a(environment) || b(environment);
}

function both(a: Condition, b: Condition): Condition {
  return (environment) => a(environment) && b(environment);
}

function tokensOf(marker: string): readonly Token[] | undefined {
  const text = marker.trim();
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) return undefined;
    const [, sign, operator, double, single, word] = match;
    const kind = sign ? 'sign' : operator ? 'operator' : word ? 'word' : 'text';
    tokens.push({ kind, value: sign ?? operator ?? word ?? double ?? single ?? '' });
  }
  return tokens;
}
