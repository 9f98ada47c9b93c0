import type { Fix } from '../../src/core/engine/rule.ts';
import { reindent } from '../../src/core/fixes/reindent.ts';
import type { Program } from '../../src/core/semantics/program.ts';
import { lineBreakOf } from '../../src/core/text/layout.ts';
import { freeName, isReadableAtModuleLevel, topLevelOffset } from '../shared/moduleScope.ts';
import { capitalised, loadedName } from './loaderName.ts';
import type { RepeatedLoad } from './repeatedLoadState.ts';

/** Moves the load into a lazy singleton above the code that repeats it: the first call loads, later ones get the same promise. */
export function javascriptSingletonFix({ load }: RepeatedLoad, program: Program): Fix | undefined {
  const { module } = program;
  const offset = topLevelOffset(module, load.node);
  if (offset === undefined || !isReadableAtModuleLevel(module, load.node)) return undefined;
  const source = reindent(module, load.node, '');
  if (source === undefined) return undefined;
  const name = capitalised(loadedName(load, program));
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
    title: `Load once and share it through ${get}()`,
    safety: 'suggestion',
    reason:
      'One instance stays in memory and serves all callers; a load that fails is not tried again until the process restarts.',
    edits: [
      { span: { start: offset, end: offset }, text: lines.join(br) + br + br },
      { span: { start: load.node.start, end: load.node.end }, text: `${get}()` },
    ],
  };
}
