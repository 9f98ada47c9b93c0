/** Versions that a specifier allows: `min` inclusive, `below` exclusive; `exact` for a pin. Empty: it decides nothing. */
export interface Constraint {
  readonly min?: string;
  readonly below?: string;
  readonly exact?: string;
}

/** One distribution as a manifest or lock file names it. */
export interface Declaration {
  /** Normalised for its ecosystem: PEP 503 for Python, lower case with scope for npm. */
  readonly name: string;
  readonly constraint: Constraint;
  /** Environment marker (PEP 508) under which it counts. */
  readonly marker?: string;
  /** The declaration as written, for messages: `transformers==4.44.0`. */
  readonly text: string;
}

/** What one file declares. */
export interface Manifest {
  /** A lock file holds resolved versions and beats the ranges of a manifest; a `silent` file only configures tools. */
  readonly form: 'manifest' | 'lock' | 'silent';
  readonly declarations: readonly Declaration[];
  /** Other files that it pulls in, relative to it (`-r base.txt`); constraints (`-c pins.txt`) narrow like a lock file. */
  readonly includes: readonly { readonly path: string; readonly isConstraint: boolean }[];
  /** False when it computes some of its dependencies, so that a name it does not mention may still be there. */
  readonly isComplete: boolean;
}

/** A manifest that could not be read, with the place where its format says so (1-based). */
export interface BrokenManifest {
  readonly error: string;
  readonly line?: number;
  readonly column?: number;
}

export function manifest(declarations: readonly Declaration[], options: Partial<Manifest> = {}): Manifest {
  return { form: 'manifest', includes: [], isComplete: true, ...options, declarations };
}

/** PEP 503. */
export function pythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
