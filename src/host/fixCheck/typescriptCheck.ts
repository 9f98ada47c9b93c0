import { parse, TSError } from '@typescript-eslint/typescript-estree';
import { componentScript, isComponent } from '../../languages/component/componentScript.ts';

/** Why a text is not valid TypeScript or JavaScript. `line` counts from 1, `column` from 0 in UTF-16 code units. */
interface SyntaxProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Parses a text with the TypeScript compiler as its file would be: JSX is allowed except in `.ts`, `.mts` and `.cts`.
 * Used before a fix is applied in bulk or by the command line, never while typing. Import this module with `import()`:
 * it brings the compiler, which the bundles keep in a file of its own. Type annotations in a JavaScript file pass.
 */
export function parsesAsTypeScript(text: string, path: string): true | SyntaxProblem {
  if (isComponent(path)) {
    const script = componentScript(text);
    return parsesAsTypeScript(script.text, `${path}.${script.language === 'typescript' ? 'ts' : 'tsx'}`);
  }
  try {
    parse(text, { filePath: path, jsx: !/\.[mc]?ts$/i.test(path) });
    return true;
  } catch (error) {
    return problemOf(error);
  }
}

/** The parser's own errors know their place; a defect inside the parser does not. */
function problemOf(error: unknown): SyntaxProblem {
  if (!(error instanceof TSError)) return { message: String(error), line: 1, column: 0 };
  const { line, column } = error.location.start;
  return { message: error.message, line, column };
}
