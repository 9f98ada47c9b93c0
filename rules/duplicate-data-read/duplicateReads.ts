import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { AssignStatement, Statement } from '../../src/core/ir/statement.ts';
import type { Call, Program } from '../../src/core/semantics/program.ts';
import { FileChanges } from '../file-read-in-loop/fileChanges.ts';
import { enclosing } from '../shared/enclosing.ts';
import { namesOf } from '../shared/namesOf.ts';
import { isTableRead } from '../shared/tableReads.ts';
import { constantPath, readKey } from './readKey.ts';

/** Two reads of the same file with the same arguments, one after the other. */
export interface DuplicateRead {
  readonly first: Read;
  readonly second: Read;
  readonly path: string;
  /** The first value still is as it was read when the second read happens. */
  readonly isPristine: boolean;
}

export interface Read {
  readonly call: Call;
  readonly assign: AssignStatement;
  readonly name: string;
  readonly body: readonly Statement[];
}

export function duplicateReads(program: Program): readonly DuplicateRead[] {
  const found: DuplicateRead[] = [];
  const firsts = new Map<string, Read>();
  let changes: FileChanges | undefined;
  let names: NameIndex | undefined;
  for (const call of program.calls) {
    const read = readOf(program, call);
    const key = read && readKey(program, call);
    if (!read || key === undefined) continue;
    const first = firsts.get(key);
    if (!first || first.body !== read.body) {
      if (!first) firsts.set(key, read);
      continue;
    }
    changes ??= new FileChanges(program);
    names ??= namesOf(program);
    const between = { start: first.assign.end, end: read.assign.start };
    if (changes.isIn(between) || isShell(program, between)) {
      firsts.set(key, read);
      continue;
    }
    const path = constantPath(program, call) ?? '';
    found.push({ first, second: read, path, isPristine: isPristine(program, names, first, between) });
  }
  return found;
}

function readOf(program: Program, call: Call): Read | undefined {
  if (!(isTableRead(call) || call.name === 'datasets.load_dataset') || call.place.loops.length > 0) return undefined;
  const { statements, bodies } = enclosing(program.module, call.node);
  const assign = statements.at(-1);
  const body = bodies.at(-1);
  const [target] = assign?.kind === 'assign' ? assign.targets : [];
  if (assign?.kind !== 'assign' || assign.value !== call.node || target?.kind !== 'name' || !body) return undefined;
  return assign.targets.length === 1 ? { call, assign, name: target.name, body } : undefined;
}

/** Programs that notebooks start from a cell; a command line is a comment in the analysed text, its first character replaced. */
const SHELL =
  /^[ \t]*#(python3?|sh|bash|cp|mv|rm|wget|curl|unzip|gunzip|tar|cat|sed|awk|echo|head|tail|kaggle|gsutil|aws|gcloud|git|dvc|make|\.\/)/m;

/** A shell command of a notebook may change the file. */
function isShell(program: Program, between: { readonly start: number; readonly end: number }): boolean {
  return program.path.endsWith('.ipynb') && SHELL.test(program.text(between));
}

/** Nothing between the two reads stores into the first value, rebinds it or hands it on to code that may change it. */
function isPristine(
  program: Program,
  names: NameIndex,
  first: Read,
  between: { readonly start: number; readonly end: number },
): boolean {
  const [target] = first.assign.targets;
  if (!target) return false;
  const inside = names
    .variable(first.name, target)
    .filter(({ start }) => start >= between.start && start < between.end);
  if (inside.some(({ kind }) => kind !== 'read')) return false;
  return inside.every(({ expression }) => {
    const parent = expression && program.parent(expression);
    if (parent?.kind === 'attribute') return !isChangingMethod(program, parent);
    if (parent?.kind === 'subscript') return !isStoredInto(program, parent);
    return parent?.kind === 'expression' || parent?.kind === 'operation';
  });
}

function isChangingMethod(program: Program, attribute: Parameters<Program['parent']>[0]): boolean {
  const holder = program.parent(attribute);
  if (holder?.kind === 'call')
    return /inplace\s*=\s*True|\.(insert|pop|update|sort|append|fill)\(/.test(program.text(holder));
  if (holder?.kind === 'subscript' || holder?.kind === 'attribute') return isStoredInto(program, holder);
  return holder?.kind === 'assign' && holder.targets.some((target) => target === attribute);
}

function isStoredInto(program: Program, part: Parameters<Program['parent']>[0]): boolean {
  const holder = program.parent(part);
  if (holder?.kind === 'assign') return holder.targets.some((target) => target === part);
  if (holder?.kind === 'attribute' || holder?.kind === 'subscript')
    return isChangingMethod(program, holder) || isStoredInto(program, holder);
  return holder?.kind === 'opaque';
}
