import type { Range } from '../text/position.ts';

/** Place of a key in a TOML text: the line that sets it or, where that is not found, the header of its table. */
export function tomlKeyRange(text: string, path: readonly string[]): Range {
  let best = { depth: -1, line: 0, start: 0, end: 0 };
  let table: readonly string[] = [];
  for (const [line, content] of text.split(/\r\n|\n/).entries()) {
    const header = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?/.exec(content);
    const assignment = /^(\s*)((?:"[^"]*"|'[^']*'|[\w.\s-])+?)\s*=/.exec(content);
    if (header) {
      table = keyParts(header[1] ?? '');
      consider(table, line, content.indexOf('['), content.trimEnd().length);
    } else if (assignment) {
      const [, indentation = '', key = ''] = assignment;
      consider([...table, ...keyParts(key)], line, indentation.length, indentation.length + key.length);
      // A key of an inline table stands on the same line.
      const last = path.at(-1) ?? '';
      const inline = content.indexOf(last, indentation.length + key.length);
      if (best.line === line && best.depth === path.length - 1 && inline > 0) {
        best = { depth: path.length, line, start: inline, end: inline + last.length };
      }
    }
  }
  return { start: { line: best.line, character: best.start }, end: { line: best.line, character: best.end } };

  function consider(found: readonly string[], line: number, start: number, end: number): void {
    const isPrefix = found.length <= path.length && found.every((part, index) => part === path[index]);
    if (isPrefix && found.length > best.depth) best = { depth: found.length, line, start, end };
  }
}

function keyParts(key: string): readonly string[] {
  return [...key.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}
