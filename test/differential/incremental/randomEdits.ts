import type { Random } from './random.ts';

/** What an edit may draw upon beside the text itself. */
export interface EditMaterial {
  /** Pieces of code to paste. */
  readonly snippets: readonly string[];
  /** Earlier states of the text, oldest first: going back to one mends what was broken since. */
  readonly history: readonly string[];
  readonly comment: '#' | '//';
}

type Edit = (text: string, random: Random, material: EditMaterial) => string;

/** What people type, and what upsets parsers: brackets, quotes, line ends, other planes of Unicode, control characters. */
const TYPED = [
  'a',
  'x1',
  '.',
  ',',
  ' ',
  '=',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '`',
  '"""',
  '\\',
  '\n',
  '\r\n',
  '\r',
].concat([
  '\t',
  '#',
  '/*',
  '*/',
  '//',
  ':',
  ';',
  '@',
  'é',
  'ｆ',
  '😀',
  '\u2028',
  '\u0000',
  '\n    ',
  '=>',
  '...',
  '<',
  '/>',
  '!',
  '%',
]);
/** Openings that leave the rest of the text in another state. */
const BREAKING = [
  '(',
  '[',
  '{',
  '"""',
  "'''",
  '`',
  '/*',
  'def f(',
  'class X:',
  'function f(',
  'if (',
  '<div>',
  'async ',
  '\\',
];

const EDITS: readonly Edit[] = [
  typeText,
  typeText,
  typeText,
  deleteText,
  deleteText,
  renameWord,
  renameWord,
  insertLine,
  insertLine,
  deleteLine,
  changeIndentation,
  copyLine,
  deleteDeclaration,
  copyDeclaration,
  moveDeclaration,
  pasteSnippet,
  breakSyntax,
  goBack,
  goBack,
  changeLineEnds,
  insertCommentRun,
];

/** The text after one random edit. */
export function randomEdit(text: string, random: Random, material: EditMaterial): string {
  return random.pick(EDITS)(text, random, material);
}

function typeText(text: string, random: Random): string {
  return insert(text, random.below(text.length + 1), random.pick(TYPED));
}

function deleteText(text: string, random: Random): string {
  const start = random.below(text.length + 1);
  return text.slice(0, start) + text.slice(start + 1 + random.below(6));
}

/** Another name at one of its places, as in the middle of typing it. */
function renameWord(text: string, random: Random): string {
  const words = [...text.matchAll(/[A-Za-z_]\w*/g)];
  if (words.length === 0) return text;
  const { index, 0: word } = random.pick(words);
  const other = random.pick([`${word}x`, word.slice(1), random.pick(words)[0]]);
  return text.slice(0, index) + other + text.slice(index + word.length);
}

function insertLine(text: string, random: Random, { comment }: EditMaterial): string {
  const line = random.pick([
    `${comment} a remark`,
    '',
    'value = 1',
    'model.eval()',
    'return',
    'raise error',
    'x = call(y)',
  ]);
  const lines = linesOf(text);
  const at = random.below(lines.length + 1);
  const indentation = /^[ \t]*/.exec(lines[at] ?? '')?.[0] ?? '';
  return lines.toSpliced(at, 0, `${indentation}${line}\n`).join('');
}

function deleteLine(text: string, random: Random): string {
  const lines = linesOf(text);
  return lines.toSpliced(random.below(lines.length), 1 + random.below(2)).join('');
}

function changeIndentation(text: string, random: Random): string {
  const lines = linesOf(text);
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  return lines.with(at, random.below(2) === 0 ? `    ${line}` : line.replace(/^ {1,4}/, '')).join('');
}

function copyLine(text: string, random: Random): string {
  const lines = linesOf(text);
  return lines.toSpliced(random.below(lines.length + 1), 0, random.pick(lines)).join('');
}

function deleteDeclaration(text: string, random: Random): string {
  const declarations = declarationsOf(text);
  return declarations.toSpliced(random.below(declarations.length), 1).join('');
}

function copyDeclaration(text: string, random: Random): string {
  const declarations = declarationsOf(text);
  return declarations.toSpliced(random.below(declarations.length + 1), 0, random.pick(declarations)).join('');
}

function moveDeclaration(text: string, random: Random): string {
  const declarations = declarationsOf(text);
  const [moved = ''] = declarations.splice(random.below(declarations.length), 1);
  return declarations.toSpliced(random.below(declarations.length + 1), 0, moved).join('');
}

function pasteSnippet(text: string, random: Random, { snippets }: EditMaterial): string {
  const lines = linesOf(text);
  return lines.toSpliced(random.below(lines.length + 1), 0, random.pick(snippets)).join('');
}

function breakSyntax(text: string, random: Random): string {
  return insert(text, random.below(text.length + 1), random.pick(BREAKING));
}

function goBack(text: string, random: Random, { history }: EditMaterial): string {
  return history.length === 0 ? text : random.pick(history.slice(-4));
}

function changeLineEnds(text: string, random: Random): string {
  if (random.below(4) === 0)
    return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
  const lines = linesOf(text);
  const at = random.below(lines.length);
  return lines.with(at, (lines[at] ?? '').replace(/\r?\n/, '\r\n')).join('');
}

/** Long enough for the parser to be spared it. */
function insertCommentRun(text: string, random: Random, { comment }: EditMaterial): string {
  const lines = linesOf(text);
  const run = `${comment} was = code(here)\n`.repeat(28 + random.below(8));
  return lines.toSpliced(random.below(lines.length + 1), 0, run).join('');
}

function insert(text: string, at: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at);
}

/** Lines with their ends; at least one. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [''];
}

/** Runs of lines that begin at the margin; at least one. */
function declarationsOf(text: string): string[] {
  const declarations: string[] = [];
  for (const line of linesOf(text)) {
    const last = declarations.at(-1);
    if (last !== undefined && /^(\s|[)\]}]|$)/.test(line)) declarations[declarations.length - 1] = last + line;
    else declarations.push(line);
  }
  return declarations.length > 0 ? declarations : [''];
}
