import type { ImportStatement } from '../../ir/statement.ts';
import type { SourceNode } from './boundModule.ts';

/** `from module import *` of a Python module, in source order. */
export function starImports(sources: readonly SourceNode[]): readonly ImportStatement[] {
  return sources.flatMap((node) =>
    node.kind === 'import' && node.isFrom && node.names.some(({ imported }) => imported === '*') ? [node] : [],
  );
}
