import type { Edit } from '../../src/core/engine/rule.ts';
import { walkFrom } from '../../src/core/ir/walk.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { freeName } from '../shared/moduleScope.ts';
import type { RowLoop } from './rowLoop.ts';

const MOST_COLUMNS = 4;
const IDENTIFIER = /^[A-Za-z]\w*$/;
const KEYWORD =
  /^(False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|match|case|type|list|dict|set|str|int|float|id|len|min|max|sum|date|format|input)$/;

/** Edits that iterate the columns themselves, `for a, b in zip(frame["a"], frame["b"]):`; `undefined` where the body needs the row. */
export function zipEdits(program: Program, loop: RowLoop): readonly Edit[] | undefined {
  const { statement, frame, reads } = loop;
  const { target, iterable } = statement;
  if (!loop.isPlain || loop.readsIndex || frame.kind !== 'name' || !target || !iterable) return undefined;
  if (touches(loop, frame.name) || writesRow(loop)) return undefined;
  const columns = [...new Set(reads.map(({ column }) => column))];
  if (columns.length > MOST_COLUMNS) return undefined;
  const names = new Map<string, string>();
  for (const column of columns) {
    const wanted = IDENTIFIER.test(column) && !KEYWORD.test(column) ? column : `value${names.size + 1}`;
    const name = freeName(program.module, wanted);
    if ([...names.values()].includes(name)) return undefined;
    names.set(column, name);
  }
  const text = (column: string): string => {
    const read = reads.find((candidate) => candidate.column === column);
    const literal = read?.node.indices[0];
    return `${frame.name}[${literal ? program.text(literal) : ''}]`;
  };
  const series = columns.map(text);
  return [
    { span: spanOf(target), text: [...names.values()].join(', ') },
    { span: spanOf(iterable), text: series.length === 1 ? (series[0] ?? '') : `zip(${series.join(', ')})` },
    ...reads.map(({ node, column }) => ({ span: spanOf(node), text: names.get(column) ?? '' })),
  ];
}

/** The body reads or changes the frame itself. */
function touches(loop: RowLoop, frame: string): boolean {
  for (const { node } of walkFrom(loop.statement.body.map((inner) => ({ kind: 'statement', node: inner })))) {
    if (node.kind === 'name' && node.name === frame) return true;
  }
  return false;
}

/** `row["x"] = …`: the body uses the row as its own store. */
function writesRow(loop: RowLoop): boolean {
  const reads = new Set<unknown>(loop.reads.map(({ node }) => node));
  for (const { node } of walkFrom(loop.statement.body.map((inner) => ({ kind: 'statement', node: inner })))) {
    if (node.kind === 'assign' && node.targets.some((target) => reads.has(target))) return true;
  }
  return false;
}

function spanOf({ start, end }: { start: number; end: number }): { start: number; end: number } {
  return { start, end };
}
