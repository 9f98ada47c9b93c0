import { type Manifest, manifest } from '../declaration.ts';
import { pythonRequirement } from '../pythonRequirement.ts';

/** `setup.py`, as far as `install_requires` and `extras_require` hold string literals; anything computed makes it incomplete. */
export function setupPy(text: string): Manifest {
  const source = text.replace(/(^|\s)#.*$/gm, '$1');
  const lists = [...source.matchAll(/\b(?:install_requires|extras_require|requirements)\s*=\s*/g)].map((match) =>
    bracketed(source, match.index + match[0].length),
  );
  const literals = lists.flatMap((list) => [...list.matchAll(/(["'])((?:(?!\1)[^\\\n]|\\.)*)\1(\s*:)?/g)]);
  // A literal before a colon is the name of a group.
  const requirements = literals.filter((match) => match[3] === undefined);
  const declarations = requirements.flatMap((match) => pythonRequirement(match[2] ?? '') ?? []);
  const isLiteral =
    lists.length > 0 && lists.every((list) => /^[[{]/.test(list) && !/\b(?:open|for|read)\b/.test(list));
  return manifest(declarations, { form: lists.length > 0 ? 'manifest' : 'silent', isComplete: isLiteral });
}

/** The bracketed display that starts at `offset`, or the rest of the line. */
function bracketed(source: string, offset: number): string {
  let depth = 0;
  for (let end = offset; end < source.length; end++) {
    const character = source.charAt(end);
    if ('[{('.includes(character)) depth++;
    if (']})'.includes(character) && --depth <= 0) return source.slice(offset, end + 1);
    if (depth === 0 && (character === '\n' || character === ',')) return source.slice(offset, end);
  }
  return source.slice(offset);
}
