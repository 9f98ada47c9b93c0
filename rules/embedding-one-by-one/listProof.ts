import type { NameIndex } from '../../src/core/fixes/nameIndex.ts';
import type { Expression } from '../../src/core/ir/expression.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { enclosing } from '../shared/enclosing.ts';
import { isOwnList } from '../shared/quietLoop.ts';

/** What the text proves of an iterable: a list or array, one of strings, or neither. */
export type ListProof = 'strings' | 'list' | 'none';

const STRING_LIST =
  /^(readonly\s+)?string\[\]$|^(Readonly)?Array<string>$|^(typing\.)?[Ll]ist\[(str|builtins\.str)\]$|^["'][Ll]ist\[str\]["']$/;
const LIST = /^(readonly\s+)?[^|&?]+\[\]$|^(Readonly)?Array<[^|&]+>$|^(typing\.)?[Ll]ist(\[.*\])?$/s;

/** A list is passed on as it is; of anything else (a file, a generator, a set, a column) an API may take nothing or something else. */
export function listProof(program: Program, iterable: Expression, names: NameIndex): ListProof {
  if (isOwnList(program, iterable)) return isOfStrings(program, iterable) ? 'strings' : 'list';
  const annotation = iterable.kind === 'name' ? annotationOf(program, iterable.name, iterable, names) : undefined;
  if (annotation === undefined) return 'none';
  if (STRING_LIST.test(annotation)) return 'strings';
  return LIST.test(annotation) ? 'list' : 'none';
}

function isOfStrings(program: Program, iterable: Expression): boolean {
  // A list that a variable holds may have grown since it was written out.
  return (
    iterable.kind === 'sequence' &&
    iterable.elements.every((element) => {
      const constant = program.constant(element);
      return constant.kind === 'known' && typeof constant.value === 'string';
    })
  );
}

/** Annotation of a parameter that nothing in its function binds again. */
function annotationOf(program: Program, name: string, place: Expression, names: NameIndex): string | undefined {
  const { functions } = enclosing(program.module, place);
  for (const { parameters } of [...functions].reverse()) {
    const parameter = parameters.find(({ target }) => target.kind === 'name' && target.name === name);
    if (!parameter) continue;
    const isRebound = names
      .variable(name, place)
      .some(({ kind, start }) => kind !== 'read' && start !== parameter.target.start);
    const isDefault = parameter.defaultValue !== undefined || parameter.rest !== undefined;
    return isRebound || isDefault ? undefined : parameter.annotation?.trim();
  }
  return undefined;
}
