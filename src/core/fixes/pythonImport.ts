import type { Edit } from '../engine/rule.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { ImportStatement, Statement } from '../ir/statement.ts';
import { bomLength, lineBreakOf, lineEnd, lineStart, nextLineStart } from '../text/layout.ts';
import type { ImportRequest } from './importEdit.ts';
import { importsInReach } from './importsInReach.ts';

/** How the file already writes what is requested: `th` after `import torch as th`. */
export function existingPythonImport(module: SourceModule, request: ImportRequest): string | undefined {
  const imports = importsInReach(module, request.at).filter((statement) => statement.level === 0);
  const wanted = request.name === undefined ? [] : [request.name];
  for (const statement of imports) {
    const direct = statement.isFrom && statement.module === request.module && request.name !== undefined;
    const name = direct ? statement.names.find(({ imported }) => imported === request.name) : undefined;
    if (name?.local) return name.local;
  }
  for (const statement of imports) {
    const local = moduleName(statement, request.module);
    if (local !== undefined) return [local, ...wanted].join('.');
  }
  return undefined;
}

/** What a statement calls the module: `np`, `torch`, `torch.nn`, or `nn` after `from torch import nn`. */
function moduleName(statement: ImportStatement, wanted: string): string | undefined {
  if (statement.isFrom) {
    return statement.names.find(({ imported }) => `${statement.module}.${imported}` === wanted)?.local;
  }
  const local = statement.names[0]?.local;
  const top = statement.module.split('.')[0];
  const isAliased = local !== top;
  if (statement.module === wanted) return isAliased ? local : wanted;
  // `import torch.nn` also binds and loads `torch`.
  return !isAliased && top === wanted ? wanted : undefined;
}

/** After the docstring, `from __future__` and the first block of imports; into an existing `from` import where there is one. */
export function newPythonImport(module: SourceModule, request: ImportRequest): readonly Edit[] {
  const { text } = module;
  const cell = request.cells?.find((span) => span.start <= request.at && request.at <= span.end);
  const region = cell ?? { start: bomLength(text), end: text.length };
  const statements = module.body.filter((statement) => region.start <= statement.start && statement.end <= region.end);
  const block = leadingImports(statements);
  const merged = request.name === undefined ? undefined : mergeInto(block, request);
  if (merged) return [merged];

  const lineBreak = lineBreakOf(text);
  const line = importLine(request);
  const anchor = block.at(-1) ?? docstring(statements);
  if (anchor) return [insertAfterLine(text, anchor.end, region.end, line, lineBreak)];
  const first = statements[0];
  const offset = first ? Math.max(lineStart(text, first.start), region.start) : region.start;
  return [{ span: { start: offset, end: offset }, text: line + lineBreak }];
}

function insertAfterLine(text: string, after: number, limit: number, line: string, lineBreak: string): Edit {
  const next = nextLineStart(text, after);
  const isLastLine = lineEnd(text, after) >= limit || next === lineEnd(text, after);
  const offset = isLastLine ? Math.min(lineEnd(text, after), limit) : next;
  return { span: { start: offset, end: offset }, text: isLastLine ? lineBreak + line : line + lineBreak };
}

function importLine({ module, name, alias }: ImportRequest): string {
  const suffix = alias === undefined || alias === (name ?? module) ? '' : ` as ${alias}`;
  return name === undefined ? `import ${module}${suffix}` : `from ${module} import ${name}${suffix}`;
}

function docstring(statements: readonly Statement[]): Statement | undefined {
  const first = statements[0];
  const isString = first?.kind === 'expression' && first.expression.kind === 'literal';
  return isString && typeof first.expression.value === 'string' ? first : undefined;
}

/** Imports before the first other statement, a docstring aside. */
function leadingImports(statements: readonly Statement[]): readonly ImportStatement[] {
  const block: ImportStatement[] = [];
  for (const statement of statements.slice(docstring(statements) ? 1 : 0)) {
    if (statement.kind !== 'import') break;
    block.push(statement);
  }
  return block;
}

function mergeInto(block: readonly ImportStatement[], request: ImportRequest): Edit | undefined {
  const same = block.find(
    ({ isFrom, level, module, names }) =>
      isFrom && level === 0 && module === request.module && names.every(({ imported }) => imported !== '*'),
  );
  const last = same?.names.at(-1);
  if (!last) return undefined;
  const suffix = request.alias === undefined ? '' : ` as ${request.alias}`;
  return { span: { start: last.end, end: last.end }, text: `, ${request.name}${suffix}` };
}
