import type { Expression } from '../../src/core/ir/expression.ts';
import type { NamedFile } from '../../src/core/semantics/namedFiles.ts';
import type { Program } from '../../src/core/semantics/program.ts';

const MOST_DEPTH = 8;
const JOINS = /^(node:)?path(\/posix)?(\.default|\.posix)*\.(join|resolve)$/;
const DIRECTORY = /^(node:)?path(\/posix)?(\.default|\.posix)*\.dirname$/;
/** Calls that give back the path that they get, in another form. */
const SAME =
  /^((node:)?path(\/posix)?(\.default|\.posix)*\.normalize|(node:)?url(\.default)?\.(fileURLToPath|pathToFileURL)|globalThis\.(String|require\.resolve))$/;
/** The folder of the file, of the process, or the file itself: what a path relative to it starts with. */
const START =
  /^(globalThis\.(__dirname|__filename|import\.meta\.(url|dirname|dir|filename|path))|(node:)?process(\.default)?\.cwd)$|^globalThis\.process\.cwd$/;

/**
 * Path that an expression always gives, relative to the file's or the process's folder: through constants, `path.join` and `path.resolve`,
 * `new URL('./x.json', import.meta.url)`, templates and `+`. `undefined` where a part is not in the text.
 */
export function filePath(expression: Expression, program: Program): string | undefined {
  const path = pathOf(expression, program, 0);
  return path === undefined ? undefined : normalised(path);
}

/** The file of the workspace that an expression names, with its path as the rule may show it. */
export function namedFile(expression: Expression, program: Program): (NamedFile & { path: string }) | undefined {
  const { files } = program.environment;
  if (files === undefined) return undefined;
  const constant = program.constant(expression);
  const written = constant.kind === 'known' ? String(constant.value) : filePath(expression, program);
  if (written === undefined) return undefined;
  const wanted = normalised(written);
  const found = Object.entries(files).find(([path]) => path === written || normalised(path) === wanted);
  return found && { ...found[1], path: found[0] };
}

function pathOf(expression: Expression, program: Program, depth: number): string | undefined {
  if (depth > MOST_DEPTH) return undefined;
  const inner = (part: Expression): string | undefined => pathOf(part, program, depth + 1);
  const constant = program.constant(expression);
  if (constant.kind === 'known') return typeof constant.value === 'string' ? constant.value : undefined;
  if (START.test(program.qualifiedName(expression) ?? '')) return '';
  switch (expression.kind) {
    case 'await':
      return inner(expression.value);
    case 'template':
      return together(expression.parts.map((part) => (typeof part === 'string' ? part : inner(part))));
    case 'operation':
      return expression.operator === '+' ? together(expression.operands.map(inner)) : undefined;
    case 'attribute':
      return /^(pathname|href)$/.test(expression.name) ? inner(expression.object) : undefined;
    case 'call':
      return madeBy(expression, program, inner);
    default: {
      const made = program.origin(expression);
      return made && inner(made.node);
    }
  }
}

function madeBy(
  { callee, args, isNew }: Expression & { kind: 'call' },
  program: Program,
  inner: (part: Expression) => string | undefined,
): string | undefined {
  const name = program.qualifiedName(callee) ?? '';
  const [first, second] = args;
  if (START.test(name)) return '';
  if (!first || args.some(({ spread }) => spread !== undefined)) return undefined;
  if (JOINS.test(name)) {
    const parts = args.map(({ value }) => inner(value));
    return parts.includes(undefined) ? undefined : parts.filter((part) => part !== '').join('/');
  }
  if (name === 'globalThis.URL' && isNew) return second && inner(second.value) === '' ? inner(first.value) : undefined;
  if (SAME.test(name)) return inner(first.value);
  // The folder of `a/b.ts` is `a`; that of the file itself is where relative paths start.
  return DIRECTORY.test(name) ? inner(first.value)?.replace(/\/?[^/]*$/, '') : undefined;
}

function together(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** Without `.`, `a/..`, and the slash of a path on the own site; `..` at the start stays. */
function normalised(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/');
}
