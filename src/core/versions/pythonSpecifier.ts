import { intersect, unite } from './combine.ts';
import type { Constraint } from './declaration.ts';
import { bump, caretBound, justAbove, releaseOf } from './releases.ts';

/** How a bare or single-`=` version is meant: Poetry pins with `4.2.0`; Conda's `=4.2` is a prefix. */
export type PythonDialect = 'pep440' | 'poetry' | 'conda';

/** `>=4.30,<5`, `~=4.40`, `==4.*`, Poetry's `^4.2` and `~4.2`, alternatives with `||`. What is not understood decides nothing. */
export function pythonSpecifier(specifier: string, dialect: PythonDialect = 'pep440'): Constraint {
  return specifier
    .split('||')
    .map((alternative) =>
      alternative
        .split(',')
        .map((clause) => clauseConstraint(clause.trim(), dialect))
        .reduce(intersect, {}),
    )
    .reduce(unite);
}

function clauseConstraint(clause: string, dialect: PythonDialect): Constraint {
  const match = /^(===|==|~=|!=|<=|>=|<|>|\^|~|=)?\s*v?(\d[\w.!+*-]*)$/.exec(clause);
  if (!match) return {};
  const [, operator = '', version = ''] = match;
  if (version.endsWith('.*')) return prefix(operator, version.slice(0, -2));
  if (version.includes('*')) return {};
  switch (operator) {
    case '':
      return dialect === 'conda' ? prefix('=', version) : pin(version);
    case '=':
      return dialect === 'conda' ? prefix('=', version) : pin(version);
    case '==':
    case '===':
      return pin(version);
    case '>=':
    case '>':
      return { min: version };
    case '<':
      return { below: version };
    case '<=':
      return { below: justAbove(version) };
    case '~=':
      return { min: version, below: bump(version, Math.max(1, releaseOf(version).length - 1)) };
    case '~':
      return { min: version, below: bump(version, Math.min(2, releaseOf(version).length)) };
    case '^':
      return { min: version, below: caretBound(version) };
    default:
      return {};
  }
}

function prefix(operator: string, version: string): Constraint {
  return operator === '!=' ? {} : { min: version, below: bump(version, releaseOf(version).length) };
}

function pin(version: string): Constraint {
  return { exact: version, min: version.replace(/\+.*$/, '') };
}
