import type { Edit } from '../../src/core/engine/rule.ts';
import { reindent } from '../../src/core/fixes/reindent.ts';
import type { CallExpression } from '../../src/core/ir/expression.ts';
import type { SourceModule } from '../../src/core/ir/sourceModule.ts';
import { lineBreakOf } from '../../src/core/text/layout.ts';
import { freeName, isReadableAtModuleLevel, topLevelOffset } from './moduleScope.ts';

export interface LazySingleton {
  /** Name of the function that gives the one value. */
  readonly get: string;
  readonly edits: readonly Edit[];
}

/**
 * Moves a JavaScript call into a lazy singleton above the code that repeats it: the first use makes the value, later ones get the same.
 * `name` is what the value is, capitalised. `undefined` where the call reads something that module level does not have.
 */
export function lazySingleton(module: SourceModule, call: CallExpression, name: string): LazySingleton | undefined {
  const offset = topLevelOffset(module, call);
  if (offset === undefined || !isReadableAtModuleLevel(module, call)) return undefined;
  const source = reindent(module, call, '');
  if (source === undefined) return undefined;
  const create = freeName(module, `create${name}`);
  const shared = freeName(module, `shared${name}`);
  const get = freeName(module, `get${name}`);
  const br = lineBreakOf(module.text);
  const end = /;[ \t]*$/m.test(module.text) ? ';' : '';
  const lines =
    module.language === 'javascript'
      ? [`let ${shared}${end}`, `const ${get} = () => (${shared} ??= ${source})${end}`]
      : [
          `const ${create} = () => ${source}${end}`,
          `let ${shared}: ReturnType<typeof ${create}> | undefined${end}`,
          `const ${get} = () => (${shared} ??= ${create}())${end}`,
        ];
  return {
    get,
    edits: [
      { span: { start: offset, end: offset }, text: lines.join(br) + br + br },
      { span: { start: call.start, end: call.end }, text: `${get}()` },
    ],
  };
}
