import { type LogicalLine, logicalLines } from './logicalLines.ts';

/** Cell magics whose cell is Python that runs in the kernel. The rest (shells, files, other languages) is not our Python. */
export const pythonCellMagics: ReadonlySet<string> = new Set([
  'time',
  'timeit',
  'capture',
  'prun',
  'lprun',
  'memit',
  'mprun',
  'wandb',
  'snakeviz',
  'scalene',
  'pyinstrument',
  'memray_flamegraph',
]);

const cellMagic = /^[ \t]*%%(\w*)/;
const lineMagic = /^[ \t]*(?:[%!]|\?)|^[ \t]*[\w.%*]+\?{1,2}[ \t]*$/;
/** IPython runs these without `%` as well, unless what follows makes the line Python. */
const automagic =
  /^[ \t]*(?:(?:pip|conda|mamba)[ \t]+install\b|(?:ls|cat|cd|cp|mv|rm|mkdir|rmdir|less|more|man)[ \t]+(?!(?:and|else|for|if|in|is|not|or)\b)[\w./~$-])/;
/** `%time f()` and `%timeit -n 10 f()` run the rest of the line as Python. */
const timedStatement = /^([ \t]*)%time(?:it(?:[ \t]+-[nrp][ \t]*\d+|[ \t]+-[toqcv]\b)*)?[ \t]+(?=\S)/;
const compoundKeyword = /^(?:for|while|if|with|try|def|class|async|match|@|%|!)/;
/** `files = !ls` and `out = %magic`. */
const magicValue = /^([ \t]*[\w.,[\]'" \t]*[^=!<>:][ \t]*=[ \t]*)[!%]/;

/**
 * Replaces IPython's magics by Python of the same length: comments for most, the statement itself for `%time`, and an unknown
 * name for the value of `x = !command`. Everything else stays as it is, character for character.
 */
export function blankMagics(text: string): string {
  if (!/[%!?]|^[ \t]*(?:pip|conda|mamba|ls|cat|cd|cp|mv|rm|mkdir|rmdir|less|more|man)[ \t]/m.test(text)) return text;
  const name = cellMagicName(text);
  if (name !== undefined && !pythonCellMagics.has(name)) return commentAll(text);
  const lines = logicalLines(text, isMagic);
  let result = '';
  let copied = 0;
  let isContinued = false;
  for (const line of lines) {
    const source = text.slice(line.start, line.end);
    const blanked = blankLine(source, line, isContinued);
    isContinued = blanked !== source && source.endsWith('\\');
    if (blanked === source) continue;
    result += text.slice(copied, line.start) + blanked;
    copied = line.end;
  }
  return result + text.slice(copied);
}

function isMagic(line: string): boolean {
  return isLineMagic(line) || magicValue.test(line);
}

function isLineMagic(line: string): boolean {
  return lineMagic.test(line) || automagic.test(line);
}

function cellMagicName(text: string): string | undefined {
  return cellMagic.exec(text.replace(/^\s+/, ''))?.[1];
}

function blankLine(source: string, line: LogicalLine, isContinued: boolean): string {
  if (isContinued) return comment(source);
  if (!line.startsStatement) return source;
  const value = magicValue.exec(source)?.[1];
  if (value !== undefined) return unknownValue(source, value.length);
  if (!isLineMagic(source)) return source;
  const timed = timedStatement.exec(source);
  if (timed !== null && !compoundKeyword.test(source.slice(timed[0].length))) return statementAfter(source, timed);
  return comment(source);
}

/** `%time f()` → `0;    f()`: the statement keeps its place, the indentation its width. */
function statementAfter(source: string, [head, indent = '']: RegExpExecArray): string {
  return `${indent}0;${' '.repeat(head.length - indent.length - 2)}${source.slice(head.length)}`;
}

function unknownValue(source: string, offset: number): string {
  const rest = source.slice(offset);
  return source.slice(0, offset) + (rest.length === 1 ? '_' : `_#${rest.slice(2)}`);
}

/** The first visible character becomes `#`, so that the line keeps its length and indentation. */
function comment(line: string): string {
  return line.replace(/\S/, '#');
}

function commentAll(text: string): string {
  return text.replace(/[^\r\n]+/g, comment);
}
