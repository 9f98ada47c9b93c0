import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { parse, TomlError } from 'smol-toml';
import { jsonErrorText } from '../text/jsonErrorText.ts';
import { LineIndex } from '../text/lineIndex.ts';
import type { Range } from '../text/position.ts';
import { isTable } from '../versions/manifests/readValue.ts';
import type { Config } from './config.ts';
import { tomlKeyRange } from './tomlKeyRange.ts';
import { validateConfig } from './validateConfig.ts';

/** File names in the order in which they count within one folder, with the keys that lead to our table. */
export const CONFIG_FILES: Readonly<Record<string, readonly string[]>> = {
  'green-ai.toml': [],
  'green-ai.json': [],
  'pyproject.toml': ['tool', 'green-ai'],
  'package.json': ['greenAi'],
};

export interface ParsedConfig {
  readonly config: Config;
  readonly issues: readonly LocatedIssue[];
  /** Place of one of our keys, for what only shows when the value is used. */
  readonly rangeOf: (...path: readonly string[]) => Range;
}

export interface LocatedIssue {
  readonly message: string;
  readonly range: Range;
}

/**
 * Reads a configuration file; its format follows from its name, its table from `table`. `undefined` when the file is valid
 * but has no table of ours, or is broken and does not even name it: that is for the reader of manifests to say.
 */
export function parseConfig(
  name: string,
  text: string,
  table: readonly string[],
  knownRules: ReadonlySet<string>,
): ParsedConfig | undefined {
  const source = text.replace(/^\uFEFF/, ' ');
  const read = name.toLowerCase().endsWith('.toml') ? readToml : readJson;
  const document = read(source);
  if ('issue' in document) {
    if (table.length > 0 && !namesTable(source, table)) return undefined;
    return { config: {}, issues: [document.issue], rangeOf: () => document.issue.range };
  }
  let value: unknown = document.value;
  for (const key of table) value = isTable(value) ? value[key] : undefined;
  if (value === undefined && table.length > 0) return undefined;
  const { config, issues } = validateConfig(value, knownRules);
  return {
    config,
    rangeOf: (...path) => document.rangeOf([...table, ...path]),
    issues: issues.map(({ path, message }) => ({
      message: path.length === 0 ? message : `${path.join('.')}: ${message}`,
      range: document.rangeOf([...table, ...path]),
    })),
  };
}

/** Whether a text that cannot be parsed was meant to hold our table: `[tool.green-ai`, `[tool.green-ai.rules]`, `"greenAi"`. */
function namesTable(text: string, table: readonly string[]): boolean {
  const [key = ''] = table.slice(-1);
  if (table.length === 1) return text.includes(`"${key}"`);
  const ours = new RegExp(`^${table.join('\\.')}(?![\\w-])`);
  return text.split('\n').some((line) => ours.test(line.replaceAll(/["'\s[]/g, '')));
}

type Document =
  | { readonly value: unknown; readonly rangeOf: (path: readonly string[]) => Range }
  | { readonly issue: LocatedIssue };

function readToml(text: string): Document {
  try {
    return { value: parse(text), rangeOf: (path) => tomlKeyRange(text, path) };
  } catch (error) {
    const line = error instanceof TomlError ? error.line - 1 : 0;
    const character = error instanceof TomlError ? error.column - 1 : 0;
    const message = error instanceof Error ? error.message : String(error);
    const first = (message.split('\n')[0] ?? message).replace(/^Invalid TOML document: /, '');
    const start = { line: Math.max(0, line), character: Math.max(0, character) };
    return { issue: { message: `invalid TOML: ${first}`, range: { start, end: start } } };
  }
}

/** JSON with comments and trailing commas. */
function readJson(text: string): Document {
  const lines = new LineIndex(text);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) {
    const range = lines.range({ start: error.offset, end: error.offset + error.length });
    return { issue: { message: `invalid JSON: ${jsonErrorText(error)}`, range } };
  }
  return {
    value: root && getNodeValue(root),
    rangeOf: (path) => {
      const node = root && keyNode(root, path);
      return lines.range(node ? { start: node.offset, end: node.offset + node.length } : { start: 0, end: 0 });
    },
  };
}

/** The key of a property, which is what a person has to change, or the root. */
function keyNode(root: Node, path: readonly string[]): Node | undefined {
  const value = findNodeAtLocation(root, [...path]);
  return path.length === 0 ? value : (value?.parent?.children?.[0] ?? value);
}
