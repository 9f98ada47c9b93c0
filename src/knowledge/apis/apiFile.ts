import type { ApiEntry } from '../../core/semantics/apiEntry.ts';

/** One library's callables as data: `src/knowledge/apis/<language>/<library>.json`, checked by `schema/apiFile.schema.json`. */
export interface ApiFile {
  /** Import name of the library: `transformers`, `@huggingface/transformers`. */
  readonly library: string;
  /**
   * Module paths that re-export: prefix → canonical prefix (`transformers.models.*.*` → `transformers`). A `*` segment stands for
   * one module segment, which starts in lower case or with an underscore.
   */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Global variables that the library's script for `<script src>` defines: `tf` → `@tensorflow/tfjs`. */
  readonly globals?: Readonly<Record<string, string>>;
  /** Base types of a type, by qualified name: methods that a type does not list itself are looked up there. */
  readonly types?: Readonly<Record<string, readonly string[]>>;
  readonly entries: readonly ApiEntry[];
}

/** Narrows imported JSON. The unit test of the data checks it in full against the schema; this guard only keeps types honest. */
export function isApiFile(data: unknown): data is ApiFile {
  return (
    typeof data === 'object' &&
    data !== null &&
    'library' in data &&
    typeof data.library === 'string' &&
    'entries' in data &&
    Array.isArray(data.entries)
  );
}
