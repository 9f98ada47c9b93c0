import data from './pictureShapes.json';

/** Usual steps, size in pixels and frames of a picture or video model. */
export interface UsualPicture {
  readonly steps: number;
  readonly width: number;
  readonly height: number;
  readonly frames?: number;
}

interface Entry extends UsualPicture {
  readonly pattern: string;
  readonly source: string;
  readonly year: number;
}

const entries = (data.entries as readonly Entry[]).map((entry) => ({ entry, pattern: new RegExp(entry.pattern) }));

/** What the model's pipeline makes where nobody says otherwise; undefined for families that are not listed. */
export function findPictureShape(id: string | undefined): UsualPicture | undefined {
  const name = id?.toLowerCase() ?? '';
  return entries.find(({ pattern }) => pattern.test(name))?.entry;
}
