import type { DeclaredVersions } from '../semantics/declaredVersions.ts';
import type { VersionRange } from '../semantics/environment.ts';
import { allows, decides, unite } from './combine.ts';
import type { Constraint, Declaration, Manifest } from './declaration.ts';
import { coverAll } from './environmentMarkers.ts';

/** A manifest with the name under which messages cite it: its path relative to the workspace. */
export interface PlacedManifest {
  readonly path: string;
  readonly manifest: Manifest;
}

interface Answer {
  readonly constraint: Constraint;
  readonly declaredBy: string;
}

/**
 * What the manifests around a file say together. `manifests` come nearest folder first, and within a folder in the order
 * in which they are believed. A range is narrowed to the resolved version of the nearest lock file that agrees with it.
 */
export function resolveVersions(manifests: readonly PlacedManifest[], allRead: boolean): DeclaredVersions {
  const declared = new Map<string, Answer>();
  const locked = new Map<string, Answer[]>();
  for (const { path, manifest } of manifests) {
    for (const [name, answer] of answersOf(path, manifest.declarations)) {
      if (manifest.form === 'lock') locked.set(name, [...(locked.get(name) ?? []), answer]);
      else if (!decides(declared.get(name)?.constraint ?? {})) declared.set(name, answer);
    }
  }
  const ranges: Record<string, VersionRange> = {};
  const undecided: string[] = [];
  for (const name of new Set([...declared.keys(), ...locked.keys()])) {
    const range = declared.get(name);
    const resolved = locked.get(name)?.find(({ constraint }) => agrees(range?.constraint, constraint));
    const answer = resolved ?? range;
    if (answer && decides(answer.constraint)) ranges[name] = { ...answer.constraint, declaredBy: answer.declaredBy };
    else undecided.push(name);
  }
  const owners = manifests.filter(({ manifest }) => manifest.form === 'manifest');
  const complete = allRead && owners.length > 0 && owners.every(({ manifest }) => manifest.isComplete);
  return { complete, ranges, undecided };
}

/**
 * One answer per name: several entries stand for alternatives (markers, groups). Those that only count in some environments
 * decide together when one of them counts in each, else they leave the version open.
 */
function answersOf(path: string, declarations: readonly Declaration[]): ReadonlyMap<string, Answer> {
  const byName = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    const known = byName.get(declaration.name);
    if (known) known.push(declaration);
    else byName.set(declaration.name, [declaration]);
  }
  return new Map([...byName].map(([name, alternatives]) => [name, answerOf(path, alternatives)]));
}

function answerOf(path: string, alternatives: readonly Declaration[]): Answer {
  const deciding = alternatives.filter(({ constraint }) => decides(constraint));
  const always = deciding.filter(({ marker }) => marker === undefined);
  const holds = always.length > 0 || coverAll(deciding.flatMap(({ marker }) => marker ?? []));
  const [first = {}, ...others] = holds ? deciding.map(({ constraint }) => constraint) : [];
  return {
    constraint: others.reduce(unite, first),
    declaredBy: `${path}: ${(deciding[0] ?? alternatives[0])?.text ?? ''}`,
  };
}

function agrees(range: Constraint | undefined, resolved: Constraint): boolean {
  return range === undefined || resolved.exact === undefined || allows(range, resolved.exact);
}
