import { compareVersions } from './compareVersions.ts';
import type { Constraint } from './declaration.ts';

/** Versions that both allow: clauses of one specifier. */
export function intersect(a: Constraint, b: Constraint): Constraint {
  const exact = a.exact ?? b.exact;
  const min = pick(a.min, b.min, 1);
  const below = pick(a.below, b.below, -1);
  if (exact !== undefined) return { exact, min: exact.replace(/\+.*$/, '') };
  return { ...(min === undefined ? {} : { min }), ...(below === undefined ? {} : { below }) };
}

/** Versions that either allows: alternatives (`||`), environment markers, several groups. */
export function unite(a: Constraint, b: Constraint): Constraint {
  if (a.exact !== undefined && a.exact === b.exact) return a;
  const min = a.min === undefined || b.min === undefined ? undefined : pick(a.min, b.min, -1);
  const upperA = upperBound(a);
  const upperB = upperBound(b);
  const below = upperA === undefined || upperB === undefined ? undefined : pick(upperA, upperB, 1);
  return { ...(min === undefined ? {} : { min }), ...(below === undefined ? {} : { below }) };
}

/** True when a resolved version lies inside a declared range. */
export function allows(range: Constraint, version: string): boolean {
  if (range.exact !== undefined) return compareVersions(range.exact, version) === 0;
  if (range.min !== undefined && compareVersions(version, range.min) < 0) return false;
  return range.below === undefined || compareVersions(version, range.below) < 0;
}

export function decides(constraint: Constraint): boolean {
  return constraint.min !== undefined || constraint.below !== undefined || constraint.exact !== undefined;
}

function upperBound(constraint: Constraint): string | undefined {
  if (constraint.exact === undefined) return constraint.below;
  return `${/^\d+(?:\.\d+)*/.exec(constraint.exact)?.[0] ?? constraint.exact}.0.1`;
}

function pick(a: string | undefined, b: string | undefined, sign: 1 | -1): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareVersions(a, b) * sign >= 0 ? a : b;
}
