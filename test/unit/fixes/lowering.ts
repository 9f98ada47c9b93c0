import type { Edit } from '../../../src/core/engine/rule.ts';
import { applyEdits } from '../../../src/core/fixes/applyEdits.ts';
import type { CallExpression, MappingExpression } from '../../../src/core/ir/expression.ts';
import type { Language, SourceModule } from '../../../src/core/ir/sourceModule.ts';
import { walk } from '../../../src/core/ir/walk.ts';
import { lowerPython } from '../../../src/languages/python/lowerPython.ts';
import { lowerTypeScript } from '../../../src/languages/typescript/lowerTypeScript.ts';
import { loadParsers, parseOrFail } from '../syntax/loadParsers.ts';

export type Lower = (language: Language, text: string) => SourceModule;

/** Both front ends as one function from text. */
export async function loadLowering(): Promise<Lower> {
  const parsers = await loadParsers('python', 'typescript', 'tsx');
  return (language, text) => {
    const tree = parseOrFail(parsers, language, text);
    return language === 'python' ? lowerPython(tree) : lowerTypeScript(tree);
  };
}

/** The first call whose callee is this name. */
export function callOf(module: SourceModule, name: string): CallExpression {
  for (const { node } of walk(module.body)) {
    if (node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === name) return node;
  }
  throw new Error(`no call of ${name}`);
}

export function firstMapping(module: SourceModule): MappingExpression {
  for (const { node } of walk(module.body)) if (node.kind === 'mapping') return node;
  throw new Error('no mapping');
}

export function applied(text: string, edits: readonly Edit[] | undefined): string | undefined {
  return edits && applyEdits(text, edits);
}
