import type { Language as Grammar } from 'web-tree-sitter';

/** What the copy does with a node, by its numeric type: one array look-up instead of calls into wasm. */
export interface NodeTable {
  readonly types: readonly string[];
  readonly actions: Uint8Array;
  readonly fields: readonly (string | undefined)[];
}

/** Copied with its children. */
export const COPY = 0;
/** Copied without looking for children: most nodes of a tree are names and numbers. */
export const COPY_LEAF = 1;
/** Anonymous, kept as a token whatever its field. */
export const COPY_TOKEN = 2;
/** Anonymous, kept as a token only where it carries a field. */
export const COPY_FIELD_TOKEN = 3;
export const COMMENT = 4;
export const DROP = 5;

const leaves = new Set([
  'identifier',
  'property_identifier',
  'private_property_identifier',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
  'statement_identifier',
  'type_identifier',
  'predefined_type',
  'integer',
  'float',
  'number',
  'true',
  'false',
  'none',
  'null',
  'undefined',
  'this',
  'super',
  'string_start',
  'string_content',
  'string_end',
  'string_fragment',
  'escape_sequence',
  'regex_pattern',
  'jsx_text',
]);

const comments = new Set(['comment', 'html_comment']);
const dropped = new Set([
  'line_continuation',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ';',
  ':',
  '.',
  '"',
  "'",
  '`',
  '${',
  '=>',
  '=',
]);
const signs = new Set(['*', '?.', '?', '!', '_', '...', '-']);

export function nodeTable(grammar: Grammar): NodeTable {
  // Keys of an object are interned strings, the decoded ones from wasm are not.
  const interned: Record<string, true> = {};
  for (const type of grammar.types) interned[type ?? ''] = true;
  const internedNames = new Map(Object.keys(interned).map((name) => [name, name]));
  const types = grammar.types.map((type) => internedNames.get(type ?? '') ?? '');
  return {
    types,
    actions: Uint8Array.from(types, (type, id) => actionOf(type, grammar.nodeTypeIsNamed(id))),
    fields: grammar.fields.map((field) => field ?? undefined),
  };
}

function actionOf(type: string, isNamed: boolean): number {
  if (comments.has(type)) return COMMENT;
  if (dropped.has(type)) return DROP;
  if (!isNamed) return signs.has(type) || isWord(type) ? COPY_TOKEN : COPY_FIELD_TOKEN;
  return leaves.has(type) ? COPY_LEAF : COPY;
}

function isWord(type: string): boolean {
  return /^[a-z_]/i.test(type);
}
