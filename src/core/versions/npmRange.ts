import { intersect, unite } from './combine.ts';
import type { Constraint } from './declaration.ts';
import { bump, caretBound, releaseOf } from './releases.ts';

/** `^4.2`, `~4.2.1`, `4.x`, `>=3 <5`, `1.2 - 2`, `^2 || ^3`, `npm:other@^1`. Tags, URLs and workspace links decide nothing. */
export function npmRange(range: string): Constraint {
  const text = range
    .trim()
    .replace(/^workspace:/, '')
    .replace(/^npm:(?:@?[^@]+)@/, '');
  if (/^[a-z+]+:|\//i.test(text)) return {};
  return text.split('||').map(alternative).reduce(unite);
}

function alternative(text: string): Constraint {
  const hyphen = /^\s*v?(\d[\w.+-]*)\s+-\s+v?(\d[\w.+-]*)\s*$/.exec(text);
  if (hyphen) return { min: hyphen[1] ?? '', below: upTo(hyphen[2] ?? '') };
  return text
    .replace(/([<>=~^]+)\s+/g, '$1')
    .split(/\s+/)
    .map(comparator)
    .reduce(intersect, {});
}

function comparator(text: string): Constraint {
  const match = /^(\^|~|>=|<=|>|<|=)?v?(\d[\w.*+-]*)$/.exec(text);
  if (!match) return {};
  const [, operator = '', written = ''] = match;
  const version = written.replace(/(?:\.[xX*])+$/, '');
  switch (operator) {
    case '^':
      return { min: version, below: caretBound(version) };
    case '~':
      return { min: version, below: bump(version, Math.min(2, releaseOf(version).length)) };
    case '>=':
      return { min: version };
    case '>':
      return { min: releaseOf(version).length < 3 ? bump(version, releaseOf(version).length) : version };
    case '<':
      return { below: version };
    case '<=':
      return { below: upTo(version) };
    default:
      return isFull(version) && version === written ? { exact: version, min: version } : partial(version);
  }
}

function partial(version: string): Constraint {
  return { min: version, below: bump(version, releaseOf(version).length) };
}

function isFull(version: string): boolean {
  return releaseOf(version).length >= 3;
}

/** Exclusive bound of "up to and including". */
function upTo(version: string): string {
  return bump(version, Math.min(3, releaseOf(version).length));
}
